# The close of a day, in the staff's chat and on the command line.
close-title = <b>Close of { $day }</b>
close-taken = <b>Taken</b>
close-given-back = <b>Given back</b>
close-came-back = <b>Given back, and returned by the bank</b>
close-sum = { $way } · { $count ->
        [one] 1 payment
       *[other] { $count } payments
    } · { $amount }
close-sum-back = { $way } · { $count ->
        [one] 1 refund
       *[other] { $count } refunds
    } · { $amount }
close-kept = Of that or of earlier takings, { $amount } is kept of { $count ->
        [one] 1 order that its customer cancelled.
       *[other] { $count } orders that their customers cancelled.
    }
close-total = together <b>{ $amount }</b>
close-nothing-taken = Nothing was taken.
close-tax = <b>Tax in what was taken, less what was given back</b>
close-tax-line = { $rate } · { $tax } in { $gross } (net { $net })
close-tax-unknown = rate not recorded · { $gross }
close-owed = <b>Has to go back</b>
close-owed-line = { $number } · { $amount }
close-open =
    { $count ->
        [0] No open orders.
        [one] 1 open order, { $copies ->
            [one] 1 copy
           *[other] { $copies } copies
        } held.
       *[other] { $count } open orders, { $copies ->
            [one] 1 copy
           *[other] { $copies } copies
        } held.
    }
close-doubts = <b>Nobody knows yet whether this was paid</b>
close-doubt-line = { $number } · { $way } · { $amount }
close-more = … and { $count } more
close-differences = <b>Where the payment services and our books differ</b>
close-not-paid = { $number }: { $ours } in our books, no payment at { $service }, <code>{ $charge }</code>
close-other-amount = { $number }: { $ours } in our books, { $theirs } at { $service }, <code>{ $charge }</code>
close-other-charge = { $number }: { $ours } stands under another payment at { $service } than in our books
close-not-known = { $number }: { $service } did not say just now whether { $ours } was paid
close-not-in-books = At { $service }, not in our books: { $theirs } for { $number }, <code>{ $charge }</code>
close-not-in-books-of-nobody = At { $service }, for no order of ours: { $theirs }, <code>{ $charge }</code>
close-refund-not-made = { $number }: { $ours } given back by our books, but not at { $service }, <code>{ $charge }</code>
close-refund-not-in-books = Given back at { $service }, not in our books: { $theirs } for { $number }, <code>{ $charge }</code>
close-refund-not-in-books-of-nobody = Given back at { $service }, for no order of ours: { $theirs }, <code>{ $charge }</code>
close-refund-not-known = { $number }: { $service } did not say just now how much went back
close-do-tap = Tap an order below to count what our books lack, as if the payment service had just reported it.
close-do-in-group = To count what our books lack, send /close { $day } in the staff’s group and tap the order.
close-do-of-nobody = What is for no order of ours may be for one that a restored back-up does not have. Find the customer at the payment service by that code, and give the money back there or hand over the books.
close-do-look = Look the others up at the payment service by that code before you hand over books or give money back.
close-do-later = For what could not be checked, send /close { $day } again in a few minutes.
close-take-in = Count { $amount } for { $number }
close-toast-taken-in = { $number } is counted.
close-toast-nothing-to-take-in = There is nothing left to count for { $number }.
close-no-differences = The payment services agree with our books.
close-unasked = Not checked: { $service }, which cannot be asked. Compare the day with the list in your account there.
close-unheard = Not checked: { $service } did not answer. Send /close { $day } again in a few minutes.
close-one-by-one = { $service } lists no payments: each of ours was checked there, and what it has besides cannot be told.
close-no-such-day = “{ $typed }” is no day that I can read. Send /close 2026-11-27, /close 27.11. or /close yesterday.
close-not-yet = { $day } has yet to come.
close-hold-note = { $copies ->
        [one] 1 copy held
       *[other] { $copies } copies held
    }
close-file = close-{ $day }.csv
# Who the staff turn to about a payment.
service-telegram = the provider behind Telegram
service-stripe = Stripe
service-sandbox-card = Sandbox Card
