# Anmeldung als neue Kundin oder neuer Kunde, Codes per E-Mail, vergessenes Passwort.
register-email =
    Schön, dass Sie da sind. Ich brauche drei Dinge: Ihre E-Mail-Adresse, einen Namen und ein Passwort.
    Zuerst Ihre E-Mail-Adresse, bitte.
register-email-code = Ich schicke Ihnen einen Code dorthin, um sicher zu sein, dass es Ihre ist.
register-code =
    Ich habe eine E-Mail an { $email } geschickt. Bitte tippen Sie die sechs Ziffern des Codes ein; sie gelten { $lifetime }.
    Nichts gekommen? Schauen Sie im Spam-Ordner nach, oder prüfen Sie, wie die Adresse geschrieben ist.
register-name = Wie darf ich Sie nennen? Dieser Name steht auf Ihren Bestellungen.
name-odd = Ein Name hat zwischen 1 und 64 Zeichen.
register-use-name = { $name }
register-password =
    Jetzt ein Passwort mit mindestens 8 Zeichen: beliebige Buchstaben, Ziffern und Zeichen, je länger, desto besser.
    Ich lösche Ihre Nachricht, sobald ich sie gelesen habe.
register-taken = Für { $email } gibt es schon ein Konto. Ist es Ihres? Dann melden Sie sich an.
register-welcome = Willkommen, { $name }. Ihr Konto ist eingerichtet, und Sie sind angemeldet.
code-odd = Der Code hat sechs Ziffern.
code-wrong =
    Das ist nicht der Code. { $left ->
        [one] Noch ein Versuch.
       *[other] Noch { $left } Versuche.
    }
code-spent = Kein Code gilt mehr: Er war zu alt, oder es waren zu viele Versuche. Ich kann Ihnen einen neuen schicken.
code-resend = Neuer Code
code-other-email = Andere Adresse
code-sent-again = Eine neue E-Mail ist unterwegs. Nur der Code darin gilt jetzt noch.
code-again-later = Eine E-Mail ist schon unterwegs. Die nächste kann ich in { $wait } schicken.
mails-too-many = Ich habe gerade viele E-Mails verschickt und mache eine Pause. Bitte versuchen Sie es wieder um { $again }.
forgot-email = Das macht nichts. Für welche Adresse ist Ihr Konto? Ich schicke einen Code dorthin.
forgot-code =
    Wenn es für { $email } ein Konto gibt, ist eine E-Mail mit einem Code dorthin unterwegs. Bitte tippen Sie die sechs Ziffern ein; sie gelten { $lifetime }.
    Nichts gekommen? Schauen Sie im Spam-Ordner nach, oder versuchen Sie es mit einer anderen Adresse.
forgot-come-by =
    Dieser Laden verschickt keine E-Mails, deshalb kann ich im Chat kein neues Passwort setzen.
    Kommen Sie vorbei oder melden Sie sich bei uns, dann finden wir einen Weg.
new-password =
    Ihr neues Passwort, bitte: mindestens 8 Zeichen.
    Ich lösche Ihre Nachricht, sobald ich sie gelesen habe. Alle anderen Anmeldungen enden damit.
password-set = Ihr neues Passwort gilt, { $name }. Sie sind hier angemeldet und sonst nirgends.
