# Online zahlen.
way-telegram = in Telegram
way-stripe = online mit Karte
way-sandbox-card = mit Karte, online
invoice-title = Bestellung { $number }
invoice-pay = { $total } zahlen
invoice-contents =
    { $count ->
        [one] { $titles }. Zur Abholung im Laden.
       *[other] { $count } Bücher: { $titles }. Zur Abholung im Laden.
    }
invoice-contents-until =
    { $count ->
        [one] { $titles }. Für Sie zurückgelegt bis { $until }.
       *[other] { $count } Bücher: { $titles }. Für Sie zurückgelegt bis { $until }.
    }
invoice-more =
    { $count ->
        [one] 1 weiterer Titel
       *[other] { $count } weitere Titel
    }
pay-by-link = Der Knopf öffnet die Seite, auf der Sie { $total } für Bestellung <b>{ $number }</b> zahlen. Sobald es geklappt hat, melde ich mich hier.
pay-unavailable = Der Zahlungsdienst antwortet gerade nicht. Abgebucht wurde nichts, und die Bücher von Bestellung <b>{ $number }</b> sind für Sie zurückgelegt.
try-again = Noch einmal versuchen
toast-way-gone = So kann man hier nicht mehr zahlen. Diese Wege gibt es:
pay-refused-expired = Bestellung { $number } ist verfallen, die Bücher stehen wieder im Regal. Abgebucht wurde nichts. Im Chat können Sie noch einmal bestellen.
pay-refused-paid = Bestellung { $number } ist schon bezahlt. Es wurde nichts weiter abgebucht.
pay-refused-cancelled = Bestellung { $number } ist storniert. Abgebucht wurde nichts.
pay-refused-counter = Bestellung { $number } ist reserviert und wird im Laden bezahlt. Abgebucht wurde nichts.
pay-refused-payer = Diese Rechnung ist für jemand anderen. Abgebucht wurde nichts.
pay-refused-amount = Der Betrag stimmt nicht mehr. Abgebucht wurde nichts. Bitte öffnen Sie Bestellung { $number } noch einmal.
pay-refused-busy = Eine Zahlung dieser Bestellung liegt gerade bei der Bank. Hat die abgelehnt, versuchen Sie es bitte in einer halben Minute noch einmal.
pay-refused-replaced = Für Bestellung { $number } gibt es eine neuere Rechnung. Abgebucht wurde nichts. Bitte zahlen Sie die neuere.
pay-refused-unknown = Diese Rechnung gilt nicht mehr. Abgebucht wurde nichts.
payment-paid = Vielen Dank, { $amount } sind da. Bestellung <b>{ $number }</b> ist bezahlt.
payment-paid-late = Vielen Dank, { $amount } sind da. Die Frist war zwar um, aber Ihre Bücher waren noch hier: Bestellung <b>{ $number }</b> ist bezahlt.
payment-due-late = Ihre Zahlung von { $amount } kam, als Bestellung <b>{ $number }</b> schon verfallen war, und ein Buch ist inzwischen verkauft. Es tut uns leid: Sie bekommen alles zurück.
payment-due-twice = { $amount } für Bestellung <b>{ $number }</b> kamen einmal zu viel. Sie bekommen sie zurück.
payment-due-cancelled = Ihre Zahlung von { $amount } kam, obwohl Bestellung <b>{ $number }</b> storniert ist. Sie bekommen sie zurück.
payment-due-amount = Für Bestellung <b>{ $number }</b> kamen { $amount }; das ist nicht der richtige Betrag. Sie bekommen sie zurück, die Bestellung wartet weiter.
payment-due-payer = { $amount } für Bestellung <b>{ $number }</b> kamen von jemand anderem, als die Rechnung vorsah. Der Betrag geht zurück.
payment-unplaced = { $amount } sind angekommen, und ich weiß nicht, wofür. Der Laden weiß Bescheid und klärt es mit Ihnen.
staff-due-late = ⚠️ { $amount } für <b>{ $number }</b> kamen nach dem Verfall, und die Bücher sind weg.
staff-due-twice = ⚠️ { $amount } für <b>{ $number }</b> kamen einmal zu viel.
staff-due-cancelled = ⚠️ <b>{ $number }</b> ist storniert, und { $amount } wurden dafür bezahlt.
staff-due-called-off = ⚠️ Die bezahlte Bestellung <b>{ $number }</b> wurde vom Kunden storniert: { $amount } sind zurückzuzahlen.
staff-due-called-off-part = ⚠️ Die bezahlte Bestellung <b>{ $number }</b> wurde vom Kunden storniert: { $kept } bleiben beim Laden, { $amount } sind zurückzuzahlen.
staff-due-amount = ⚠️ Für <b>{ $number }</b> kamen { $amount }, das ist nicht der richtige Betrag.
staff-due-payer = ⚠️ { $amount } für <b>{ $number }</b> kamen von jemand anderem, als die Rechnung vorsah.
staff-in-doubt = ⚠️ Eine Zahlung von { $amount } für <b>{ $number }</b> passt nicht zur Bestellung. Bitte beim Zahlungsanbieter nachsehen: <code>{ $charge }</code>
staff-unplaced = ⚠️ Eine Zahlung von { $amount } ({ $gateway }) gehört zu keiner Bestellung. Bitte beim Zahlungsanbieter nachsehen: <code>{ $charge }</code>
error-payment-mismatch = Diese Zahlung passt nicht zur Bestellung. Der Laden weiß Bescheid.
error-payment-refused = Bestellung { $number } lässt sich so gerade nicht bezahlen. Abgebucht wurde nichts.
error-payment-unavailable = Der Zahlungsdienst antwortet gerade nicht. Abgebucht wurde nichts.
staff-due-refused = ⚠️ Der Zahlungsdienst verweigert die Rückzahlung von { $amount } für <b>{ $number }</b>.
staff-due-came-back = ⚠️ Die Bank hat { $amount } für <b>{ $number }</b> zurückgeschickt. Bitte mit der Kundin oder dem Kunden einen anderen Weg finden.
error-refund-under-way = Der Zahlungsdienst zahlt das Geld für { $number } selbst zurück. Es ist nichts zu tun.
staff-refund-by-hand = Das Geld muss zurück: siehe Karte.
staff-refund-by-itself = Es geht von selbst zurück.
