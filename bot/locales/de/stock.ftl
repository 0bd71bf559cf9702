# Der Bestand eines Buchs, im Chat des Teams.
stock-title = <b>{ $title }</b> · { $authors }
stock-counts = <b>{ $on_hand } vorrätig</b> · { $held } für Bestellungen zurückgelegt · { $free } zu verkaufen
stock-shelf = Regal { $shelf }
stock-supply = Kundschaft liest: { $supply }
stock-answer = Antworten Sie auf diese Nachricht mit einer Zahl, um den Bestand zu setzen, oder mit einem Preis (12,90), um den Preis zu setzen.
stock-look-again = Noch einmal nachsehen
stock-which = { $count ->
        [one] Ein Buch:
       *[other] { $count } Bücher. Welches?
    }
stock-copies = { $count ->
        [0] keins da
        [one] 1 Exemplar
       *[other] { $count } Exemplare
    }
stock-not-here = { $count ->
        [one] Das ist die ISBN <b>{ $isbns }</b>; sie steht nicht im Katalog.
       *[other] Das sind die ISBNs <b>{ $isbns }</b>; keine davon steht im Katalog.
    }
stock-nothing-found = Zu „{ $words }“ steht nichts im Katalog.
stock-how = <b>Der Bestand eines Buchs.</b> <code>/stock</code> mit einer ISBN oder ein paar Wörtern des Titels öffnet ihn; ein Foto des Strichcodes auch.
stock-counted = { $count ->
        [one] Gezählt: 1 Exemplar ist vorrätig.
       *[other] Gezählt: { $count } Exemplare sind vorrätig.
    }
stock-priced = Es kostet von jetzt an { $price }. Keine Datei überschreibt das.
stock-toast-counted = { $count ->
        [one] 1 Exemplar vorrätig
       *[other] { $count } Exemplare vorrätig
    }
stock-toast-not-read = Das ist weder eine Anzahl noch ein Preis wie 12,90.
error-counted-meanwhile = Jemand anders hat gezählt: Jetzt sind es { $on_hand }. Die Karte zeigt, wie es steht.
error-held-for-orders = { $held ->
        [one] 1 Exemplar ist
       *[other] { $held } Exemplare sind
    } für Bestellungen zurückgelegt: Weniger können nicht vorrätig sein.
