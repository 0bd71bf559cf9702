# Die Seiten des Ladens.
info-languages = In welcher Sprache wollen wir uns unterhalten?
info-language = { $name }
info-language-now = { $name } ✓
info-language-set = Also auf Deutsch.
info-search = Suchen
info-cart = Warenkorb
info-help = Hilfe
info-terms = Bedingungen
info-privacy = Datenschutz
info-support = Kontakt

help-what =
    <b>So geht es</b>
    Das ist { $shop }, als Chat. Sie suchen Bücher, füllen einen Warenkorb und reservieren oder bezahlen gleich hier; abgeholt wird im Laden.
help-how =
    Tippen Sie einfach, was Sie suchen: einen Titel, einen Namen, eine Reihe, eine ISBN oder ein paar Worte dazu, oder schicken Sie ein Foto des Strichcodes. Die Nummer einer Bestellung öffnet sie. Das geht jederzeit, außer wenn ich Sie gerade etwas gefragt habe. Fragen geht ebenso: <i>wo ist meine Bestellung?</i>, <i>wann haben Sie geöffnet?</i>, <i>was empfehlen Sie?</i>
    Die Knöpfe gelten für die neueste Nachricht. Ist einer veraltet, sage ich es und zeige, wie es jetzt steht.
    Stöbern und den Warenkorb füllen können Sie ohne Konto. Zum Bestellen brauchen Sie eines: E-Mail-Adresse, Name und Passwort.
help-commands =
    /start  noch einmal von vorn
    /search  ein Buch suchen
    /cart  was Sie ausgesucht haben
    /orders  was Sie bestellt haben
    /login  anmelden   /logout  abmelden
    /language  eine andere Sprache
    /support  Öffnungszeiten, Adresse, ein Mensch
    /terms  Preise, Abholung, Rückgabe
    /privacy  was wir über Sie speichern

terms-heading = <b>Bedingungen von { $shop }</b>
terms-who =
    <b>Wer verkauft</b>
    { $who }
terms-prices =
    <b>Preise</b>
    Die Preise sind in { $currency } und enthalten die Steuern. Für Ihre Bestellung gilt der Preis, den Sie bestätigt haben, auch wenn er sich später ändert.
terms-prices-noted =
    <b>Preise</b>
    Die Preise sind in { $currency }. { $note } Für Ihre Bestellung gilt der Preis, den Sie bestätigt haben, auch wenn er sich später ändert.
terms-ordering =
    <b>Bestellen</b>
    „Reservieren“ legt die Bücher für Sie zurück; gekauft wird an der Kasse, bis dahin schulden Sie nichts. „Jetzt bezahlen“ kauft sie sofort; während Sie bezahlen, sind sie { $hold } für Sie zurückgelegt. Können wir ein Buch nicht liefern, erfahren Sie es und bekommen zurück, was Sie dafür bezahlt haben.
terms-pick-up =
    <b>Abholen</b>
    Abgeholt wird im Laden; wir liefern nicht. Ich sage Ihnen hier Bescheid, wenn Ihre Bestellung bereitliegt. Eine Reservierung heben wir dann { $days ->
        [one] einen Öffnungstag
       *[other] { $days } Öffnungstage
    } lang auf; was bezahlt ist, bleibt liegen, bis Sie kommen. Zeigen Sie den Code oder nennen Sie die Bestellnummer.
terms-cancelling =
    <b>Stornieren</b>
    Eine Reservierung können Sie unter Bestellungen jederzeit kostenlos stornieren.
cancel-until-never = Ist eine Bestellung bezahlt, lässt sie sich hier nicht mehr stornieren; bitte sprechen Sie uns an.
cancel-until-accepted = Eine bezahlte Bestellung können Sie stornieren, bis der Laden daran zu arbeiten beginnt.
cancel-until-ready = Eine bezahlte Bestellung können Sie stornieren, bis sie für Sie bereitliegt.
cancel-until-collected = Eine bezahlte Bestellung können Sie stornieren, bis Sie sie abholen.
cancel-whole = Sie bekommen dann Ihr ganzes Geld zurück, auf demselben Weg, auf dem Sie bezahlt haben.
cancel-keeps-percent = Der Laden behält dann { $percent } % des bezahlten Betrags ein; den Rest bekommen Sie auf demselben Weg zurück.
cancel-keeps-fee = Der Laden behält dann { $fee } ein; den Rest bekommen Sie auf demselben Weg zurück.
cancel-keeps-both = Der Laden behält dann { $percent } % des bezahlten Betrags und außerdem { $fee } ein; den Rest bekommen Sie auf demselben Weg zurück.
cancel-free-hours =
    { $hours ->
        [one] In der ersten Stunde nach der Zahlung bekommen Sie alles zurück.
       *[other] In den ersten { $hours } Stunden nach der Zahlung bekommen Sie alles zurück.
    }
cancel-by-shop = Stornieren wir, bekommen Sie immer alles zurück.
terms-returns =
    <b>Rückgabe</b>
    Innerhalb von 14 Tagen nach der Abholung können Sie Bücher in dem Zustand, in dem Sie sie bekommen haben, ohne Angabe von Gründen zurückbringen und erhalten Ihr Geld zurück. Stimmt mit einem Buch etwas nicht, tauschen wir es um oder erstatten es; Ihre gesetzlichen Rechte bleiben, wie sie sind.

privacy-heading =
    <b>Was wir speichern, und warum</b>
    Verantwortlich: { $who }
privacy-account =
    <b>Ihr Konto:</b> E-Mail-Adresse, Name, Sprache und ein Passwort, das nur in einer Form gespeichert wird, die sich nicht zurückrechnen lässt; Ihre Nachricht damit lösche ich. Eine Anmeldung gilt { $days } Tage oder bis Sie sich abmelden. Falsche Passwörter werden gezählt, um andere fernzuhalten.
privacy-mails = <b>E-Mails:</b> Wir schreiben Ihnen nur zu Ihrem Konto: Codes (gültig { $lifetime }) und wenn Ihr Passwort geändert wurde. Keine Werbung.
privacy-chat = <b>Dieser Chat:</b> seine Telegram-Nummer, Ihre Sprache, Ihr Warenkorb, Ihre letzte Suche, eine noch nicht abgeschickte Frage und was gerade zu sehen ist, damit es nach einer Unterbrechung weitergeht. Andere Nachrichten von Ihnen werden nicht gespeichert; das Protokoll des Programms vermerkt, welche Knöpfe in welchem Chat gedrückt wurden, nie was geschrieben wurde. Vermerke über verschickte Nachrichten verschwinden nach 30 Tagen.
privacy-orders = <b>Bestellungen:</b> was Sie wann bestellt und wie Sie bezahlt haben, um Sie zu bedienen (unser Team sieht Ihren Namen dazu) und weil ein Laden seine Belege aufbewahren muss. Löschen Sie Ihr Konto, bleiben sie ohne Sie zurück.
privacy-questions = <b>Fragen an den Laden:</b> was Sie unser Team fragen, Ihr Vorname in Telegram (und der Name Ihres Kontos, wenn Sie angemeldet sind), die Sprache und was geantwortet wird. Es geht in den Chat unseres Teams; wir speichern es { $days } Tage lang oder bis Sie Ihr Konto löschen.
privacy-others = <b>Andere:</b> Telegram überträgt diesen Chat nach eigenen Regeln. Kartendaten gehen an den Zahlungsdienst; wir sehen sie nie. Sonst geben wir Ihre Daten niemandem und beobachten Sie nirgends.
privacy-rights = <b>Ihre Rechte:</b> Unter Meine Daten können Sie alles ansehen, als Datei mitnehmen und Ihr Konto löschen. Ist etwas falsch, sagen Sie es uns, dann berichtigen wir es; Sie können sich auch bei einer Datenschutzbehörde beschweren.

support-heading = <b>{ $shop }</b>
support-open = Jetzt geöffnet, bis { $until }.
support-closed = Gerade geschlossen. Wieder offen: { $opens }.
support-closed-day = geschlossen
support-hours = <pre>{ $table }</pre>
support-ask = Stimmt etwas mit einer Bestellung nicht, finden Sie ein Buch nicht, brauchen Sie einen Klassensatz? Fragen Sie uns:
support-phone = Telefon: { $phone }
support-email = E-Mail: { $email }
support-telegram = Telegram: @{ $name }
support-drop-in = Stimmt etwas mit einer Bestellung nicht, oder finden Sie ein Buch nicht? Kommen Sie vorbei und fragen Sie uns.
