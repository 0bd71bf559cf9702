# Das Konto.
account =
    <b>{ $name }</b>
    { $email }

    { $orders ->
        [0] Noch keine Bestellungen.
        [one] Bisher eine Bestellung, { $open ->
            [0] und die ist erledigt.
           *[other] sie ist noch offen.
        }
       *[other] Bisher { $orders } Bestellungen, { $open ->
            [0] keine davon offen.
            [one] eine davon offen.
           *[other] { $open } davon offen.
        }
    }
account-orders = Bestellungen
account-language = Sprache
account-change-password = Passwort ändern
account-my-data = Meine Daten
account-log-out = Abmelden
account-log-out-everywhere = Überall abmelden
logged-out =
    Sie sind abgemeldet. Ihr Warenkorb und Ihre Bestellungen warten in Ihrem Konto.
    Was oben steht, bleibt in diesem Chat; wenn auch andere dieses Telefon benutzen, leeren Sie ihn am besten.
logged-out-count =
    { $count ->
        [one] Es war Ihre einzige Anmeldung.
       *[other] { $count } Anmeldungen wurden beendet, auf allen Ihren Geräten.
    }
nobody-logged-in = Hier ist niemand angemeldet.
old-password =
    Zuerst Ihr jetziges Passwort, bitte.
    Ich lösche Ihre Nachricht, sobald ich sie gelesen habe.
password-refused =
    Das ist nicht Ihr Passwort. { $left ->
        [one] Noch ein Versuch.
       *[other] Noch { $left } Versuche.
    }
