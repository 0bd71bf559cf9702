"""What the shop does: one use at a time, each within the transaction it is given."""
