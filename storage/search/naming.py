"""Which book is meant by a name that several have."""

from __future__ import annotations

from collections.abc import Sequence

from domain.search.filler import core
from storage.search.ranking import Fit
from storage.search.told import Told


def best_known(fits: Sequence[Fit], named: str) -> Told:
    """Which of the books that fit is meant by a name: one that has it for its whole title, else one by whoever is called so,
    else the best known of those that begin so, as the books of a series do, and not the book about the film."""
    best = fits[0].told
    if [form.key for form in best.titles if form.first][-1] == named:
        return best
    written = [fit.told for fit in fits if fit.by_author]
    begun = [fit.told for fit in fits if fit.told.titles[0].key.startswith(named)]
    return written[0] if written else max(begun, key=lambda told: told.popularity, default=best)


def is_series(told: Told, words: Sequence[str]) -> bool:
    """Whether ``words`` name the series that the book is of, without its number."""
    start, end = core(words)
    name = "".join(words[start:end])
    return any(not form.own and form.key.rstrip("0123456789") == name for form in told.titles)
