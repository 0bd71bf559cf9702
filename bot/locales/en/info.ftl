# The shop's own pages.
info-languages = In which language shall we talk?
info-language = { $name }
info-language-now = { $name } ✓
info-language-set = English it is.
info-search = Search
info-cart = Cart
info-help = Help
info-terms = Terms
info-privacy = Privacy
info-support = Contact

help-what =
    <b>How this works</b>
    This is { $shop }, in a chat. You look for books, fill a cart, and reserve them or pay right here; then you pick them up at the shop.
help-how =
    Just type what you are looking for: a title, an author, a series, an ISBN, or a few words about it; or send a photo of a barcode. The number of an order opens it. That works at any time, unless I have just asked you something. So does asking: <i>where is my order?</i>, <i>when are you open?</i>, <i>what do you recommend?</i>
    The buttons act on the newest message. If one is out of date, I say so and show how things stand.
    You can look around and fill a cart without an account. To order you need one: an email address, a name and a password.
help-commands =
    /start  begin again, from the front door
    /search  look for a book
    /cart  what you have picked out
    /orders  what you have ordered
    /login  log in   /logout  log out
    /language  another language
    /support  hours, address, a person to talk to
    /terms  prices, pick-up, returns
    /privacy  what we keep about you

terms-heading = <b>Terms of { $shop }</b>
terms-who =
    <b>Who sells</b>
    { $who }
terms-prices =
    <b>Prices</b>
    Prices are in { $currency } and include taxes. The price of your order is the one you confirmed, even if it changes later.
terms-prices-noted =
    <b>Prices</b>
    Prices are in { $currency }. { $note } The price of your order is the one you confirmed, even if it changes later.
terms-ordering =
    <b>Ordering</b>
    “Reserve” puts the books aside for you; you buy them at the counter, and until then you owe nothing. “Pay now” buys them at once; while you pay, they are held for { $hold }. If we cannot supply a book, you hear of it and get back what you paid for it.
terms-pick-up =
    <b>Picking up</b>
    Books are picked up at the shop; we do not deliver. I tell you here when your order is ready. A reservation is then kept for { $days ->
        [one] one day on which we are open
       *[other] { $days } days on which we are open
    }; what is paid is kept until you come. Show the code, or say the order's number.
terms-cancelling =
    <b>Cancelling</b>
    A reservation can be cancelled under Orders at any time, free of charge.
cancel-until-never = Once an order is paid, it cannot be cancelled here; please talk to us.
cancel-until-accepted = A paid order can be cancelled until the shop begins to work on it.
cancel-until-ready = A paid order can be cancelled until it lies ready for you.
cancel-until-collected = A paid order can be cancelled until you collect it.
cancel-whole = You then get all of your money back, the way you paid it.
cancel-keeps-percent = The shop then keeps { $percent }% of what you paid; the rest goes back the way you paid it.
cancel-keeps-fee = The shop then keeps { $fee } of what you paid; the rest goes back the way you paid it.
cancel-keeps-both = The shop then keeps { $percent }% of what you paid and { $fee } besides; the rest goes back the way you paid it.
cancel-free-hours =
    { $hours ->
        [one] Within an hour of paying you get all of it back.
       *[other] Within { $hours } hours of paying you get all of it back.
    }
cancel-by-shop = If it is us who cancel, you always get all of it back.
terms-returns =
    <b>Returns</b>
    Within 14 days of picking them up you can bring back books in the state in which you got them, without giving a reason, and get your money back. If something is wrong with a book, we replace it or pay it back; your rights by law stay as they are.

privacy-heading =
    <b>What we keep, and why</b>
    Responsible: { $who }
privacy-account =
    <b>Your account:</b> email address, name, language, and a password that is kept only in a form that cannot be turned back; I delete your message with it. A login lasts { $days } days or until you log out. Wrong passwords are counted, to keep others out.
privacy-mails = <b>Mails:</b> we write only about your account: codes (good for { $lifetime }), and when your password was changed. No advertising.
privacy-chat = <b>This chat:</b> its Telegram number, your language, your cart, your last search, a question that you have not sent yet and what is on the screen, so that we can go on after an interruption. Other messages of yours are not kept; the program's log notes which buttons were pressed in which chat, never what was written. Records of notices that were sent go after 30 days.
privacy-orders = <b>Orders:</b> what you ordered, when, and how it was paid, to serve you (our staff see your name with it) and because the law makes a shop keep its receipts. When you delete your account, they stay without you.
privacy-questions = <b>Questions to the shop:</b> what you ask our staff, your first name in Telegram (and the name of your account, if you are logged in), the language, and what they answer. It goes to our staff's chat; we keep it for { $days } days, or until you delete your account.
privacy-others = <b>Others:</b> Telegram carries this chat under its own rules. Card details go to the payment provider; we never see them. We give your data to nobody else and watch you nowhere.
privacy-rights = <b>Your rights:</b> under My data you can see everything, take it along as a file, and delete your account. If something is wrong, tell us and we mend it; you may also complain to a data protection authority.

support-heading = <b>{ $shop }</b>
support-open = Open now, until { $until }.
support-closed = Closed at the moment. Next open: { $opens }.
support-closed-day = closed
support-hours = <pre>{ $table }</pre>
support-ask = Something wrong with an order, a book you cannot find, a school class to supply? Ask a person:
support-phone = Phone: { $phone }
support-email = Email: { $email }
support-telegram = Telegram: @{ $name }
support-drop-in = Something wrong with an order, or a book you cannot find? Drop in and ask us.
