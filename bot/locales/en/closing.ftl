# The close of a day, in the staff's chat and on the command line.
close-title = <b>Close of { $day }</b>
close-taken = <b>Taken</b>
close-given-back = <b>Given back</b>
close-sum = { $way } · { $count ->
        [one] 1 payment
       *[other] { $count } payments
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
close-differences = <b>The payment service says otherwise</b>
close-not-paid = { $number } · { $way }: we have { $ours }, they have no payment
close-other-amount = { $number } · { $way }: we have { $ours }, they have { $theirs }
close-other-charge = { $number } · { $way }: { $ours } stands under another payment there
close-not-known = { $number } · { $way }: { $ours } could not be checked just now
close-no-differences = The payment services agree with our books.
close-unasked = Not checked: { $way }, which cannot be asked.
close-file = close-{ $day }.csv
