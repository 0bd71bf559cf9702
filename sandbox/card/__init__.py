"""A card gateway on this machine: its API for the shop, its pay page for the customer, its signed events."""
