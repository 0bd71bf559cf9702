# The staff's chat.
staff-head = <b>{ $number }</b> · { $state } · { $money }
staff-who = { $name } · { $at }
staff-nobody = account deleted
staff-claimed = { $name } is on it · { $at }
staff-line = { $shelf }   { $quantity } × { $title } · { $author } · { $form }
staff-line-to-order = ↳ { $count ->
    [one] 1 copy to order from the supplier
   *[other] { $count } copies to order from the supplier
 }
staff-more-lines = … and { $count ->
    [one] 1 more title
   *[other] { $count } more titles
 }
staff-reason = Cancelled: { $reason }
staff-owed-by-itself = { $amount } goes back to the customer by itself.
staff-owed = ⚠️ { $amount } has to go back to the customer. Refund it at the payment provider, then tap the button.
staff-kept = The shop keeps { $amount }, as its terms say.
staff-form-paperback = pbk
staff-form-hardback = hbk
staff-form-ebook = ebook
staff-form-audio = audio
staff-form-other = book
staff-state-new = new
staff-state-accepted = { $name } is on it
staff-state-ready = ready since { $since }
staff-state-ready-until = ready since { $since } · until { $until }
staff-state-awaiting-payment = waiting for the payment
staff-state-collected = handed over { $at }
staff-state-collected-by = handed over { $at } by { $name }
staff-state-cancelled = cancelled { $at }
staff-state-cancelled-by = cancelled { $at } by { $name }
staff-state-expired = expired { $at }
staff-state-expired-by = expired { $at }
staff-state-refunded = cancelled { $at }
staff-state-refunded-by = cancelled { $at } by { $name }
staff-money-cash = cash { $amount }
staff-money-card = card { $amount }
staff-money-refunded = refunded { $amount }
staff-money-refunded-part = refunded { $amount }, kept { $kept }
staff-money-kept = kept { $kept }
staff-money-paid = paid online { $amount }
staff-money-counter = pays at the counter { $amount }
staff-money-online = pays online { $amount }
staff-accept = Accept
staff-ready = Ready
staff-hand-over = Handed over
staff-paid-cash = Paid cash
staff-paid-card = Paid card
staff-cancel = Cancel…
staff-keep = Keep the order
staff-refunded = Refunded { $amount }
staff-why-cancel = Why is { $number } cancelled? The customer reads the reason.
staff-cancel-refunds = { $amount } goes back to the customer.
staff-reason-sold-out = Sold out after all
staff-reason-damaged = The copy is damaged
staff-reason-customer = The customer asked for it
staff-reason-not-collected = Not collected
staff-reason-other = Another reason
staff-nothing-open = No open orders. New ones appear here by themselves.
staff-open-orders = { $count ->
    [one] <b>1 open order</b>
   *[other] <b>{ $count } open orders</b>
 }
staff-list-line = <b>{ $number }</b> · { $state } · { $name } · { $copies ->
    [one] 1 book
   *[other] { $copies } books
 } · { $amount }
staff-earlier = ‹ Earlier
staff-later = Later ›
staff-toast-accepted = { $number } is yours.
staff-toast-accepted-already = { $number } is yours already.
staff-toast-ready = { $number } is ready. The customer has been told.
staff-toast-handed-over = { $number } is handed over.
staff-toast-cancelled = { $number } is cancelled. The customer has been told.
staff-toast-done-already = That is done already.
staff-toast-refunded = Noted: the money went back.
staff-reminder = <b>{ $number }</b> has been waiting since { $since }. Nobody is on it yet.
staff-linked = <b>This group now gets the orders of { $shop }.</b>
    Each order comes as a card; whoever taps Accept is on it. /orders lists what is open.
    Questions of customers come here too; reply to one to answer it.
staff-linked-privacy = As I am no admin here, Telegram keeps ordinary messages of this group from me. Buttons, commands and replies to my messages work all the same. To send me catalogue files here, make me an admin.
staff-link-wrong = That code is wrong, used or too old. Make a new one with: python -m bot staff link
staff-link-group-only = The code belongs into the staff's group: add me there and send it again.
staff-help =
    <b>The staff's chat of { $shop }</b>
    Orders come here as cards; whoever taps Accept is on it.
    Customers' questions come here too: reply to one, and your text goes to the customer.

    /orders  what is open
    /questions  what nobody has answered yet
    /stock  a book's stock, by ISBN or title; a photo of its barcode does too
    /import  books from a file
    /close  the day's money
error-already-accepted = { $by_name } is on { $number } since { $at }.
error-order-not-found = There is no such order (any more).
error-transition-refused = { $number } has moved on meanwhile: the card shows how it stands.
error-paid-online = { $number } was paid online meanwhile: nothing is due at the counter. If you took money, please give it back, and tap “Handed over” on the card.
error-over-refund = { $left } is still owed. The card shows how it stands now.
staff-code-found = { $number } is at the end of the staff's group now.
staff-code-unknown = No order has that code.
staff-code-is-for-the-counter = That code is for the counter: show it there, and your books are handed over.
