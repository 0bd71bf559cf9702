# Checking out.
checkout-needs-login = To place an order, please log in. Your cart stays as it is.
checkout-title = <b>Your order</b>
checkout-changed = <b>Something changed since you last looked:</b>
checkout-fine = Fine, go on
pay-now = Pay { $total } now
pay-now-with = Pay { $total } · { $way }
reserve-at-counter = Reserve, pay at the counter
back-to-cart = Back to cart
toast-placed = Order { $number } is placed. Your books are held for you.
toast-nothing-to-order = Your cart is empty, so there is nothing to order. Here are your orders.
toast-summary-changed = Something changed meanwhile, and nothing was ordered yet. Here is how it stands now.
toast-too-many-open =
    { $limit ->
        [one] You have an open order. Once it is collected or cancelled you can place the next.
       *[other] You have { $limit } open orders. Once one is collected or cancelled you can place the next.
    }
error-summary-changed = Something changed meanwhile, and nothing was ordered yet.
error-too-many-open-orders =
    { $limit ->
        [one] You have an open order. Once it is collected or cancelled you can place the next.
       *[other] You have { $limit } open orders. Once one is collected or cancelled you can place the next.
    }
