"""What `doctor` found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Verdict(Enum):
    GOOD = "[green]good[/green]"
    NOTE = "[yellow]note[/yellow]"
    BAD = "[red]wrong[/red]"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, how it is, and what to do about it (empty: nothing)."""

    subject: str
    verdict: Verdict
    says: str
    do: str = ""
