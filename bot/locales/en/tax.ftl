# The tax that prices include.
tax-name = VAT
tax-rate = { $percent }% { $name }
tax-contained = including { $tax }: { $amount } (net { $net })
tax-none = { $tax }: the price contains none.
terms-tax = They include { $tax }.
