# A book's page.
book-title = <b>{ $title }</b>
book-series = { $series }, { $number }
book-pages =
    { $count ->
        [one] 1 page
       *[other] { $count } pages
    }
book-blurb = { $text }
book-staff-pick = Our tip: <i>{ $text }</i>
book-price = <b>{ $price }</b>
book-here-shelf = { $copies } here, shelf { $shelf }
book-rest-to-order = The rest we order for you.
book-rest-to-order-days =
    { $days ->
        [one] The rest we order for you: here in about a day.
       *[other] The rest we order for you: here in about { $days } days.
    }
book-to-order = We order it for you and tell you when it is here.
book-to-order-days =
    { $days ->
        [one] To order: here in about a day.
       *[other] To order: here in about { $days } days.
    }
book-preorder = Not out yet. Order it now, and we tell you when it comes.
book-preorder-on = Out on { $day }. Order it now, and one will be waiting for you.
book-ask-price = To order: ask for the price, and we find out for you.
book-not-to-be-had = Not to be had at present. Ask us: sometimes we find a copy.
book-recalled = Recalled by its publisher, so we don't sell it any more.
book-withdrawn = No longer in our range. Ask us: sometimes we find a copy.
add-to-cart = Add to cart
add-copies-to-cart = Add { $count } to cart · { $total }
in-cart = In cart · { $count }
more-by = More by { $author }
editions = Editions · { $count }
series = Series · { $count }
similar = Similar
share = Share
only-so-many =
    { $copies ->
        [one] There is only one copy, and no more can be had.
       *[other] There are only { $copies } copies, and no more can be had.
    }
most-at-once = { $copies } of one book is the most here. For more, do talk to us: we are glad to help.
editions-choose =
    { $count ->
        [one] One edition
       *[other] { $count } editions. Which one?
    }
editions-most = { $count } editions. The { $shown } most asked for:
edition =
    <b>{ $number }</b>  { $made }
    { $details }
error-book-not-found = That book is no longer in our catalogue.

# Asking the shop's people.
ask-book = We'll gladly see what we can do about <b>{ $title }</b>. Ask us:
ask-book-isbn = We'll gladly see what we can do about <b>{ $title }</b> (ISBN { $isbn }). Ask us:
ask-searched = Not found <b>“{ $text }”</b>? We can get most books. Ask us:
ask-anything = Not found what you are looking for? We can get most books. Ask us:
ask-phone = Phone: { $phone }
ask-email = Mail: { $email }
ask-telegram = Write to us on Telegram
ask-draft = Hello, can you get this for me? { $about }

# Inline mode: cards in any chat.
card-button = Open in the shop
card-nothing-found = Nothing found. Look in the shop
