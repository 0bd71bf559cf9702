"""What the shop needs from outside, as plain nouns. Adapters say their technology first."""
