# The customer's orders.
orders-need-login = To see your orders, please log in.
orders-none = You have no orders yet. Type a title, an author or an ISBN, and let's change that.
orders-search = Find a book
orders-title =
    { $count ->
        [one] <b>Your order</b>
       *[other] <b>Your { $count } orders</b>
    }
orders-line = <b>{ $number }</b> · { $day } · { $copies ->
        [one] 1 book
       *[other] { $copies } books
    } · { $total } · { $state }
orders-all = My orders
order-short-awaiting-payment = waiting for payment
order-short-paid = paid
order-short-reserved = reserved
order-short-ready = ready for you
order-short-collected = collected
order-short-cancelled = cancelled
order-short-expired = expired
order-short-refunded = cancelled
order-head-awaiting-payment = Order <b>{ $number }</b> waits for your payment
order-head-paid = Paid: order <b>{ $number }</b>
order-head-reserved = Reserved: order <b>{ $number }</b>
order-head-ready = Order <b>{ $number }</b> is ready for you
order-head-collected = Thank you! Order <b>{ $number }</b>, collected { $at }
order-head-cancelled = Order <b>{ $number }</b> was cancelled { $at }
order-head-expired = Order <b>{ $number }</b> expired { $at }
order-head-refunded = Order <b>{ $number }</b> was cancelled { $at }
order-line = { $quantity } × { $title } · { $total }
order-line-to-order =
    { $count ->
        [one] ↳ <i>1 is on order</i>
       *[other] ↳ <i>{ $count } are on order</i>
    }
order-lines-more =
    { $count ->
        [one] … and 1 more title
       *[other] … and { $count } more titles
    }
order-total = Total { $total }
order-total-counter = { $total }, to pay at the counter
order-total-paid = { $total }, paid
order-total-cash = { $total }, paid in cash
order-total-card = { $total }, paid by card
order-code = Your pickup code: <code>{ $code }</code>
order-next-reserved =
    { $days ->
        [one] We'll tell you when it is ready; then we keep it for a day.
       *[other] We'll tell you when it is ready; then we keep it for { $days } days.
    }
order-next-paid = We'll tell you when it is ready to be picked up.
order-next-ready = Pick it up at { $place }, whenever it suits you. Show the code at the counter.
order-next-ready-until = Pick it up at { $place }, till { $until }. Show the code at the counter.
order-next-awaiting = Your books are held for you until you have paid.
order-next-awaiting-until = Your books are held for you till { $until }.
order-next-approving = Your bank is being asked about a payment right now. That takes a moment.
order-next-in-doubt = We don't know yet whether your payment went through, and are finding out. Please don't pay again for now; we tell you as soon as we know.
order-reason-customer = As you asked. Nothing more to do.
order-reason-sold-out = We are sorry: it had sold out after all.
order-reason-damaged = We are sorry: the copy is damaged, and there is no other.
order-reason-not-collected = It was not collected in time, so the books went back on the shelf.
order-reason-not-paid = It was not paid in time, so the books went back on the shelf.
order-nothing-charged = Nothing was charged.
order-maybe-charged = If your bank took the money all the same, it is not lost: we tell you here as soon as we hear of it.
order-reason-other = We are sorry. Do ask us if you would like to know more.
order-owed = { $amount } goes back to you: we are seeing to it.
order-refunded = { $amount } was given back to you.
order-kept = The shop keeps { $amount }, as its terms say.
order-free-until = You can cancel it free of charge until { $until }.
order-cancel-costs = If you cancel it, the shop keeps { $kept }, as its terms say.
order-refunded-heading = <b>{ $amount }</b> for order <b>{ $number }</b> is on its way back to you.
order-refund-failed-heading = <b>{ $amount }</b> for order <b>{ $number }</b> could not be paid out: your bank sent it back to us. We will find another way to give it to you.
order-declined = Your bank said no, and nothing was taken. Order <b>{ $number }</b> still waits for you.
order-cancel = Cancel order
order-cancel-sure = Cancel order <b>{ $number }</b>, { $total }?
order-cancel-refund = { $amount } goes back to you.
order-cancel-part = { $back } of { $paid } goes back to you; the shop keeps { $kept }, as its terms say.
order-cancel-nothing = Nothing goes back to you: the shop keeps { $kept }, as its terms say.
order-cancel-whole-until = That holds until { $until }. After that the shop keeps a part, as its terms say.
order-cancel-yes = Yes, cancel it
order-cancel-no = No, keep it
order-receipt = Receipt
order-again = Order again
order-look-again = Look again
reserve-instead = Pay at the counter
toast-no-such-order = That is not one of your orders. Here they are:
toast-order-cancelled = Order { $number } is cancelled.
error-cancel-offer-changed = Something changed about order { $number }, and it was not cancelled yet.
toast-cancel-changed = Something changed about order { $number }, and it was not cancelled yet. Please read again what goes back to you.
toast-too-late-never = Order { $number } is paid, so it cannot be cancelled here. Please talk to the shop.
toast-too-late-accepted = The shop is at work on order { $number }, so it cannot be cancelled here. Please talk to the shop.
toast-too-late-ready = Order { $number } is ready already, so it cannot be cancelled here. Please talk to the shop.
toast-too-late-collected = Order { $number } was collected, so it cannot be cancelled any more. Please talk to the shop.
toast-moved-on = Order { $number } has moved on. Here is how it stands now.
toast-again =
    { $added ->
        [one] 1 book is in your cart.
       *[other] { $added } books are in your cart.
    }
toast-again-short =
    { $count ->
        [one] Of 1 title there are fewer now, or none.
       *[other] Of { $count } titles there are fewer now, or none.
    } { $added ->
        [0] Nothing was added.
        [one] 1 book is in your cart.
       *[other] { $added } books are in your cart.
    }
toast-again-all-there = All of it is in your cart already.
