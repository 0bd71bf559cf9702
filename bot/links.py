"""Links that lead to the bot."""

from __future__ import annotations


def deep_link(username: str, payload: str) -> str:
    """Opens the private chat with the bot, and gives it the payload (Bot features, "Deep linking": at most 64 characters)."""
    return f"https://t.me/{username}?start={payload}" if payload else f"https://t.me/{username}"
