# Meine Daten.
data-heading = <b>Was wir über Sie speichern</b>
data-account =
    Name: { $name }
    E-Mail: { $email }{ $confirmed ->
        [yes] , bestätigt
       *[no] { "" }
    }
    Sprache: { $language }
    Bei uns seit { $since }
data-counts =
    Bestellungen: { $orders }, davon offen: { $open }
    Bücher im Warenkorb: { $copies }
    Anmeldungen auf Ihren Geräten: { $logins }
data-export-offer = Alles zusammen, jede Zeile jeder Bestellung, gibt es als eine Datei, die auch andere Programme lesen können.
data-export = Datei schicken
data-export-caption = Alles, was { $shop } über Sie speichert
data-exported = Hier ist Ihre Datei.
data-delete = Konto löschen
data-really-delete =
    <b>Konto löschen?</b>
    Name, E-Mail-Adresse, Passwort, Warenkorb, Anmeldungen und Fragen an den Laden werden sofort und endgültig gelöscht.
    Ein Laden muss seine Belege von Gesetzes wegen aufbewahren. Abgeschlossene Bestellungen bleiben deshalb in den Büchern, ohne Ihren Namen, Ihren Chat oder sonst etwas, das auf Sie hinweist.
data-delete-go-on = Ja, weiter
data-orders-first =
    { $count ->
        [one] Sie haben noch eine offene Bestellung.
       *[other] Sie haben noch { $count } offene Bestellungen.
    }
    Daran hängen Bücher und vielleicht Geld. Bitte holen Sie erst alles ab oder stornieren Sie es; dann kann Ihr Konto gelöscht werden.
data-delete-password =
    Damit ich sicher bin, dass Sie es sind: Ihr Passwort, bitte. Damit wird Ihr Konto gelöscht.
    Ich lösche Ihre Nachricht, sobald ich sie gelesen habe.
data-deleted =
    Ihr Konto ist gelöscht. Danke für die Zeit, die Sie bei uns verbracht haben.
    Was oben steht, bleibt in diesem Chat, bis Sie ihn leeren. Sie sind jederzeit wieder willkommen.
