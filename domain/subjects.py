"""The shop's own subjects: what stands on its shelves, as codes.

Feeds speak Thema, BISAC, BIC or keywords; whatever they say is brought to these. The words for them are texts
(``subject-<code>``), so that a code never reaches a customer.
"""

from __future__ import annotations

from typing import Final

SUBJECTS: Final[tuple[str, ...]] = (
    "fiction",
    "classics",
    "historical-fiction",
    "crime",
    "thriller",
    "science-fiction",
    "fantasy",
    "horror",
    "romance",
    "humour",
    "poetry",
    "drama",
    "comics",
    "picture-books",
    "children",
    "young-adult",
    "biography",
    "history",
    "society",
    "business",
    "philosophy",
    "religion",
    "psychology",
    "self-help",
    "health",
    "science",
    "nature",
    "technology",
    "art",
    "language",
    "cooking",
    "travel",
    "hobbies",
    "reference",
)
"""Every subject code, in the order in which the shelves are shown. A code, once used, is never given another meaning."""

_KNOWN: Final = frozenset(SUBJECTS)


def is_subject(code: str) -> bool:
    """Whether ``code`` is one of the shop's subjects."""
    return code in _KNOWN
