"""What every button has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Action:
    """``tag`` names the action inside a button; it is never reused for another meaning, as old buttons live for years."""

    tag: ClassVar[str] = ""
    anywhere: ClassVar[bool] = True

    def instead(self) -> Action | None:
        """What to show when the button was pressed in an older message and may not act; None: the present screen."""
        return None
