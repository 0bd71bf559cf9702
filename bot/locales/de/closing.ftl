# Der Tagesabschluss, im Chat des Teams und auf der Befehlszeile.
close-title = <b>Abschluss vom { $day }</b>
close-taken = <b>Eingenommen</b>
close-given-back = <b>Zurückgezahlt</b>
close-came-back = <b>Zurückgezahlt und von der Bank zurückgekommen</b>
close-sum = { $way } · { $count ->
        [one] 1 Zahlung
       *[other] { $count } Zahlungen
    } · { $amount }
close-sum-back = { $way } · { $count ->
        [one] 1 Erstattung
       *[other] { $count } Erstattungen
    } · { $amount }
close-kept = Davon oder von früheren Einnahmen bleiben { $amount } aus { $count ->
        [one] 1 Bestellung, die storniert wurde.
       *[other] { $count } Bestellungen, die storniert wurden.
    }
close-total = zusammen <b>{ $amount }</b>
close-nothing-taken = Es wurde nichts eingenommen.
close-tax = <b>Steuer in den Einnahmen, abzüglich der Rückzahlungen</b>
close-tax-line = { $rate } · { $tax } in { $gross } (netto { $net })
close-tax-unknown = Satz nicht vermerkt · { $gross }
close-owed = <b>Muss zurück</b>
close-owed-line = { $number } · { $amount }
close-open =
    { $count ->
        [0] Keine offenen Bestellungen.
        [one] 1 offene Bestellung, { $copies ->
            [one] 1 Exemplar
           *[other] { $copies } Exemplare
        } zurückgelegt.
       *[other] { $count } offene Bestellungen, { $copies ->
            [one] 1 Exemplar
           *[other] { $copies } Exemplare
        } zurückgelegt.
    }
close-doubts = <b>Hier weiß noch niemand, ob gezahlt wurde</b>
close-doubt-line = { $number } · { $way } · { $amount }
close-more = … und { $count } weitere
close-differences = <b>Wo Zahlungsdienst und Bücher sich unterscheiden</b>
close-not-paid = { $number }: bei uns { $ours }, bei { $service } keine Zahlung, <code>{ $charge }</code>
close-other-amount = { $number }: bei uns { $ours }, bei { $service } { $theirs }, <code>{ $charge }</code>
close-other-charge = { $number }: { $ours } stehen bei { $service } unter einer anderen Zahlung als bei uns
close-not-known = { $number }: { $service } hat gerade nicht gesagt, ob { $ours } gezahlt wurden
close-not-in-books = Bei { $service }, nicht in unseren Büchern: { $theirs } für { $number }, <code>{ $charge }</code>
close-not-in-books-of-nobody = Bei { $service }, zu keiner unserer Bestellungen: { $theirs }, <code>{ $charge }</code>
close-refund-not-made = { $number }: laut unseren Büchern { $ours } zurückgezahlt, bei { $service } aber nicht, <code>{ $charge }</code>
close-refund-not-in-books = Bei { $service } zurückgezahlt, nicht in unseren Büchern: { $theirs } für { $number }, <code>{ $charge }</code>
close-refund-not-in-books-of-nobody = Bei { $service } zurückgezahlt, zu keiner unserer Bestellungen: { $theirs }, <code>{ $charge }</code>
close-refund-not-known = { $number }: { $service } hat gerade nicht gesagt, wie viel zurückging
close-do-tap = Tippen Sie unten auf eine Bestellung, um zu verbuchen, was unseren Büchern fehlt, als hätte der Zahlungsdienst es eben gemeldet.
close-do-in-group = Um zu verbuchen, was unseren Büchern fehlt, senden Sie /close { $day } in der Gruppe des Teams und tippen auf die Bestellung.
close-do-of-nobody = Was zu keiner unserer Bestellungen gehört, kann zu einer gehören, die in einer zurückgespielten Sicherung fehlt. Suchen Sie den Kunden beim Zahlungsdienst anhand dieses Codes und zahlen Sie dort zurück oder geben Sie die Bücher heraus.
close-do-look = Sehen Sie die übrigen anhand des Codes beim Zahlungsdienst nach, bevor Sie Bücher herausgeben oder Geld zurückzahlen.
close-do-later = Was sich nicht prüfen ließ: Senden Sie in ein paar Minuten noch einmal /close { $day }.
close-take-in = { $amount } für { $number } verbuchen
close-toast-taken-in = { $number } ist verbucht.
close-toast-nothing-to-take-in = Für { $number } ist nichts mehr zu verbuchen.
close-no-differences = Die Zahlungsdienste stimmen mit unseren Büchern überein.
close-unasked = Nicht geprüft: { $service }; dort lässt sich nicht nachfragen. Vergleichen Sie den Tag mit der Liste in Ihrem Konto dort.
close-unheard = Nicht geprüft: { $service } hat nicht geantwortet. Senden Sie in ein paar Minuten noch einmal /close { $day }.
close-one-by-one = { $service } hat keine Liste der Zahlungen: Jede von uns wurde dort geprüft; was es dort sonst gibt, lässt sich nicht sagen.
close-no-such-day = „{ $typed }“ kann ich nicht als Tag lesen. Senden Sie /close 2026-11-27, /close 27.11. oder /close gestern.
close-not-yet = Der { $day } kommt erst noch.
close-hold-note = { $copies ->
        [one] 1 Exemplar zurückgelegt
       *[other] { $copies } Exemplare zurückgelegt
    }
close-file = abschluss-{ $day }.csv
# An wen sich das Team wegen einer Zahlung wendet.
service-telegram = der Anbieter hinter Telegram
service-stripe = Stripe
service-sandbox-card = Sandbox Card
