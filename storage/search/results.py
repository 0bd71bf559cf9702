"""What was found, said as results: a page of works, what spelling they are for, whose books they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from domain.ports.book_search import SearchQuery, SearchResults
from domain.ports.books import Filters
from domain.search import folding
from domain.search.entry import main_title, title_keys
from domain.search.filler import by_whom, core
from domain.search.spelling import one_slip_apart
from domain.search.transliteration import MARK
from storage.search.ladder import Found
from storage.search.listed import by_work, hits, listed
from storage.search.ranking import Fit
from storage.search.store import Store

_SUGGESTIONS = 4


async def found_as(
    store: Store, query: SearchQuery, found: Found, words: str, filters: Filters | None = None
) -> SearchResults:
    """``words`` is what was searched for, ``filters`` those of the editions that are shown (None: those of the query)."""
    fits = found.fits
    results = await listed(store, query, [(fit.told.book_id, fit.told.work) for fit in fits], words, filters)
    if not fits:
        near = [(fit.told.book_id, fit.told.work) for fit in found.near]
        return replace(results, nearest=await hits(store, by_work(near)[:_SUGGESTIONS], Filters()))
    results = _by_whom(results, words.split(), fits[0])
    if not fits[0].guessed:
        return results
    return replace(results, shown_as=await _mended(store, fits[0]))


def _by_whom(results: SearchResults, words: Sequence[str], best: Fit) -> SearchResults:
    """Apart from each other, whose books were asked for and the other words, if it is an author of the best book."""
    place = by_whom(words)
    if place is None:
        return results
    start, end = core(words)
    said = words[place:end]
    for name in best.told.names:
        if all(word in name.of or any(one_slip_apart(word, one) for one in name.of) for word in said):
            return replace(results, author=" ".join(said), words=" ".join(words[start : place - 1]))
    return results


async def _mended(store: Store, fit: Fit) -> str:
    """What was meant, as the title writes it if it is the title, or if the title stands in it."""
    title = await store.title(fit.told.book_id)
    meant = folding.key(fit.met)
    titles = [(written, title_keys(written)) for written in (title, main_title(title))]
    for written, keys in titles:
        if meant in keys:
            return written
    if fit.complete:
        # The rest is a request that is mistyped, or else an author's name: that is met as well, and said.
        said = fit.met.split()
        ends = {"".join(said[place:]) for place in range(1, len(said))}
        for written, keys in titles:
            if not ends.isdisjoint(keys):
                return written
    return title if MARK in fit.met else fit.met
