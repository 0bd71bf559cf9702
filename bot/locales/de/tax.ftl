# Die Steuer, die in den Preisen steckt.
tax-name = MwSt.
tax-rate = { $percent } % { $name }
tax-contained = darin { $tax }: { $amount } (netto { $net })
tax-none = { $tax }: Der Preis enthält keine.
terms-tax = Darin sind { $tax } enthalten.
