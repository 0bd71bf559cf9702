# Die Suche, und Listen von Büchern.
search-ask = Was suchen Sie?
search-ask-more =
    Schreiben Sie es, wie Sie es in Erinnerung haben: einen Titel, einen Namen, eine Reihe oder eine ISBN. Ein Foto vom Strichcode geht auch.
    Sie dürfen wählerisch sein: <i>Krimi auf Deutsch bis 15</i>, <i>etwas wie Dune</i>, <i>aus den 90ern</i>.
search-unreadable = Ich lese Wörter, ISBNs und Fotos von Strichcodes. Was suchen Sie?
search-with-pleasure = Sehr gern.
search-cut = Das war viel auf einmal: Ich habe nach dem Anfang gesucht.
search-found =
    { $count ->
        [one] <b>„{ $text }“</b> · ein Buch
       *[other] <b>„{ $text }“</b> · { $count } Bücher
    }
search-found-all =
    { $count ->
        [one] <b>Ein Buch</b>
       *[other] <b>{ $count } Bücher</b>
    }
search-mended =
    { $count ->
        [one] Ergebnisse für <b>„{ $text }“</b> · ein Buch
       *[other] Ergebnisse für <b>„{ $text }“</b> · { $count } Bücher
    }
search-as-typed = Genau „{ $text }“ suchen
search-copies =
    { $count ->
        [one] Ein Exemplar: von welchem Buch?
       *[other] { $count } Exemplare: von welchem Buch?
    }
search-no-such-isbn =
    Ein Buch mit der ISBN <b>{ $isbn }</b> steht nicht in unserem Katalog. Oft können wir es trotzdem besorgen.
search-slipped-isbn =
    <b>{ $isbn }</b> ist nicht ganz eine ISBN: Eine Ziffer stimmt nicht. Sehen Sie noch einmal nach, oder schicken Sie ein Foto vom Strichcode?

listing-named =
    { $count ->
        [one] <b>{ $name }</b> · ein Buch
       *[other] <b>{ $name }</b> · { $count } Bücher
    }
listing-language =
    { $count ->
        [one] <b>Auf { $name }</b> · ein Buch
       *[other] <b>Auf { $name }</b> · { $count } Bücher
    }
listing-similar =
    { $count ->
        [one] Ähnlich wie <b>{ $title }</b> · ein Buch
       *[other] Ähnlich wie <b>{ $title }</b> · { $count } Bücher
    }
listing-after =
    { $count ->
        [one] Nach <b>{ $title }</b> · ein Buch
       *[other] Nach <b>{ $title }</b> · { $count } Bücher
    }
listing-new =
    { $count ->
        [one] <b>Neu im Laden</b> · ein Buch
       *[other] <b>Neu im Laden</b> · { $count } Bücher
    }
listing-picks =
    { $count ->
        [one] <b>Unsere Tipps</b> · ein Buch
       *[other] <b>Unsere Tipps</b> · { $count } Bücher
    }
listing-popular = <b>Am meisten gefragt</b>
listing-photo =
    { $count ->
        [one] <b>Auf Ihrem Foto</b> · ein Buch
       *[other] <b>Auf Ihrem Foto</b> · { $count } Bücher
    }
entry =
    <b>{ $number }  { $title }</b>
    { $details }
shelf-count = Alles aus { $name } · { $count }
more-by-count = Mehr von { $author } · { $count }

nothing-found = Zu <b>„{ $text }“</b> haben wir nichts gefunden.
nothing-here = Hier ist nichts.
nothing-after = Aus dieser Reihe haben wir nichts, was nach <b>{ $title }</b> kommt.
nothing-narrowed = Dazu haben wir nichts: <b>{ $wishes }</b>.
nothing-found-narrowed = Zu <b>„{ $text }“</b> haben wir nichts mit: <b>{ $wishes }</b>.
nothing-narrowed-hint =
    { $count ->
        [one] Nehmen Sie das weg, dann suchen wir noch einmal:
       *[other] Nehmen Sie eins davon weg, dann suchen wir noch einmal:
    }
nothing-otherwise = Sonst gäbe es:
nothing-nearest = Meinten Sie eins von diesen?
nothing-hint = Oft genügen ein, zwei Wörter aus dem Titel oder der Name. Oder fragen Sie uns: Die meisten Bücher können wir besorgen.
ask-the-shop = Im Laden fragen

photo-no-barcode =
    Auf diesem Bild sehe ich keinen Strichcode. Halten Sie das Telefon gerade über die Rückseite des Buchs, eine Handbreit entfernt und bei gutem Licht, sodass der ganze Strichcode scharf ist.
photo-not-here =
    { $count ->
        [one] Das ist die ISBN <b>{ $isbns }</b>; sie steht nicht in unserem Katalog. Oft können wir das Buch trotzdem besorgen.
       *[other] Das sind die ISBNs <b>{ $isbns }</b>; keine davon steht in unserem Katalog. Oft können wir die Bücher trotzdem besorgen.
    }
photo-other-code = Auf diesem Bild ist ein Code, aber nicht der eines Buchs: Der beginnt mit 978 oder 979 und steht meist hinten, beim Preis.
photo-not-read = Diese Art von Bild kann ich nicht öffnen. Bitte schicken Sie es als Foto statt als Datei: Dann macht Telegram eins daraus, das ich lesen kann.
photo-too-big = Dieses Bild ist zu groß für mich. Bitte schicken Sie es als Foto statt als Datei.

# Was ein Buch kostet, und ob es zu haben ist.
as-it-is = { $text }
offer-here = { $copies } im Laden
offer-to-order = bestellbar
offer-to-order-days =
    { $days ->
        [one] bestellbar, 1 Tag
       *[other] bestellbar, { $days } Tage
    }
offer-preorder = vorbestellbar
offer-preorder-on = vorbestellbar, { $day }
offer-not-to-be-had = nicht lieferbar
offer-recalled = zurückgerufen
offer-ask-price = Preis auf Anfrage
offer-to-order-ask-price = bestellbar, Preis auf Anfrage
form-paperback = Taschenbuch
form-hardback = gebunden
form-ebook = E-Book
form-audio = Hörbuch
authors-and-others = { $names } und andere
entry-volume = Band { $number }
editions-count = { $count } Ausgaben
editions-from = { $count } Ausgaben, ab { $price }

# Eingrenzen.
filter = Filter
filter-title =
    { $count ->
        [one] <b>Ein Buch eingrenzen</b>
       *[other] <b>{ $count } Bücher eingrenzen</b>
    }
filter-subject = Thema
filter-language = Sprache
filter-price = Preis
filter-year = Jahr
filter-form = Ausgabe
filter-subject-title = Welches Thema?
filter-language-title = In welcher Sprache?
filter-price-title = Zu welchem Preis?
filter-year-title = Wann erschienen?
filter-form-title = In welcher Ausgabe?
filter-sort-title = In welcher Reihenfolge?
filter-sort = Reihenfolge: { $order }
filter-no-options = Hier gibt es nichts auszuwählen.
filter-show =
    { $count ->
        [one] Das Buch zeigen
       *[other] { $count } Bücher zeigen
    }
sort-best = beste zuerst
sort-title = nach Titel
sort-price_up = günstigste zuerst
sort-price_down = teuerste zuerst
sort-newest = neueste zuerst
choice-in-stock = jetzt im Laden
choice-price-under = unter { $top }
choice-price-up-to = bis { $top }
choice-price-from = ab { $bottom }
choice-price-between = { $bottom } bis { $top }
choice-year-before = vor { $year }
choice-year-from = ab { $year }
choice-readers =
    { $subject ->
        [children] für Kinder
       *[other] für Jugendliche
    }
choice-author = von { $author }
choice-copies =
    { $count ->
        [one] ein Exemplar
       *[other] { $count } Exemplare
    }
choice-like = ähnlich wie { $title }
choice-after = nach { $title }

# Regale.
shelves-subject-title = <b>Unsere Regale</b>
shelves-none =
    <b>Unsere Regale</b>
    Hier gibt es noch nichts auszuwählen.
shelves-language-title = <b>Unsere Regale nach Sprachen</b>
shelves-by-language = Nach Sprache
shelves-by-subject = Nach Thema
shelves-author-title =
    <b>Unsere Regale nach Autorin und Autor</b>
    Nach diesen wird am meisten gefragt. Alle anderen finden Sie, wenn Sie den Namen schreiben.
shelves-by-author = Nach Autor/in
shelves-series-title =
    <b>Unsere Regale nach Reihe</b>
    Nach diesen wird am meisten gefragt. Alle anderen finden Sie, wenn Sie ihren Namen schreiben.
shelves-by-series = Nach Reihe
shelves-price-title = <b>Unsere Regale nach Preis</b>
shelves-by-price = Nach Preis

# Was die Wörter sonst bedeuten könnten.
errand-cart = Ihr Warenkorb
errand-checkout = Zur Kasse
errand-orders = Ihre Bestellungen
errand-new = Neu im Laden
errand-picks = Was wir empfehlen
errand-popular = Am meisten gefragt
errand-shelves = Unsere Regale
errand-support = Der Laden: Zeiten, Adresse, Menschen
errand-terms = Bedingungen
errand-help = So geht das hier
errand-log-in = Anmelden
errand-log-out = Abmelden
errand-register = Konto anlegen
errand-account = Ihr Konto
errand-forgotten = Passwort vergessen
errand-language = Andere Sprache
errand-home = Startseite
