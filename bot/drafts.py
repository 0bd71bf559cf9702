"""The question that a person is about to send to the shop, as the dialogue remembers it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from domain.ports.dialogues import Data

_KEY = "question"


@dataclass(frozen=True, slots=True)
class Draft:
    """``serial`` is the dialogue's version when it came to be: an older button has another, also after all was forgotten.

    ``text`` is empty if only ``book_id`` (0: none) is asked for, or nothing yet. ``earlier_id`` is the question that it goes on
    from (0: none), ``back`` where Back leads, as a button's data. ``asking``: the person was asked to write; or else what they
    type may have been meant as a search, and ``typed`` says that they did.
    """

    serial: int
    text: str = ""
    book_id: int = 0
    earlier_id: int = 0
    back: str = ""
    asking: bool = False
    typed: bool = False
    sent: bool = False

    @property
    def ready(self) -> bool:
        """Whether there is something to send."""
        return bool(self.text) or (bool(self.book_id) and not self.earlier_id)


def put(data: Data, draft: Draft) -> None:
    data[_KEY] = dataclasses.asdict(draft)


def present(data: Data) -> Draft | None:
    """None if there is none, or an older program kept it otherwise."""
    stored = data.get(_KEY)
    if not isinstance(stored, dict):
        return None
    fields = {field.name: field for field in dataclasses.fields(Draft)}
    values: dict[str, Any] = {name: value for name, value in stored.items() if name in fields}
    try:
        return Draft(**values)
    except TypeError:
        return None
