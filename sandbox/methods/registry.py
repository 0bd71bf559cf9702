"""Which function answers which method."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sandbox.params import Args

if TYPE_CHECKING:
    from sandbox.sandbox import Sandbox

Handler = Callable[["Sandbox", Args], Any]
"""Takes a call and returns its `result`, or an awaitable of it; refuses with ApiError."""

METHODS: dict[str, Handler] = {}
"""By lower-case name; method names are case-insensitive (telegram-bot-api Query.cpp)."""


def method(*names: str) -> Callable[[Handler], Handler]:
    """Registers a function as one or more methods."""

    def register(handler: Handler) -> Handler:
        for name in names:
            METHODS[name.lower()] = handler
        return handler

    return register


class Described:
    """A result that comes with a description, as setWebhook's does."""

    def __init__(self, result: Any, description: str) -> None:
        self.result = result
        self.description = description
