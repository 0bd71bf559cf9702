# Searching, and lists of books.
search-ask = What are you looking for?
search-ask-more =
    Type it as you remember it: a title, an author, a series or an ISBN. A photo of the barcode works too.
    You can be particular: <i>crime in German under 15</i>, <i>something like Dune</i>, <i>from the 90s</i>.
search-unreadable = I can read words, ISBNs and photos of a barcode. What are you looking for?
search-with-pleasure = With pleasure.
search-cut = That was a long one, so I searched for how it begins.
search-found =
    { $count ->
        [one] <b>“{ $text }”</b> · one book
       *[other] <b>“{ $text }”</b> · { $count } books
    }
search-found-all =
    { $count ->
        [one] <b>One book</b>
       *[other] <b>{ $count } books</b>
    }
search-mended =
    { $count ->
        [one] Showing <b>“{ $text }”</b> · one book
       *[other] Showing <b>“{ $text }”</b> · { $count } books
    }
search-as-typed = Search for exactly “{ $text }”
search-copies =
    { $count ->
        [one] One copy: of which one?
       *[other] { $count } copies: of which one?
    }
search-no-such-isbn =
    We have no book with the ISBN <b>{ $isbn }</b> in our catalogue. The shop can often get one all the same.
search-slipped-isbn =
    <b>{ $isbn }</b> is not quite an ISBN: one of its digits must be another. Could you look again, or send a photo of the barcode?

listing-named =
    { $count ->
        [one] <b>{ $name }</b> · one book
       *[other] <b>{ $name }</b> · { $count } books
    }
listing-language =
    { $count ->
        [one] <b>In { $name }</b> · one book
       *[other] <b>In { $name }</b> · { $count } books
    }
listing-similar =
    { $count ->
        [one] Like <b>{ $title }</b> · one book
       *[other] Like <b>{ $title }</b> · { $count } books
    }
listing-after =
    { $count ->
        [one] After <b>{ $title }</b> · one book
       *[other] After <b>{ $title }</b> · { $count } books
    }
listing-new =
    { $count ->
        [one] <b>New in the shop</b> · one book
       *[other] <b>New in the shop</b> · { $count } books
    }
listing-picks =
    { $count ->
        [one] <b>Staff picks</b> · one book
       *[other] <b>Staff picks</b> · { $count } books
    }
listing-popular = <b>Asked for most</b>
listing-photo =
    { $count ->
        [one] <b>In your photo</b> · one book
       *[other] <b>In your photo</b> · { $count } books
    }
entry =
    <b>{ $number }  { $title }</b>
    { $details }
shelf-count = All of { $name } · { $count }
more-by-count = More by { $author } · { $count }

nothing-found = Nothing here for <b>“{ $text }”</b>.
nothing-here = Nothing here.
nothing-after = Of its series, we have nothing that comes after <b>{ $title }</b>.
nothing-narrowed = Nothing here for <b>{ $wishes }</b>.
nothing-found-narrowed = Nothing here for <b>“{ $text }”</b> with <b>{ $wishes }</b>.
nothing-narrowed-hint =
    { $count ->
        [one] Take that away and look again:
       *[other] Take one of these away and look again:
    }
nothing-otherwise = Otherwise, there is:
nothing-nearest = Did you mean one of these?
nothing-hint = A word or two of the title, or the author's name, is often enough. Or ask us: we can get most books.
ask-the-shop = Ask the shop

photo-no-barcode =
    I see no barcode in that picture. Hold the phone flat above the back of the book, a hand's breadth away and in good light, so that the whole barcode is sharp.
photo-not-here =
    { $count ->
        [one] That is ISBN <b>{ $isbns }</b>, and we don't have it in our catalogue. The shop can often get it all the same.
       *[other] Those are the ISBNs <b>{ $isbns }</b>, and we have none of them in our catalogue. The shop can often get them all the same.
    }
photo-other-code = There is a code in that picture, but not a book's: that one begins with 978 or 979, and mostly stands on the back, near the price.
photo-not-read = I can't open that kind of picture. Please send it as a photo rather than as a file: then Telegram turns it into one that I can read.
photo-too-big = That picture is too large for me. Please send it as a photo rather than as a file.

# What a book costs, and whether it can be had.
as-it-is = { $text }
offer-here = { $copies } here
offer-to-order = to order
offer-to-order-days =
    { $days ->
        [one] to order, 1 day
       *[other] to order, { $days } days
    }
offer-preorder = pre-order
offer-preorder-on = pre-order, { $day }
offer-not-to-be-had = not to be had
offer-recalled = recalled
offer-ask-price = ask for the price
offer-to-order-ask-price = to order, ask for the price
form-paperback = paperback
form-hardback = hardback
form-ebook = e-book
form-audio = audiobook
authors-and-others = { $names } and others
entry-volume = no. { $number }
editions-count = { $count } editions
editions-from = { $count } editions, from { $price }

# Narrowing down.
filter = Filter
filter-title =
    { $count ->
        [one] <b>Narrow down one book</b>
       *[other] <b>Narrow down { $count } books</b>
    }
filter-subject = Subject
filter-language = Language
filter-price = Price
filter-year = Year
filter-form = Format
filter-subject-title = Which subject?
filter-language-title = In which language?
filter-price-title = At what price?
filter-year-title = Published when?
filter-form-title = In which format?
filter-sort-title = In which order?
filter-sort = Order: { $order }
filter-no-options = There is nothing to choose between here.
filter-show =
    { $count ->
        [one] Show the book
       *[other] Show { $count } books
    }
sort-best = best first
sort-title = by title
sort-price_up = cheapest first
sort-price_down = dearest first
sort-newest = newest first
choice-in-stock = here now
choice-price-under = under { $top }
choice-price-up-to = up to { $top }
choice-price-from = from { $bottom }
choice-price-between = { $bottom } to { $top }
choice-year-before = before { $year }
choice-year-from = from { $year }
choice-readers =
    { $subject ->
        [children] for children
       *[other] for young adults
    }
choice-author = by { $author }
choice-copies =
    { $count ->
        [one] one copy
       *[other] { $count } copies
    }
choice-like = like { $title }
choice-after = after { $title }

# Shelves.
shelves-subject-title = <b>Our shelves</b>
shelves-none =
    <b>Our shelves</b>
    There is nothing to choose from here yet.
shelves-language-title = <b>Our shelves, by language</b>
shelves-by-language = By language
shelves-by-subject = By subject
shelves-author-title =
    <b>Our shelves, by author</b>
    These are asked for most. Any other is a message away: just type the name.
shelves-by-author = By author
shelves-series-title =
    <b>Our shelves, by series</b>
    These are asked for most. Any other is a message away: just type its name.
shelves-by-series = By series
shelves-price-title = <b>Our shelves, by price</b>
shelves-by-price = By price

# What else the words may have meant.
errand-cart = Your cart
errand-checkout = Check out
errand-orders = Your orders
errand-new = New in the shop
errand-picks = What we recommend
errand-popular = Asked for most
errand-shelves = Our shelves
errand-support = The shop: hours, address, people
errand-terms = Terms
errand-help = How this works
errand-log-in = Log in
errand-log-out = Log out
errand-register = Open an account
errand-account = Your account
errand-forgotten = Forgotten password
errand-language = Another language
errand-home = Home
