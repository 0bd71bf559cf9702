"""The Bot API's methods, by topic. Importing this package fills the registry."""

from sandbox.methods import about, callbacks, deleting, editing, sending, updates
from sandbox.methods.registry import METHODS

__all__ = ["METHODS", "about", "callbacks", "deleting", "editing", "sending", "updates"]
