# An der Kasse.
checkout-needs-login = Zum Bestellen melden Sie sich bitte an. Ihr Warenkorb bleibt, wie er ist.
checkout-title = <b>Ihre Bestellung</b>
checkout-changed = <b>Seit Ihrem letzten Blick hat sich etwas geändert:</b>
checkout-fine = In Ordnung, weiter
pay-now = Jetzt { $total } zahlen
pay-now-with = { $total } zahlen · { $way }
reserve-at-counter = Reservieren, im Laden zahlen
back-to-cart = Zum Warenkorb
toast-placed = Bestellung { $number } ist aufgegeben. Ihre Bücher sind für Sie zurückgelegt.
toast-nothing-to-order = Ihr Warenkorb ist leer, es gibt nichts zu bestellen. Hier sind Ihre Bestellungen.
toast-summary-changed = Inzwischen hat sich etwas geändert; bestellt ist noch nichts. So sieht es jetzt aus.
toast-too-many-open =
    { $limit ->
        [one] Sie haben schon eine offene Bestellung. Ist sie abgeholt oder storniert, geht die nächste.
       *[other] Sie haben schon { $limit } offene Bestellungen. Ist eine abgeholt oder storniert, geht die nächste.
    }
error-summary-changed = Inzwischen hat sich etwas geändert; bestellt ist noch nichts.
error-too-many-open-orders =
    { $limit ->
        [one] Sie haben schon eine offene Bestellung. Ist sie abgeholt oder storniert, geht die nächste.
       *[other] Sie haben schon { $limit } offene Bestellungen. Ist eine abgeholt oder storniert, geht die nächste.
    }
