# Das Befehlsmenü, und was in einem leeren Chat steht.
command-start = Zum Eingang
command-search = Ein Buch finden
command-cart = Ihr Warenkorb
command-orders = Ihre Bestellungen
command-login = Anmelden
command-logout = Abmelden
command-language = Sprache
command-help = Was ich kann
command-terms = Bedingungen
command-privacy = Datenschutz
command-support = Mit dem Laden sprechen
command-staff-orders = Offene Bestellungen
command-staff-close = Der Kassenabschluss des Tages
command-staff-import = Bücher aus einer Datei
command-staff-stock = Der Bestand eines Buchs
bot-description = Die Bücher von { $shop }, hier im Chat: nach Titel, Autor oder ISBN suchen, in den Warenkorb legen, gleich bezahlen oder reservieren und im Laden bezahlen, und abholen.
bot-short-description = { $shop }: Bücher finden, bestellen, abholen.
