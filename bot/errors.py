"""Domain errors in the person's words: the class names the message, its public fields are the variables."""

from __future__ import annotations

import dataclasses
import re
from datetime import datetime
from enum import Enum

from bot.texts import Words
from domain.errors import ShopError
from domain.money import Money

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def message_id(error: type[ShopError]) -> str:
    """``OutOfStock`` is ``error-out-of-stock``."""
    return "error-" + _HUMP.sub("-", error.__name__).lower()


def describe(error: ShopError, words: Words, now: datetime) -> str:
    """The sentence to show in a toast or above a screen: plain text."""
    values: dict[str, str | int | Money] = {}
    if dataclasses.is_dataclass(error):
        for field in dataclasses.fields(error):
            value = getattr(error, field.name)
            if isinstance(value, datetime):
                values[field.name] = words.moment(value, now)
            elif isinstance(value, Enum):
                values[field.name] = str(value.value)
            elif isinstance(value, Money | int | str):
                values[field.name] = value
            elif value is None:
                values[field.name] = 0
    return words.plain(message_id(type(error)), **values)
