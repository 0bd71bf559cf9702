# The command menu, and what stands in an empty chat.
command-start = The shop's front page
command-search = Find a book
command-cart = Your cart
command-orders = Your orders
command-login = Log in
command-logout = Log out
command-language = Language
command-help = What I can do
command-terms = Terms
command-privacy = Privacy
command-support = Talk to the shop
command-staff-orders = Open orders
command-staff-close = The day's money
command-staff-import = Books from a file
command-staff-stock = A book's stock
bot-description = The books of { $shop }, in this chat: search by title, author or ISBN, fill a cart, pay here or reserve and pay at the counter, and pick up in the shop.
bot-short-description = { $shop }: find books, order, pick up.
