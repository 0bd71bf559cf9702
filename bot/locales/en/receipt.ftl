# The receipt, as it is printed.
receipt-title = Receipt · order { $number }
receipt-ordered = Ordered on { $day }
receipt-for = For { $name }
receipt-line-one = 1 × { $title }
receipt-line = { $quantity } × { $title } ({ $price } each)
receipt-total = Total
receipt-paid = Paid on { $day }, { $way }
receipt-refunded = Given back on { $day }, { $way }
receipt-refund-failed = Sent back by the bank on { $day }, { $way }
receipt-owed = Goes back to you
receipt-kept = Kept by the shop on cancelling, as its terms say
receipt-printed = Printed on { $day }
receipt-file = receipt-{ $number }.pdf
way-cash = in cash
way-card = by card
way-provider = by the payment provider
