# Der Tagesabschluss, im Chat des Teams und auf der Befehlszeile.
close-title = <b>Abschluss vom { $day }</b>
close-taken = <b>Eingenommen</b>
close-given-back = <b>Zurückgezahlt</b>
close-sum = { $way } · { $count ->
        [one] 1 Zahlung
       *[other] { $count } Zahlungen
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
close-differences = <b>Der Zahlungsdienst sagt etwas anderes</b>
close-not-paid = { $number } · { $way }: bei uns { $ours }, dort keine Zahlung
close-other-amount = { $number } · { $way }: bei uns { $ours }, dort { $theirs }
close-other-charge = { $number } · { $way }: { $ours } stehen dort unter einer anderen Zahlung
close-not-known = { $number } · { $way }: { $ours } ließen sich gerade nicht prüfen
close-no-differences = Die Zahlungsdienste stimmen mit unseren Büchern überein.
close-unasked = Nicht geprüft: { $way }, dort lässt sich nicht nachfragen.
close-file = abschluss-{ $day }.csv
