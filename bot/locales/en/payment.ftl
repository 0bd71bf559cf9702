# Paying online.
way-telegram = in Telegram
way-stripe = online by card
way-sandbox-card = by card, online
invoice-title = Order { $number }
invoice-pay = Pay { $total }
invoice-contents =
    { $count ->
        [one] { $titles }. To be picked up in the shop.
       *[other] { $count } books: { $titles }. To be picked up in the shop.
    }
invoice-contents-until =
    { $count ->
        [one] { $titles }. Held for you till { $until }.
       *[other] { $count } books: { $titles }. Held for you till { $until }.
    }
invoice-more =
    { $count ->
        [one] 1 more title
       *[other] { $count } more titles
    }
pay-by-link = Pay { $total } for order <b>{ $number }</b> on the page that the button opens. As soon as it is done, I tell you here.
pay-unavailable = The payment service does not answer just now. Nothing was charged, and the books of order <b>{ $number }</b> are held for you.
try-again = Try again
toast-way-gone = That way to pay is not offered any more. Here are the others.
pay-refused-expired = Order { $number } has expired and its books are back on the shelf. Nothing was charged. You can order it again in the chat.
pay-refused-paid = Order { $number } is paid already. Nothing more was charged.
pay-refused-cancelled = Order { $number } was cancelled. Nothing was charged.
pay-refused-counter = Order { $number } is reserved to be paid at the counter. Nothing was charged.
pay-refused-payer = This invoice was made for somebody else. Nothing was charged.
pay-refused-amount = The amount is no longer right. Nothing was charged. Please open order { $number } again.
pay-refused-busy = A payment of this order is just being checked by the bank. If it said no, please try again in half a minute.
pay-refused-replaced = There is a newer invoice for order { $number }. Nothing was charged. Please pay that one.
pay-refused-unknown = This invoice is no longer valid. Nothing was charged.
payment-paid = Thank you, { $amount } received. Order <b>{ $number }</b> is paid.
payment-paid-late = Thank you, { $amount } received. It came after the time was up, but your books were still here: order <b>{ $number }</b> is paid.
payment-due-late = Your payment of { $amount } came after order <b>{ $number }</b> had expired, and a book has been sold meanwhile. We are sorry: all of it goes back to you.
payment-due-twice = { $amount } for order <b>{ $number }</b> came in once too often. It goes back to you.
payment-due-cancelled = Your payment of { $amount } came in although order <b>{ $number }</b> is cancelled. It goes back to you.
payment-due-amount = { $amount } came in for order <b>{ $number }</b>, which is not what it costs. It goes back to you; the order still waits.
payment-due-payer = { $amount } came in for order <b>{ $number }</b> from somebody else than it was made for. It goes back.
payment-unplaced = { $amount } came in, and I cannot tell what for. The shop has been told and will sort it out with you.
staff-due-late = ⚠️ { $amount } for <b>{ $number }</b> came in after it had expired, and its books are gone.
staff-due-twice = ⚠️ { $amount } for <b>{ $number }</b> came in once too often.
staff-due-cancelled = ⚠️ <b>{ $number }</b> is cancelled, and { $amount } was paid for it.
staff-due-called-off = ⚠️ The customer cancelled <b>{ $number }</b>, which was paid: { $amount } is due back.
staff-due-called-off-part = ⚠️ The customer cancelled <b>{ $number }</b>, which was paid: { $kept } stays with the shop, and { $amount } is due back.
staff-due-amount = ⚠️ { $amount } came in for <b>{ $number }</b>, which is not what it costs.
staff-due-payer = ⚠️ { $amount } for <b>{ $number }</b> came from somebody whom the invoice was not made for.
staff-in-doubt = ⚠️ A payment of { $amount } for <b>{ $number }</b> does not fit the order. Please look it up at the payment provider: <code>{ $charge }</code>
staff-unplaced = ⚠️ A payment of { $amount } ({ $gateway }) belongs to no order. Please look it up at the payment provider: <code>{ $charge }</code>
error-payment-mismatch = That payment does not fit the order. The shop has been told.
error-payment-refused = Order { $number } cannot be paid like this now. Nothing was charged.
error-payment-unavailable = The payment service does not answer just now. Nothing was charged.
staff-due-refused = ⚠️ The gateway refuses to give back { $amount } for <b>{ $number }</b>.
staff-due-came-back = ⚠️ The customer's bank sent { $amount } for <b>{ $number }</b> back. Please ask the customer for another way.
error-refund-under-way = The payment gateway is giving the money for { $number } back itself. Nothing to do.
staff-refund-by-hand = It has to go back: see the card.
staff-refund-by-itself = It goes back by itself.
