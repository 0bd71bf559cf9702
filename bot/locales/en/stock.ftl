# A book's stock, in the staff's chat.
stock-title = <b>{ $title }</b> · { $authors }
stock-counts = <b>{ $on_hand } on hand</b> · { $held } held for orders · { $free } to sell
stock-shelf = Shelf { $shelf }
stock-supply = Customers read: { $supply }
stock-answer = Answer this message with a number to set the copies on hand, or with a price (12.90) to set the price.
stock-look-again = Look again
stock-which = { $count ->
        [one] One book:
       *[other] { $count } books. Which one?
    }
stock-copies = { $count ->
        [0] none here
        [one] 1 copy
       *[other] { $count } copies
    }
stock-not-here = { $count ->
        [one] That is ISBN <b>{ $isbns }</b>, which is not in the catalogue.
       *[other] Those are the ISBNs <b>{ $isbns }</b>; none of them is in the catalogue.
    }
stock-nothing-found = Nothing in the catalogue fits “{ $words }”.
stock-how = <b>A book's stock.</b> <code>/stock</code> with an ISBN or a few words of the title opens it; so does a photo of the barcode.
stock-counted = { $count ->
        [one] Counted: 1 copy is on hand.
       *[other] Counted: { $count } copies are on hand.
    }
stock-priced = It costs { $price } from now on. No file overwrites that.
stock-toast-counted = { $count ->
        [one] 1 copy on hand
       *[other] { $count } copies on hand
    }
stock-toast-not-read = That is neither a number of copies nor a price like 12.90.
error-counted-meanwhile = Somebody else counted: there are { $on_hand } now. The card shows how it stands.
error-held-for-orders = { $held ->
        [one] 1 copy is
       *[other] { $held } copies are
    } held for orders: fewer cannot be on hand.
