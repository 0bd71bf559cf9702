# Die Seite eines Buchs.
book-title = <b>{ $title }</b>
book-series = { $series }, { $number }
book-pages =
    { $count ->
        [one] 1 Seite
       *[other] { $count } Seiten
    }
book-blurb = { $text }
book-staff-pick = Unser Tipp: <i>{ $text }</i>
book-price = <b>{ $price }</b>
book-here-shelf = { $copies } im Laden, Regal { $shelf }
book-rest-to-order = Den Rest bestellen wir für Sie.
book-rest-to-order-days =
    { $days ->
        [one] Den Rest bestellen wir für Sie: etwa einen Tag.
       *[other] Den Rest bestellen wir für Sie: etwa { $days } Tage.
    }
book-to-order = Wir bestellen es für Sie und sagen Bescheid, wenn es da ist.
book-to-order-days =
    { $days ->
        [one] Bestellbar: in etwa einem Tag hier.
       *[other] Bestellbar: in etwa { $days } Tagen hier.
    }
book-preorder = Noch nicht erschienen. Bestellen Sie jetzt, und wir sagen Bescheid, wenn es kommt.
book-preorder-on = Erscheint am { $day }. Bestellen Sie jetzt, dann liegt ein Exemplar für Sie bereit.
book-ask-price = Bestellbar, Preis auf Anfrage: Fragen Sie uns, wir finden ihn heraus.
book-not-to-be-had = Zurzeit nicht lieferbar. Fragen Sie uns: Manchmal finden wir noch ein Exemplar.
book-recalled = Vom Verlag zurückgerufen; wir verkaufen es nicht mehr.
book-withdrawn = Nicht mehr in unserem Sortiment. Fragen Sie uns: Manchmal finden wir noch ein Exemplar.
add-to-cart = In den Warenkorb
add-copies-to-cart = { $count } in den Warenkorb · { $total }
in-cart = Im Korb · { $count }
more-by = Mehr von { $author }
editions = Ausgaben · { $count }
series = Reihe · { $count }
similar = Ähnliche
share = Teilen
only-so-many =
    { $copies ->
        [one] Es gibt nur ein Exemplar, mehr ist nicht zu bekommen.
       *[other] Es gibt nur { $copies } Exemplare, mehr sind nicht zu bekommen.
    }
most-at-once = Mehr als { $copies } von einem Buch gehen hier nicht. Sprechen Sie uns gern an, wir helfen weiter.
editions-choose =
    { $count ->
        [one] Eine Ausgabe
       *[other] { $count } Ausgaben. Welche darf es sein?
    }
editions-most = { $count } Ausgaben. Die { $shown } gefragtesten:
edition =
    <b>{ $number }</b>  { $made }
    { $details }
error-book-not-found = Dieses Buch ist nicht mehr in unserem Katalog.

# Die Menschen im Laden fragen.
ask-book = Wir sehen gern, was sich für <b>{ $title }</b> tun lässt. Fragen Sie uns:
ask-book-isbn = Wir sehen gern, was sich für <b>{ $title }</b> (ISBN { $isbn }) tun lässt. Fragen Sie uns:
ask-searched = <b>„{ $text }“</b> nicht gefunden? Die meisten Bücher können wir besorgen. Fragen Sie uns:
ask-anything = Nicht gefunden, was Sie suchen? Die meisten Bücher können wir besorgen. Fragen Sie uns:
ask-phone = Telefon: { $phone }
ask-email = Mail: { $email }
ask-telegram = Auf Telegram schreiben
ask-draft = Guten Tag, können Sie mir das besorgen? { $about }

# Inline-Modus: Karten in jedem Chat.
card-button = Im Laden öffnen
card-nothing-found = Nichts gefunden. Im Laden weitersuchen
