"""A feed's report in words: for the command line and for the chat alike."""

from __future__ import annotations

from bot.texts import Words
from domain.feed import FeedProblem
from domain.feed_job import Tally

_UNSAID = dict.fromkeys(
    ["release", "most", "name", "detail", "columns", "root", "isbn", "found", "expected", "corrected", "text", "form",
     "code", "scheme", "field", "currencies", "line", "before"],
    "?",
)  # fmt: skip
"""A problem may come without what its sentence could name; it is to be reported all the same."""


def unread(words: Words, problem: FeedProblem) -> str:
    """Why a file was not read (to its end), and which one of an archive's."""
    said = reason(words, problem)
    return words.plain("feed-within", file=problem.within, said=said) if problem.within else said


def reason(words: Words, problem: FeedProblem) -> str:
    """Why, in one sentence."""
    return words.plain(f"feed-{problem.reason.value}", **(_UNSAID | dict(problem.values)))


def place(words: Words, problem: FeedProblem) -> str:
    """Where in the file; nothing for the file itself."""
    if not problem.record:
        return problem.within
    if not problem.line:
        said = words.plain("feed-where-record", record=str(problem.record))
    else:
        said = words.plain("feed-where-line", line=str(problem.line), record=str(problem.record))
    return f"{problem.within}, {said}" if problem.within else said


def outcome(words: Words, tally: Tally, *, kept: bool) -> str:
    """What became of the records, in one line."""
    said = words.plain(
        "feed-kept" if kept else "feed-rehearsed",
        count=tally.records,
        added=tally.added,
        changed=tally.changed,
        unchanged=tally.unchanged,
        withdrawn=tally.withdrawn,
        refused=tally.refused,
    )
    return f"{said}; {words.plain('feed-notes', count=tally.notes)}." if tally.notes else f"{said}."
