"""Passwords, tokens, codes, mail, time and randomness: the adapters behind `domain.ports.identity` and `clock`."""
