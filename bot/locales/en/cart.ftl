# The cart.
cart-title = <b>Your cart</b>
cart-line = { $quantity } × { $title } · { $total }
cart-line-no-price = { $quantity } × { $title }
cart-numbered = { $number }. { $line }
cart-remark = ↳ <i>{ $remark }</i>
cart-line-price = now { $price }, was { $was }
cart-line-scarcer =
    { $here ->
        [0] none is here any more
        [one] only 1 is here now
       *[other] only { $here } are here now
    }
cart-line-problem =
    { $here ->
        [0] not to be had any more: please take it out
        [one] only 1 is left, and no more can be had: please take fewer
       *[other] only { $here } are left, and no more can be had: please take fewer
    }
cart-line-to-order =
    { $count ->
        [one] 1 we order for you
       *[other] { $count } we order for you
    }
cart-line-to-order-days =
    { $count ->
        [one] 1 we order for you
       *[other] { $count } we order for you
    }, { $days ->
        [one] about a day
       *[other] about { $days } days
    }
cart-line-preorder = not out yet, we keep { $count ->
        [one] 1
       *[other] { $count }
    } for you when it comes
cart-line-preorder-on = out on { $day }, we keep { $count ->
        [one] 1
       *[other] { $count }
    } for you
cart-problem = Something in it can no longer be had as it stands; after that you can check out.
cart-total = Total <b>{ $total }</b>
cart-empty = Your cart is empty. Type a title, an author or an ISBN, or look around.
cart-emptied = Your cart is empty now.
cart-order-more =
    { $count ->
        [one] Yes, order 1 for me
       *[other] Yes, order { $count } for me
    }
cart-order-more-days =
    { $count ->
        [one] Yes, order 1
       *[other] Yes, order { $count }
    } · { $days ->
        [one] about a day
       *[other] about { $days } days
    }
check-out = Check out
go-on-looking = Go on looking
empty-cart = Empty
remove = Remove
undo = Undo
toast-in-cart =
    { $count ->
        [one] In your cart: 1 book, { $total }
       *[other] In your cart: { $count } books, { $total }
    }
toast-removed =
    { $count ->
        [0] Taken out. Your cart is empty.
        [one] Taken out. In your cart: 1 book.
       *[other] Taken out. In your cart: { $count } books.
    }
toast-rest-to-order = ({ $here } here, { $count } to order)
toast-order-more =
    { $left ->
        [0] None is here.
        [one] Only 1 is here.
       *[other] Only { $left } are here.
    } { $count ->
        [one] Want one ordered?
       *[other] Want { $count } ordered?
    }
toast-only-here =
    { $left ->
        [0] None is left, and no more can be had.
        [one] Only 1 is here, and no more can be had.
       *[other] Only { $left } are here, and no more can be had.
    }
toast-not-for-sale = That one cannot be had at present. The shop may find a copy: ask us.
toast-most-of-one = { $copies } of one book is the most here. For more, do talk to us: we are glad to help.
toast-most-titles = { $titles } different books is the most for one order. Check out first, then fill the next cart.
toast-not-all-back =
    { $count ->
        [one] 1 book did not fit in any more.
       *[other] { $count } books did not fit in any more.
    }
error-cart-changed = Your cart changed meanwhile. Here is how it stands now.
error-cart-empty = Your cart is empty.
error-cart-full = That is more than one cart holds.
error-out-of-stock =
    { $left ->
        [0] { $title } has just sold out.
        [one] Only 1 copy of { $title } is left.
       *[other] Only { $left } copies of { $title } are left.
    }
error-not-for-sale = { $title } cannot be had at present.
