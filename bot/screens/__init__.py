"""Screens, drawn from views: pure functions."""
