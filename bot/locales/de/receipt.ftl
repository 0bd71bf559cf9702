# Die Quittung, wie sie gedruckt wird.
receipt-title = Quittung · Bestellung { $number }
receipt-ordered = Bestellt am { $day }
receipt-for = Für { $name }
receipt-line-one = 1 × { $title }
receipt-line = { $quantity } × { $title } (je { $price })
receipt-total = Zusammen
receipt-paid = Bezahlt am { $day }, { $way }
receipt-refunded = Zurückgezahlt am { $day }, { $way }
receipt-refund-failed = Von der Bank zurückgeschickt am { $day }, { $way }
receipt-owed = Wird Ihnen zurückgezahlt
receipt-kept = Bei der Stornierung einbehalten, wie es in den Bedingungen steht
receipt-printed = Gedruckt am { $day }
receipt-file = quittung-{ $number }.pdf
way-cash = bar
way-card = mit Karte
way-provider = über den Zahlungsanbieter
