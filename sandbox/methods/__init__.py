"""The Bot API's methods, by topic. Importing this package fills the registry."""

from sandbox.methods import (
    about,
    callbacks,
    chats,
    deleting,
    editing,
    files,
    forwarding,
    inline,
    payments,
    sending,
    updates,
)
from sandbox.methods.registry import METHODS

__all__ = [
    "METHODS", "about", "callbacks", "chats", "deleting", "editing", "files", "forwarding", "inline", "payments",
    "sending", "updates",
]  # fmt: skip
