# A feed's report: what became of its records, and why some were refused (domain/feed.py, Reason).
feed-kept = { $count ->
        [one] 1 Datensatz
       *[other] { $count } Datensätze
    } gelesen: { $added } neu, { $changed } geändert, { $unchanged } unverändert, { $withdrawn } zurückgezogen, { $refused } abgelehnt
feed-rehearsed = { $count ->
        [one] 1 Datensatz
       *[other] { $count } Datensätze
    } gelesen, nichts geschrieben; es wären: { $added } neu, { $changed } geändert, { $unchanged } unverändert, { $withdrawn } zurückgezogen, { $refused } abgelehnt
feed-notes = { $count ->
        [one] 1 Hinweis
       *[other] { $count } Hinweise
    }
feed-where-line = Zeile { $line }, Datensatz { $record }
feed-where-record = Datensatz { $record }
feed-more-refused = … und { $count } weitere, die abgelehnt wurden
feed-within = { $file } im Archiv: { $said }
feed-unknown-kind = Diese Art von Datei kann nicht gelesen werden. Lesbar sind CSV, ONIX 3, MARC 21 und MARCXML, auch als gzip oder zip.
feed-empty-file = Die Datei ist leer.
feed-onix-2 = Das ist ONIX { $release }, das EDItEUR 2014 zurückgezogen hat. Bitte lassen Sie sich ONIX 3.0 oder 3.1 liefern.
feed-other-xml = Das ist XML, aber weder ONIX noch MARCXML: Es beginnt mit „{ $root }“.
feed-entities = Die Datei definiert eigene Entitäten. Solches XML wird zur Sicherheit nicht gelesen.
feed-too-large = Ausgepackt ist die Datei größer als die { $most } Bytes, die höchstens gelesen werden.
feed-broken-archive = Das Archiv { $name } ist beschädigt oder mit einem Kennwort geschützt.
feed-cut-short = Die Datei bricht in Zeile { $line } ab: ihr Ende fehlt. Was davor steht, wurde gelesen. Bitte holen Sie die Datei noch einmal.
feed-no-title-column = Keine Spalte der ersten Zeile heißt „Titel“. Dort steht: { $columns }
feed-broken-record = Der Datensatz ist beschädigt: { $detail }
feed-no-title = Der Datensatz hat keinen Titel.
feed-no-reference = Der Datensatz hat weder eine Referenz noch eine ISBN, an der er zu erkennen wäre.
feed-isbn-check-digit = Die ISBN { $isbn } endet mit der Prüfziffer { $found }, richtig wäre { $expected }: { $corrected }.
feed-not-an-isbn = „{ $text }“ ist keine ISBN.
feed-test-record = Der Datensatz ist als Test gekennzeichnet.
feed-not-a-book = Das Produkt ist kein Buch (Produktform { $form }).
feed-unimarc = Der Datensatz ist UNIMARC. Bitte lassen Sie sich MARC 21 liefern.
feed-notification = Die Art der Meldung { $code } ist nicht bekannt.
feed-too-few-fields = Die Zeile hat { $found } Felder, die erste Zeile { $expected }.
feed-too-many-fields = Die Zeile hat { $found } Felder, die erste Zeile nur { $expected }.
feed-not-in-catalogue = Der Datensatz ändert ein Buch, das nicht im Katalog ist.
feed-isbn-of-another = Die ISBN { $isbn } gehört zu einem anderen Buch des Katalogs.
feed-unknown-code = Der Code { $code } aus { $scheme } hat hier keine Bedeutung.
feed-bad-number = „{ $text }“ ist keine passende Zahl für { $field } und wurde ausgelassen.
feed-bad-date = „{ $text }“ ist kein Datum und wurde ausgelassen.
feed-bad-price = „{ $text }“ ist kein Preis; das Buch kam ohne.
feed-other-currency = Die Preise sind in { $currencies }, nicht in der Währung des Ladens; die Bücher kamen ohne.
feed-price-without-tax = Preise sind ohne Steuer und ohne Steuersatz angegeben; die Bücher kamen ohne.
feed-unknown-language = „{ $text }“ ist keine bekannte Sprache und wurde ausgelassen.
feed-unknown-subject = „{ $text }“ ist keines der Sachgebiete des Ladens und wurde ausgelassen.
feed-replaced-characters = Einige Zeichen waren nicht lesbar und stehen als �.
feed-came-before = Dieses Buch kam in der Datei schon vor, in Datensatz { $before }. Es gilt, was später kommt.

# Eine Datei im Chat des Teams.
feed-how = <b>Bücher aus einer Datei.</b> Schicken Sie mir die Datei hier mit der Bildunterschrift <code>/import</code>, oder antworten Sie auf eine Datei mit <code>/import</code>. Ich lese CSV, ONIX 3, MARC 21 und MARCXML, auch als gzip oder zip, und sage erst, was sich ändern würde.
feed-only-admins = Den Katalog dürfen nur Admins dieser Gruppe ändern. Jemand von ihnen kann auf die Datei mit /import antworten.
feed-cannot-tell = Telegram sagt mir nicht, wer in dieser Gruppe Admin ist. Bitte machen Sie mich zum Admin und schicken Sie die Datei noch einmal.
feed-too-big = <b>{ $name }</b> ist größer als die 20 MB, die ich bei Telegram abholen darf. Packen Sie die Datei (gzip oder zip), oder importieren Sie sie dort, wo der Laden läuft:
    <code>python -m bot catalogue import FILE</code>
feed-waits = <b>{ $name }</b> kommt gleich an die Reihe: Ich bin noch mit einer anderen Datei beschäftigt.
feed-reading = Ich lese <b>{ $name }</b> … { $percent } %
feed-importing = Ich importiere <b>{ $name }</b> … { $percent } %
feed-nothing-read = <b>{ $name }</b> wurde nicht importiert.
feed-no-records = Es steht kein Buch darin.
feed-failed = Etwas ging wieder und wieder schief. Der Katalog ist, wie er war, oder hat einen Teil der Datei; sie noch einmal zu schicken schadet nicht.
feed-would = <b>{ $name }</b> · { $count ->
        [one] 1 Datensatz
       *[other] { $count } Datensätze
    }
    Noch ist nichts geändert. Der Import brächte:
feed-done = <b>{ $name }</b> ist importiert · { $count ->
        [one] 1 Datensatz
       *[other] { $count } Datensätze
    }
feed-nothing-new = <b>{ $name }</b> · { $count ->
        [one] 1 Datensatz
       *[other] { $count } Datensätze
    }
    Darin steht nichts Neues. Der Katalog bleibt, wie er ist.
feed-count-added = { $count ->
        [one] 1 neues Buch
       *[other] { $count } neue Bücher
    }
feed-count-changed = { $count ->
        [one] 1 Buch geändert
       *[other] { $count } Bücher geändert
    }
feed-count-withdrawn = { $count ->
        [one] 1 Buch zurückgezogen
       *[other] { $count } Bücher zurückgezogen
    }
feed-count-unchanged = { $count ->
        [one] 1 Buch wie bisher
       *[other] { $count } Bücher wie bisher
    }
feed-count-refused = { $count ->
        [one] 1 Datensatz abgelehnt
       *[other] { $count } Datensätze abgelehnt
    }
feed-see-report = Die Tabelle darunter sagt, was, wo in der Datei und warum.
feed-report-file = Bericht
feed-import = Importieren
feed-leave = Lieber nicht
feed-left = <b>{ $name }</b> blieb liegen. Der Katalog ist, wie er war.
feed-toast-only-admins = Den Katalog dürfen nur Admins dieser Gruppe ändern.
feed-toast-decided = Das ist schon entschieden.
feed-toast-too-old = Diese Datei habe ich nicht mehr. Bitte schicken Sie sie noch einmal.
