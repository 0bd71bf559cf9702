"""From a question to its answer: what the words mean is tried as titles first, then as wishes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from domain.ids import BookId
from domain.ports.book_search import SearchQuery, SearchResults
from domain.ports.books import Filters, Sort
from domain.search import folding, isbn
from domain.search.filler import (
    ARTICLES,
    STOP_WORDS,
    by_whom,
    core,
    loosely,
    names_author,
    names_nothing,
    without_request,
)
from domain.search.sorting import sorted_as
from domain.search.spelling import one_slip_apart
from domain.search.subject import named_alone
from domain.search.suppositions import suppose
from domain.search.understanding import Understood, Wish, understand
from domain.search.understanding import prepare as prepare_understanding
from domain.search.vocabulary import BOOKS
from domain.search.volumes import as_numbered
from domain.search.wish_slips import forgiving, slipped
from domain.series import volume
from storage.search.ladder import Found, Ladder
from storage.search.listed import hits, listed
from storage.search.naming import best_known, is_series
from storage.search.ranking import Fit
from storage.search.results import found_as
from storage.search.store import Store

LONGEST = 400
"""Characters of a message that are read."""
_BOOK_WORDS = frozenset(BOOKS.split("|"))


@dataclass(frozen=True, slots=True)
class Answer:
    """``results``, unless they have to come from elsewhere: ``browse``: what these filters leave of the whole catalogue, as
    no words are left, or of the books like ``like``."""

    results: SearchResults
    browse: Filters | None = None
    like: BookId | None = None
    sort: Sort = Sort.BEST


class _Literally:
    """What ``words`` are as they stand: looked for once, however often that is asked."""

    def __init__(self, store: Store, query: SearchQuery, words: Sequence[str]) -> None:
        self.words = words
        self._ladder = Ladder(store, query.filters, literal=True)
        self._found: Found | None = None

    async def found(self) -> Found:
        if self._found is None:
            self._found = await self._ladder.climb(self.words)
        return self._found

    async def a_title(self) -> bool:
        found = await self.found()
        return found.convincing and found.fits[0].exact


def prepare(decimals: int) -> None:
    """Make what reading messages takes: patterns and lists of words. It takes some tenths of a second, once a process; whoever
    is not prepared makes it when the first messages need it."""
    prepare_understanding(decimals=decimals)
    loosely(["x", "x"])
    slipped("x")
    list(suppose(Understood("x x")))
    named_alone("x")
    sorted_as("x")


async def answer(store: Store, query: SearchQuery, *, decimals: int = 2) -> Answer:
    text = query.text[:LONGEST]
    isbns, rest = isbn.spot(text)
    if isbns:
        numbered = await store.numbered(isbns, query.filters)
        return Answer(await listed(store, query, [(one.book_id, one.work) for one in numbered], rest))
    text = without_request(text)
    words = folding.words(text)
    if not words:
        return Answer(SearchResults((), 0), query.filters if query.filters.any else None)
    if query.following:
        named = await Ladder(store, Filters()).climb(words)
        if named.fits:
            return await _other_than(store, query, named, Understood("", wish=Wish.NEXT), " ".join(words))
    wishes = query.understand and not query.literal
    literally = _Literally(store, query, words)
    if wishes and query.sort is Sort.BEST:
        in_order = await _in_order(store, query, text, literally, decimals)
        if in_order is not None:
            return in_order
    if wishes:
        meant, slips = await _read(store, text, decimals)
        if meant.anything and not (slips and await _are_of_a_title(store, query, words, slips)):
            understood = await _wished(store, query, literally, meant)
            if understood is not None:
                return understood
        if (series_and_number := as_numbered(words)) and not await literally.a_title():
            volume = _Literally(store, query, series_and_number)
            if await volume.a_title():
                return Answer(await found_as(store, query, await volume.found(), " ".join(words)))
    found = await Ladder(store, query.filters, literal=query.literal).climb(words)
    subject = ""
    if wishes and not (_as_typed(found) and found.fits[0].exact):
        supposed = await _supposed(store, Understood(folding.fold(text)), whose=_as_typed(found))
        if supposed is not None:
            understood = await _granted(store, query, supposed)
            if understood is not None:
                return understood
        subject = named_alone(text)
        if subject and not any(fit.whole and not fit.guessed for fit in found.fits):
            return _browsed(query, Understood("", Filters(subject=subject)))
    if not query.literal:
        found = await _not_otherwise(store, found, words, query.filters)
    return Answer(replace(await found_as(store, query, found, " ".join(words)), shelf=subject))


async def _in_order(
    store: Store, query: SearchQuery, text: str, literally: _Literally, decimals: int
) -> Answer | None:
    """The answer in the order that is asked for; None if none is, or if its word may as well be a title's: only somebody's
    books, or what wishes leave of the catalogue, are asked for in an order."""
    sort, rest = sorted_as(text)
    if sort is Sort.BEST:
        return None
    as_it_stands = await literally.found()
    if as_it_stands.convincing and not as_it_stands.fits[0].by_author:
        return None
    meant = understand(rest, decimals=decimals)
    left = folding.words(meant.rest)
    if left and not names_nothing(left):
        named = await Ladder(store, Filters()).climb(left)
        if not named.fits or not named.fits[0].by_author:
            return None
    elif not meant.filters.any:
        return None
    found = await answer(store, replace(query, text=rest, sort=sort), decimals=decimals)
    searched_for = _asked([word for word in folding.words(found.results.words) if word not in ARTICLES])
    return replace(found, results=replace(found.results, words=searched_for, sort=sort), sort=sort)


async def _read(store: Store, text: str, decimals: int) -> tuple[Understood, frozenset[str]]:
    """What is understood of ``text``, slips in the words of wishes forgiven (unless the catalogue has such a word), and those
    slips."""

    def read(said: str) -> Understood:
        return understand(said, decimals=decimals)

    slips = slipped(text)
    known = await store.known(slips) if slips else {}
    return forgiving(text, {word: near for word, near in slips.items() if word not in known}, read)


async def _are_of_a_title(
    store: Store, query: SearchQuery, words: Sequence[str], slips: Collection[str]
) -> bool:
    """Whether what seem to be slips in a wish's words are slips in a title."""
    found = await Ladder(store, query.filters).climb(words)
    if not found.fits or not (found.fits[0].exact or found.fits[0].complete):
        return False
    of_it = found.fits[0].told.words
    return all(any(one_slip_apart(slip, word) for word in of_it) for slip in slips)


def _as_typed(found: Found) -> bool:
    return bool(found.fits) and found.fits[0].whole and not found.fits[0].guessed and not found.loosely


async def _wished(
    store: Store, query: SearchQuery, literally: _Literally, meant: Understood
) -> Answer | None:
    """The answer to what was understood; None if the words as they stand are a better question."""
    found = await literally.found()
    if not found.convincing or not _says_all(found.fits[0], literally.words, meant):
        return await _granted(store, query, meant)
    if found.fits[0].exact or found.fits[0].complete:
        return None
    return await _granted(store, query, meant, doubtful=True)


def _says_all(fit: Fit, words: Sequence[str], meant: Understood) -> bool:
    """Whether the book says itself what was taken for a wish. Else it was only found because a wish's words pass for a
    request's: "orchard in stock" is no title."""
    rest = folding.words(meant.rest)
    said = set(Counter(words) - Counter(rest)) - STOP_WORDS
    # "History books" asks for books; "the book art in theory" for one of them, by its title.
    said = said.union(rest) - STOP_WORDS if names_nothing(rest) else said - _BOOK_WORDS
    return said <= fit.told.words


async def _granted(
    store: Store, query: SearchQuery, meant: Understood, *, doubtful: bool = False
) -> Answer | None:
    """The answer to what was understood. ``doubtful``: only if it convinces. None if there is none."""
    rest = folding.words(meant.rest)
    filters = _both(query.filters, meant.filters)
    if not rest or names_nothing(rest):
        return _browsed(query, meant) if meant.filters.any else None
    if meant.wish is not Wish.ITSELF:
        # The filters are for the other books, not for the one that is named.
        named = await Ladder(store, Filters()).climb(rest)
        if named.fits and (named.convincing or not doubtful):
            return await _other_than(store, query, named, meant, _asked(rest))
    found = await Ladder(store, replace(filters, in_stock=query.filters.in_stock)).climb(rest)
    if not _as_typed(found) and not doubtful:
        supposed = await _supposed(store, meant)
        if supposed is not None:
            return await _granted(store, query, supposed)
    if filters.in_stock and not query.filters.in_stock:
        found, narrowed = await _in_stock(store, found, rest)
        if not narrowed:
            meant = replace(meant, filters=replace(meant.filters, in_stock=False))
            filters = _both(query.filters, meant.filters)
    if doubtful and not found.convincing:
        return None
    found = await _not_otherwise(store, found, rest, meant.filters, query.filters)
    if not found.fits and not found.near:
        return None
    results = await found_as(store, query, found, _asked(rest), filters)
    return Answer(replace(results, understood=meant.filters, quantity=meant.quantity))


def _browsed(query: SearchQuery, meant: Understood) -> Answer:
    """What the wishes alone leave of the whole catalogue."""
    results = SearchResults((), 0, understood=meant.filters, quantity=meant.quantity)
    return Answer(results, browse=_both(query.filters, meant.filters))


def _asked(rest: Sequence[str]) -> str:
    """What is asked for, without the request around it. Whose books are asked for is said by the request, though."""
    start, end = (0, len(rest)) if by_whom(rest) is not None or names_author(rest) else core(rest)
    return " ".join(rest[start:end])


async def _supposed(store: Store, meant: Understood, *, whose: bool = False) -> Understood | None:
    """What else is meant, if the words that are left then are a title or somebody's name. ``whose``: only if somebody's books
    are asked for."""
    for one in suppose(meant):
        words = folding.words(one.named)
        if one.by_author:
            start, end = core(words)
            if not await store.named(["".join(words[start:end])]):
                continue
        elif whose:
            continue
        elif subject := named_alone(one.named):
            # "Classics, German". Before a subject, it rather says what the books are about.
            behind = meant.rest.startswith(one.named) and one.understood.wish is meant.wish
            if behind:
                filters = replace(one.understood.filters, subject=subject)
                return replace(one.understood, rest="", filters=filters)
            continue
        found = await Ladder(store, Filters(), literal=True).climb(words)
        if not found.convincing:
            continue
        best = found.fits[0]
        if best.exact and (best.by_author or not one.by_author):
            return one.understood
        if not one.by_author and is_series(best.told, words):
            return one.understood
    return None


async def _not_otherwise(
    store: Store, found: Found, words: Sequence[str], wanted: Filters, others: Filters | None = None
) -> Found:
    """``found``, unless the words as they were typed are only met by books that are not as ``wanted``: then other words are no
    answer, but those books are a suggestion. ``others`` are the filters that count all the same."""
    if not wanted.any or (found.fits and not found.fits[0].guessed):
        return found
    without = await Ladder(store, others or Filters()).climb(words)
    if _as_typed(without) or not found.fits:
        return Found([], without.fits or without.near, False)
    return found


async def _in_stock(store: Store, found: Found, words: Sequence[str]) -> tuple[Found, bool]:
    """Those of what was found that are in stock, and that it was narrowed so. "Is it in stock?" asks about one book,
    though: if that is not, this is the answer. Only somebody's books are several."""
    here = await store.matched([fit.told.book_id for fit in found.fits], Filters(in_stock=True))
    best = found.fits[0].told if found.fits else None
    start, end = core(words)
    said = set(words[start:end]) - STOP_WORDS
    if best is not None and best.book_id not in here and not any(said <= name.of for name in best.names):
        return found, False
    return replace(found, fits=[fit for fit in found.fits if fit.told.book_id in here]), True


async def _other_than(
    store: Store, query: SearchQuery, found: Found, meant: Understood, named: str
) -> Answer:
    """Books like the one that was named, or what follows it in its series."""
    best = best_known(found.fits, folding.key(named)) if meant.wish is Wish.LIKE else found.fits[0].told
    filters = _both(query.filters, meant.filters)
    results = SearchResults((), 0, words=named, understood=meant.filters, quantity=meant.quantity)
    if meant.wish is Wish.LIKE:
        like = BookId(best.book_id)
        return Answer(replace(results, like=like), browse=filters, like=like)
    volumes = await store.in_series(best.book_id)
    number = next((volume(one.number) for one in volumes if one.book_id == best.book_id), None)
    if number is None:
        nearest = await hits(store, [(best.book_id, best.work)], Filters())
        return Answer(replace(results, after=BookId(best.book_id), nearest=nearest))
    later = sorted(
        (place, one.book_id, one.work)
        for one in volumes
        if (place := volume(one.number)) is not None and place > number and one.work != best.work
    )
    if filters.any:
        wanted = await store.matched([book for _, book, _ in later], filters)
        later = [one for one in later if one[1] in wanted]
    following = await listed(store, query, [(book, work) for _, book, work in later], named, filters)
    return Answer(
        replace(following, understood=meant.filters, quantity=meant.quantity, after=BookId(best.book_id))
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
