# Anmelden.
email-odd = Das sieht nicht nach einer E-Mail-Adresse aus. So sieht eine aus: anna@example.org
login-email = Ihre E-Mail-Adresse, bitte.
login-password =
    Ihr Passwort für { $email }, bitte.
    Ich lösche Ihre Nachricht, sobald ich sie gelesen habe.
login-forgot = Vergessen
login-refused =
    E-Mail-Adresse und Passwort gehören nicht zusammen. { $left ->
        [one] Noch ein Versuch.
       *[other] Noch { $left } Versuche.
    }
login-once-more = Tippen Sie das Passwort für { $email } noch einmal ein, oder nehmen Sie eine andere Adresse.
login-other-email = Andere Adresse
login-locked =
    Das waren zu viele falsche Passwörter. Damit niemand Fremdes hineinkommt, bleibt die Tür zu bis { $until }.
login-locked-mail = Wenn Sie das Passwort vergessen haben, können Sie gleich per E-Mail ein neues setzen.
login-welcome = Willkommen zurück, { $name }.
login-already = Sie sind als { $name } angemeldet.
login-left-out =
    { $count ->
        [one] Ein Exemplar passte
       *[other] { $count } Exemplare passten
    } nicht mehr in Ihren Warenkorb: Er fasst 20 Exemplare eines Buches und 50 Titel.
password-stays = Telegram hat mich Ihre Nachricht mit dem Passwort nicht löschen lassen. Bitte löschen Sie sie selbst.
error-not-logged-in = Bitte melden Sie sich erst an.
error-weak-password =
    { $reason ->
        [short] Das ist zu kurz: Ein Passwort braucht mindestens { $limit } Zeichen.
        [long] Das ist zu lang: Ein Passwort hat höchstens { $limit } Zeichen.
        [email] Ihre Adresse würde jeder als Erstes probieren. Bitte wählen Sie ein anderes Passwort.
       *[common] Das ist eines der Passwörter, die alle zuerst probieren. Bitte wählen Sie ein anderes.
    }
