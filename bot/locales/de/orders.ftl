# Die Bestellungen des Kunden.
orders-need-login = Um Ihre Bestellungen zu sehen, melden Sie sich bitte an.
orders-none = Sie haben noch nichts bestellt. Schreiben Sie mir einen Titel, einen Namen oder eine ISBN, dann ändern wir das.
orders-search = Buch suchen
orders-title =
    { $count ->
        [one] <b>Ihre Bestellung</b>
       *[other] <b>Ihre { $count } Bestellungen</b>
    }
orders-line = <b>{ $number }</b> · { $day } · { $copies ->
        [one] 1 Buch
       *[other] { $copies } Bücher
    } · { $total } · { $state }
orders-all = Bestellungen
order-short-awaiting-payment = noch zu bezahlen
order-short-paid = bezahlt
order-short-reserved = reserviert
order-short-ready = liegt bereit
order-short-collected = abgeholt
order-short-cancelled = storniert
order-short-expired = verfallen
order-short-refunded = storniert
order-head-awaiting-payment = Bestellung <b>{ $number }</b> wartet auf Ihre Zahlung
order-head-paid = Bezahlt: Bestellung <b>{ $number }</b>
order-head-reserved = Reserviert: Bestellung <b>{ $number }</b>
order-head-ready = Bestellung <b>{ $number }</b> liegt für Sie bereit
order-head-collected = Vielen Dank! Bestellung <b>{ $number }</b>, abgeholt { $at }
order-head-cancelled = Bestellung <b>{ $number }</b>, storniert { $at }
order-head-expired = Bestellung <b>{ $number }</b>, verfallen { $at }
order-head-refunded = Bestellung <b>{ $number }</b>, storniert { $at }
order-line = { $quantity } × { $title } · { $total }
order-line-to-order =
    { $count ->
        [one] ↳ <i>1 ist bestellt</i>
       *[other] ↳ <i>{ $count } sind bestellt</i>
    }
order-lines-more =
    { $count ->
        [one] … und 1 weiterer Titel
       *[other] … und { $count } weitere Titel
    }
order-total = Zusammen { $total }
order-total-counter = { $total }, im Laden zu zahlen
order-total-paid = { $total }, bezahlt
order-total-cash = { $total }, bar bezahlt
order-total-card = { $total }, mit Karte bezahlt
order-code = Ihr Abholcode: <code>{ $code }</code>
order-next-reserved =
    { $days ->
        [one] Wir melden uns, wenn alles bereitliegt; dann heben wir es einen Tag für Sie auf.
       *[other] Wir melden uns, wenn alles bereitliegt; dann heben wir es { $days } Tage für Sie auf.
    }
order-next-paid = Wir melden uns, wenn alles zum Abholen bereitliegt.
order-next-ready = Abholung: { $place }, wann es Ihnen passt. Zeigen Sie im Laden einfach den Code.
order-next-ready-until = Abholung: { $place }, bis { $until }. Zeigen Sie im Laden einfach den Code.
order-next-awaiting = Ihre Bücher sind für Sie zurückgelegt, bis bezahlt ist.
order-next-awaiting-until = Ihre Bücher sind bis { $until } für Sie zurückgelegt.
order-next-approving = Gerade wird bei Ihrer Bank wegen einer Zahlung angefragt. Das dauert einen Moment.
order-next-in-doubt = Wir wissen noch nicht, ob Ihre Zahlung angekommen ist, und fragen nach. Bitte zahlen Sie vorerst nicht noch einmal; wir melden uns, sobald wir es wissen.
order-reason-customer = Wie gewünscht. Sie brauchen nichts weiter zu tun.
order-reason-sold-out = Es tut uns leid: Es war doch schon ausverkauft.
order-reason-damaged = Es tut uns leid: Das Exemplar ist beschädigt, und ein anderes gibt es nicht.
order-reason-not-collected = Es wurde nicht rechtzeitig abgeholt; die Bücher stehen wieder im Regal.
order-reason-not-paid = Es wurde nicht rechtzeitig bezahlt; die Bücher stehen wieder im Regal.
order-nothing-charged = Abgebucht wurde nichts.
order-maybe-charged = Falls Ihre Bank das Geld doch abgebucht hat, ist es nicht verloren: Sobald wir davon hören, melden wir uns hier.
order-reason-other = Es tut uns leid. Wenn Sie mehr wissen möchten, fragen Sie uns gern.
order-owed = { $amount } bekommen Sie zurück: Wir kümmern uns darum.
order-refunded = { $amount } haben wir Ihnen zurückgezahlt.
order-kept = { $amount } behält der Laden laut seinen Bedingungen ein.
order-free-until = Bis { $until } können Sie kostenlos stornieren.
order-cancel-costs = Wenn Sie stornieren, behält der Laden laut seinen Bedingungen { $kept } ein.
order-refunded-heading = <b>{ $amount }</b> für Bestellung <b>{ $number }</b> sind auf dem Weg zurück zu Ihnen.
order-refund-failed-heading = <b>{ $amount }</b> für Bestellung <b>{ $number }</b> konnten nicht ausgezahlt werden: Ihre Bank hat sie an uns zurückgeschickt. Wir finden einen anderen Weg zu Ihnen.
order-declined = Ihre Bank hat abgelehnt, es wurde nichts abgebucht. Bestellung <b>{ $number }</b> wartet weiter auf Sie.
order-cancel = Stornieren
order-cancel-sure = Bestellung <b>{ $number }</b> über { $total } stornieren?
order-cancel-refund = { $amount } bekommen Sie zurück.
order-cancel-part = Von { $paid } bekommen Sie { $back } zurück; { $kept } behält der Laden laut seinen Bedingungen ein.
order-cancel-nothing = Sie bekommen nichts zurück: { $kept } behält der Laden laut seinen Bedingungen ein.
order-cancel-whole-until = Das gilt bis { $until }. Danach behält der Laden laut seinen Bedingungen einen Teil ein.
order-cancel-yes = Ja, stornieren
order-cancel-no = Nein, behalten
order-receipt = Quittung
order-again = Erneut bestellen
order-look-again = Noch einmal nachsehen
reserve-instead = Im Laden zahlen
toast-no-such-order = Das ist keine Ihrer Bestellungen. Hier sind sie:
toast-order-cancelled = Bestellung { $number } ist storniert.
error-cancel-offer-changed = Bei Bestellung { $number } hat sich etwas geändert; storniert ist noch nichts.
toast-cancel-changed = Bei Bestellung { $number } hat sich etwas geändert; storniert ist noch nichts. Bitte lesen Sie noch einmal, was Sie zurückbekommen.
toast-too-late-never = Bestellung { $number } ist bezahlt und lässt sich hier nicht stornieren. Bitte sprechen Sie uns an.
toast-too-late-accepted = An Bestellung { $number } wird schon gearbeitet; hier lässt sie sich nicht mehr stornieren. Bitte sprechen Sie uns an.
toast-too-late-ready = Bestellung { $number } liegt schon bereit und lässt sich hier nicht mehr stornieren. Bitte sprechen Sie uns an.
toast-too-late-collected = Bestellung { $number } ist abgeholt und lässt sich nicht mehr stornieren. Bitte sprechen Sie uns an.
toast-moved-on = Bei Bestellung { $number } hat sich etwas getan. So steht es jetzt.
toast-again =
    { $added ->
        [one] 1 Buch liegt in Ihrem Warenkorb.
       *[other] { $added } Bücher liegen in Ihrem Warenkorb.
    }
toast-again-short =
    { $count ->
        [one] Von 1 Titel gibt es jetzt weniger oder keine mehr.
       *[other] Von { $count } Titeln gibt es jetzt weniger oder keine mehr.
    } { $added ->
        [0] Es kam nichts hinzu.
        [one] 1 Buch liegt in Ihrem Warenkorb.
       *[other] { $added } Bücher liegen in Ihrem Warenkorb.
    }
toast-again-all-there = Alles davon liegt schon in Ihrem Warenkorb.
