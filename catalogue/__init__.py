"""Books before they are in the shop: ISBNs, feeds, covers, barcodes. Imports `domain` and nothing else of the project."""
