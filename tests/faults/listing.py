"""The proofs as docs/faults.md lists them: one row a scenario."""

from __future__ import annotations

import importlib
from pathlib import Path

from tests.faults.guard import PROOFS, Guard, Proof

_HERE = Path(__file__).parent


def proofs() -> list[Proof]:
    """All of them, in the order of their numbers and files."""
    for file in sorted(_HERE.glob("test_f[0-9]*.py")):
        importlib.import_module(f"tests.faults.{file.stem}")
    return sorted(PROOFS, key=lambda proof: number(proof.test))


def number(test: str) -> int:
    """Of the fault that a test is about: ``test_f12_...`` is 12."""
    return int(test.split("_")[1][1:])


def row(proof: Proof) -> str:
    cases = "; ".join(" and ".join(_shown(guard) for guard in case) for case in proof.cases)
    return f"| `{proof.test}` | {cases} |"


def _shown(guard: Guard) -> str:
    return f"{guard.name} (`{guard.where}`)"
