"""Queries that nobody tuned on: searches for random books of a list, as people type them, and nonsense."""
