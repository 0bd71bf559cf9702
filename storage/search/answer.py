"""From a question to its answer: what the words mean is tried as titles first, then as wishes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from domain.ids import BookId
from domain.ports.book_search import Hit, SearchQuery, SearchResults
from domain.ports.books import Filters, Sort
from domain.search import folding, isbn
from domain.search.entry import main_title, title_keys
from domain.search.filler import by_whom, core, names_nothing, without_request
from domain.search.spelling import one_slip_apart
from domain.search.transliteration import MARK
from domain.search.understanding import Understood, Wish, understand
from domain.series import volume
from storage.search.ladder import Found, Ladder
from storage.search.ranking import Fit
from storage.search.store import Store

LONGEST = 400
"""Characters of a message that are read."""
_SUGGESTIONS = 4


@dataclass(frozen=True, slots=True)
class Answer:
    """``results``, unless they have to come from elsewhere: ``browse``: what these filters leave of the whole catalogue, as
    no words are left, or of the books like ``like``."""

    results: SearchResults
    browse: Filters | None = None
    like: BookId | None = None


async def answer(store: Store, query: SearchQuery, *, decimals: int = 2) -> Answer:
    text = query.text[:LONGEST]
    isbns, rest = isbn.spot(text)
    if isbns:
        found = await store.numbered(isbns, query.filters)
        return Answer(await _listed(store, query, [(one.book_id, one.work) for one in found], rest))
    text = without_request(text)
    words = folding.words(text)
    if not words:
        return Answer(SearchResults((), 0), query.filters if query.filters.any else None)
    if query.following:
        named = await Ladder(store, Filters()).climb(words)
        if named.fits:
            return await _other_than(store, query, named, Understood("", wish=Wish.NEXT), " ".join(words))
    if query.understand and not query.literal:
        meant = understand(text, decimals=decimals)
        if meant.anything:
            understood = await _wished(store, query, words, meant)
            if understood is not None:
                return understood
    found_as_typed = await Ladder(store, query.filters, literal=query.literal).climb(words)
    return Answer(await _found(store, query, found_as_typed, " ".join(words)))


async def _wished(store: Store, query: SearchQuery, words: Sequence[str], meant: Understood) -> Answer | None:
    """The answer to what was understood; None if the words as they stand are a better question."""
    literally = await Ladder(store, query.filters, literal=True).climb(words)
    if literally.convincing and (literally.fits[0].exact or literally.fits[0].complete):
        return None
    rest = folding.words(meant.rest)
    filters = _both(query.filters, meant.filters)
    if not rest or names_nothing(rest):
        if not meant.filters.any:
            return None
        results = SearchResults((), 0, understood=meant.filters, quantity=meant.quantity)
        return Answer(results, browse=filters)
    if meant.wish is not Wish.ITSELF:
        # The filters are for the other books, not for the one that is named.
        named = await Ladder(store, Filters()).climb(rest)
        if named.fits and (named.convincing or not literally.convincing):
            return await _other_than(store, query, named, meant, " ".join(rest))
    found = await Ladder(store, replace(filters, in_stock=query.filters.in_stock)).climb(rest)
    if filters.in_stock and not query.filters.in_stock:
        found, stocked = await _in_stock(store, found)
        if not stocked:
            meant = replace(meant, filters=replace(meant.filters, in_stock=False))
            filters = _both(query.filters, meant.filters)
    if not found.convincing and literally.convincing:
        return None
    if not found.fits and meant.filters.any:
        without = await Ladder(store, query.filters).climb(rest)
        found = Found([], without.fits or without.near, False)
    if not found.fits and not found.near:
        return None
    results = await _found(store, query, found, " ".join(rest), filters)
    return Answer(replace(results, understood=meant.filters, quantity=meant.quantity))


async def _in_stock(store: Store, found: Found) -> tuple[Found, bool]:
    """Those of what was found that are in stock, and that it was narrowed so. "Is it in stock?" asks about one book,
    though: if that is not, this is the answer."""
    here = await store.matched([fit.told.book_id for fit in found.fits], Filters(in_stock=True))
    if not here or (found.fits[0].exact and found.fits[0].told.book_id not in here):
        return found, False
    fits = [fit for fit in found.fits if fit.told.book_id in here]
    return replace(found, fits=fits), True


async def _other_than(
    store: Store, query: SearchQuery, found: Found, meant: Understood, named: str
) -> Answer:
    """Books like the one that was named, or what follows it in its series."""
    best = found.fits[0].told
    filters = _both(query.filters, meant.filters)
    results = SearchResults((), 0, words=named, understood=meant.filters, quantity=meant.quantity)
    if meant.wish is Wish.LIKE:
        like = BookId(best.book_id)
        return Answer(replace(results, like=like), browse=filters, like=like)
    volumes = await store.in_series(best.book_id)
    number = next((volume(one.number) for one in volumes if one.book_id == best.book_id), None)
    if number is None:
        nearest = await _hits(store, [(best.book_id, best.work)], Filters())
        return Answer(replace(results, after=BookId(best.book_id), nearest=nearest))
    later = sorted(
        (place, one.book_id, one.work)
        for one in volumes
        if (place := volume(one.number)) is not None and place > number and one.work != best.work
    )
    if filters.any:
        wanted = await store.matched([book for _, book, _ in later], filters)
        later = [one for one in later if one[1] in wanted]
    listed = await _listed(store, query, [(book, work) for _, book, work in later], named, filters)
    return Answer(
        replace(listed, understood=meant.filters, quantity=meant.quantity, after=BookId(best.book_id))
    )


async def _found(
    store: Store, query: SearchQuery, found: Found, words: str, filters: Filters | None = None
) -> SearchResults:
    fits = found.fits
    results = await _listed(store, query, [(fit.told.book_id, fit.told.work) for fit in fits], words, filters)
    if not fits:
        near = [(fit.told.book_id, fit.told.work) for fit in found.near]
        return replace(results, nearest=await _hits(store, _by_work(near)[:_SUGGESTIONS], Filters()))
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


async def _listed(
    store: Store,
    query: SearchQuery,
    found: Iterable[tuple[int, str]],
    words: str,
    filters: Filters | None = None,
) -> SearchResults:
    """A page of what was found, one hit a work."""
    leads = _by_work(found)
    filters = query.filters if filters is None else filters
    if query.sort is not Sort.BEST:
        leads = await _sorted(store, leads, query.sort, filters)
    page = leads[query.offset : query.offset + query.limit]
    return SearchResults(await _hits(store, page, filters), len(leads), words=words)


async def _sorted(
    store: Store, leads: Sequence[tuple[int, str]], sort: Sort, filters: Filters
) -> list[tuple[int, str]]:
    """In another order than by fit, each work by the edition that the order is about: the cheapest, or the newest."""
    work_of = dict(leads)
    if sort is not Sort.TITLE:
        for hit in await _hits(store, leads, filters):
            work_of.update(dict.fromkeys(hit.editions, work_of[hit.book_id]))
        first = Sort.NEWEST if sort is Sort.NEWEST else Sort.PRICE_UP
        best = _by_work([(book, work_of[book]) for book in await store.sorted(work_of, first)])
        if first is sort:
            return best
        work_of = dict(best)
    return [(book, work_of[book]) for book in await store.sorted(work_of, sort)]


def _by_work(found: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    """The first book of each work."""
    leads: dict[str, int] = {}
    for book, work in found:
        leads.setdefault(work or f"#{book}", book)
    return [(book, work) for work, book in leads.items()]


async def _hits(store: Store, leads: Sequence[tuple[int, str]], filters: Filters) -> tuple[Hit, ...]:
    # A book whose title has no letters is of no work.
    works = [work for _, work in leads if work and not work.startswith("#")]
    editions = await store.editions(works, filters) if works else {}
    return tuple(
        Hit(BookId(book), (BookId(book), *(other for other in editions.get(work, ()) if other != book)))
        for book, work in leads
    )


def _both(chosen: Filters, understood: Filters) -> Filters:
    """What was understood, where nothing was chosen."""
    empty = Filters()
    return replace(
        understood,
        **{
            name: getattr(chosen, name)
            for name in Filters.__slots__
            if getattr(chosen, name) != getattr(empty, name)
        },
    )
