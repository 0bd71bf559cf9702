# Payments of which nobody knows what came of them.
doubt-about = <b>{ $number }</b> · { $amount } · { $way }
    { $name } · { $at }
doubt-unheard = A payment was allowed, and nothing has been reported since. Mostly the bank said no and took nothing, so there is no hurry: it stays in the day’s close until somebody has looked.
doubt-ask = Please look in your account at the payment provider: was this payment taken?
doubt-look = Please look in your account at the payment provider, under <code>{ $charge }</code>: does this payment settle the order?
doubt-paid = It was paid
doubt-not-paid = It was not
doubt-back = To the day’s close
doubt-decide = { $number } · { $amount }: was it paid?
doubt-toast-noted = Noted.
doubt-toast-known = That is known already.
doubt-said-paid = { $name } says: it was paid.
doubt-said-not-paid = { $name } says: it was not paid.
doubt-is-succeeded = It is in the books as paid. The order’s card shows what follows from it.
doubt-is-declined = It is in the books as not paid. If the money turns up after all, it is counted.
