# Der Warenkorb.
cart-title = <b>Ihr Warenkorb</b>
cart-line = { $quantity } × { $title } · { $total }
cart-line-no-price = { $quantity } × { $title }
cart-numbered = { $number }. { $line }
cart-remark = ↳ <i>{ $remark }</i>
cart-line-price = jetzt { $price }, vorher { $was }
cart-line-scarcer =
    { $here ->
        [0] inzwischen ist keins mehr da
        [one] inzwischen ist nur noch 1 da
       *[other] inzwischen sind nur noch { $here } da
    }
cart-line-problem =
    { $here ->
        [0] nicht mehr zu bekommen: bitte herausnehmen
        [one] nur noch 1 da und keins mehr zu bekommen: bitte verringern
       *[other] nur noch { $here } da und keine mehr zu bekommen: bitte verringern
    }
cart-line-to-order =
    { $count ->
        [one] 1 bestellen wir für Sie
       *[other] { $count } bestellen wir für Sie
    }
cart-line-to-order-days =
    { $count ->
        [one] 1 bestellen wir für Sie
       *[other] { $count } bestellen wir für Sie
    }, { $days ->
        [one] etwa ein Tag
       *[other] etwa { $days } Tage
    }
cart-line-preorder = noch nicht erschienen, wir legen Ihnen { $count ->
        [one] eins
       *[other] { $count }
    } zurück, sobald es da ist
cart-line-preorder-on = erscheint am { $day }, wir legen Ihnen { $count ->
        [one] eins
       *[other] { $count }
    } zurück
cart-problem = Etwas davon ist so nicht mehr zu bekommen; wenn das geändert ist, geht es zur Kasse.
cart-total = Zusammen <b>{ $total }</b>
cart-empty = Ihr Warenkorb ist leer. Schreiben Sie mir einen Titel, einen Namen oder eine ISBN oder stöbern Sie.
cart-emptied = Ihr Warenkorb ist jetzt leer.
cart-order-more =
    { $count ->
        [one] Ja, eins bestellen
       *[other] Ja, { $count } bestellen
    }
cart-order-more-days =
    { $count ->
        [one] Ja, eins bestellen
       *[other] Ja, { $count } bestellen
    } · { $days ->
        [one] etwa ein Tag
       *[other] etwa { $days } Tage
    }
check-out = Zur Kasse
go-on-looking = Weiter stöbern
empty-cart = Leeren
remove = Löschen
undo = Rückgängig
toast-in-cart =
    { $count ->
        [one] In Ihrem Warenkorb: 1 Buch, { $total }
       *[other] In Ihrem Warenkorb: { $count } Bücher, { $total }
    }
toast-removed =
    { $count ->
        [0] Herausgenommen. Ihr Warenkorb ist leer.
        [one] Herausgenommen. In Ihrem Warenkorb: 1 Buch.
       *[other] Herausgenommen. In Ihrem Warenkorb: { $count } Bücher.
    }
toast-rest-to-order = ({ $here } da, { $count } zu bestellen)
toast-order-more =
    { $left ->
        [0] Es ist keins da.
        [one] Es ist nur 1 da.
       *[other] Es sind nur { $left } da.
    } { $count ->
        [one] Sollen wir eins bestellen?
       *[other] Sollen wir { $count } bestellen?
    }
toast-only-here =
    { $left ->
        [0] Keins ist mehr da, und es ist keins mehr zu bekommen.
        [one] Nur 1 ist da, und mehr sind nicht zu bekommen.
       *[other] Nur { $left } sind da, und mehr sind nicht zu bekommen.
    }
toast-not-for-sale = Das ist zurzeit nicht zu bekommen. Vielleicht finden wir eins: Fragen Sie uns.
toast-most-of-one = { $copies } von einem Buch sind hier das Höchste. Für mehr sprechen Sie uns bitte an, wir helfen gern.
toast-most-titles = { $titles } verschiedene Bücher sind das Höchste für eine Bestellung. Gehen Sie erst zur Kasse, dann ist wieder Platz.
toast-not-all-back =
    { $count ->
        [one] 1 Buch passte nicht mehr hinein.
       *[other] { $count } Bücher passten nicht mehr hinein.
    }
error-cart-changed = Ihr Warenkorb hat sich inzwischen geändert. So sieht er jetzt aus.
error-cart-empty = Ihr Warenkorb ist leer.
error-cart-full = Das ist mehr, als in einen Warenkorb passt.
error-out-of-stock =
    { $left ->
        [0] { $title } ist eben ausverkauft.
        [one] Von { $title } ist nur noch 1 da.
       *[other] Von { $title } sind nur noch { $left } da.
    }
error-not-for-sale = { $title } ist zurzeit nicht zu bekommen.
