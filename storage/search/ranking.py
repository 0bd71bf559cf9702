"""How well an entry fits what was typed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from rapidfuzz.distance import DamerauLevenshtein

from domain.search.entry import INITIALS, bucket_of
from domain.search.filler import ARTICLES, STOP_WORDS
from domain.search.transliteration import MARK, latin, sounding
from storage.search.reading import Group, Reading
from storage.search.store import Candidate

UNFINISHED = 0.93
"""The quality of a word that begins with what was typed last."""
_SMALL = 0.25
"""What a small word counts in a title's length, as against 1."""
_ALIKE = 0.5
"""How alike a word that fits nowhere must be to one of the entry's words, if the rest of the message fits."""

# Points. What is met counts most, then where, then how often the book is asked for.
_COVERED = 60.0
_PLACED = 25.0
_POPULAR = 12.0
_VOTED = 8.0
_OWN = 6.0
_BEGINS = 5.0
_SIMILAR = 3.0
_EXACT = 2.0


@dataclass(slots=True)
class Fit:
    """How one entry fits.

    ``covered`` of what was typed is met (0 to 1); ``placed`` says how much of a title or a name it makes up (0 to 1).
    ``exact``: it is a title. ``complete``: it has a title of several words in it. ``whole``: every typed word is met as typed.
    ``by_author``: it is met as a name rather than as a title. ``guessed``: by another word than was typed. ``met`` is what
    was met, in words. ``score`` puts entries in order.
    """

    candidate: Candidate
    score: float
    covered: float
    placed: float
    exact: bool
    complete: bool
    whole: bool
    by_author: bool
    guessed: bool
    met: str


def rate(reading: Reading, candidates: Collection[Candidate], *, lenient: bool = False) -> list[Fit]:
    """The fits of ``candidates``, best first. ``lenient``: a word that is met nowhere may resemble one of the entry's."""
    rating = _Rating(reading, lenient)
    fits = [rating.of(candidate) for candidate in candidates]
    if reading.author:
        for fit in fits:
            fit.score += _VOTED * fit.by_author
    elif sum(group.inside for group in reading.groups) == 1:
        _vote(fits)
    fits.sort(key=lambda fit: (-fit.score, fit.candidate.rank))
    return fits


def _vote(fits: Sequence[Fit]) -> None:
    """One word alone may be an author's name or a title's word: what it is in the popular entries is what is meant."""
    authors = sum(bucket_of(fit.candidate.rank) for fit in fits if fit.by_author)
    titles = sum(bucket_of(fit.candidate.rank) for fit in fits if not fit.by_author)
    share = authors / ((authors + titles) or 1)
    for fit in fits:
        fit.score += _VOTED * (share if fit.by_author else 1 - share)


@dataclass(slots=True)
class _Met:
    group: Group
    quality: float
    by: tuple[str, ...]
    guess: bool = False

    @property
    def points(self) -> float:
        return self.group.weight * self.quality


@dataclass(slots=True)
class _Form:
    """One of an entry's titles or names: its words, whether it is the book's ``own`` title, and from its ``first`` word."""

    words: list[str]
    own: bool = False
    first: bool = False
    placed: float = 0.0
    share: float = 0.0
    groups: int = 0


class _Rating:
    def __init__(self, reading: Reading, lenient: bool) -> None:
        self._groups = reading.groups
        self._core = [group for group in reading.groups if group.inside]
        self._spans = reading.spans
        self._total = sum(group.weight for group in reading.groups) or 1.0
        self._typed = [word for group in self._core for word in group.typed]
        self._lenient = lenient

    def of(self, candidate: Candidate) -> Fit:
        lines = candidate.terms.split("\n")
        extra = set(lines.pop().split())
        words = {word for line in lines for word in line.split()}
        met = self._met(words, extra)
        covered = sum(one.points for one in met) / self._total
        used = {word for one in met for word in one.by}
        typed = self._typed
        if any(one.by != one.group.typed and one.group.inside for one in met):
            by = {id(one.group): one.by for one in met}
            typed = [word for group in self._core for word in by.get(id(group), group.typed)]

        form = self._titled(met, used, lines)
        name = self._named(met, used, lines[3], form)
        named = name.placed > form.placed
        placed = max(form.placed, name.placed)
        phrase, title = " ".join(typed), " ".join(form.words)
        whole_message = title.replace(" ", "") in self._spans
        if whole_message or any(word[0] == INITIALS for word in used):
            similar, exact, begins = 1.0, 1.0, 1.0
            placed = 1.0
        elif named:
            similar = fuzz.ratio(phrase, " ".join(name.words)) / 100
            exact, begins = float(similar == 1.0), 0.0
        else:
            similar = fuzz.ratio(phrase, title) / 100
            exact, begins = _beginning(typed, form.words, finished=typed is self._typed)
        if not form.first:
            begins = 0.0
        score = (
            _COVERED * covered
            + _PLACED * placed
            + _SIMILAR * similar
            + _EXACT * exact
            + _BEGINS * begins
            + _OWN * form.own
            + _POPULAR * bucket_of(candidate.rank) / 63
        )
        # One word alone that is not there as typed: a slip is as likely as an unfinished word.
        finished = UNFINISHED if len(self._core) > 1 else 0.97
        inside = sum(one.group.inside and one.quality >= finished for one in met)
        return Fit(
            candidate,
            score,
            covered,
            placed,
            exact=exact > 0.5,
            complete=form.share > 0.99 and form.groups > 1,
            whole=inside == len(self._core),
            by_author=named,
            guessed=any(one.guess for one in met),
            met=phrase,
        )

    def _met(self, words: set[str], extra: set[str]) -> list[_Met]:
        met = []
        missing = []
        for group in self._groups:
            one = _best(group, words, extra)
            if one is not None:
                met.append(one)
            elif group.needed:
                missing.append(group)
        if self._lenient and missing and len(missing) < len(self._core):
            telling = [word for word in words if len(word) > 2 and word not in STOP_WORDS]
            for group in missing:
                typed = "".join(group.typed)
                if len(typed) < 3 or not typed.isalpha():
                    continue
                alike = process.extractOne(
                    typed, telling, scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=_ALIKE
                )
                if alike:
                    met.append(_Met(group, 0.4 + 0.4 * alike[1], (alike[0],), guess=True))
        return met

    def _titled(self, met: Sequence[_Met], used: set[str], lines: Sequence[str]) -> _Form:
        """The title that what was typed fits best, and how much of it it makes up."""
        main, rest, others, _, series = lines
        forms = [_Form(main.split(), own=True, first=True)]
        if rest:
            forms.append(_Form(forms[0].words + rest.split(), own=True, first=True))
            forms.append(_Form(rest.split(), own=True))
        if series:
            forms.append(_Form(series.replace(" |", "").split()))
        if others:
            forms.extend(_Form(other.split()) for other in others.split(" | "))
        if any(word[0] == MARK for word in used):
            for form in forms:
                form.words = [_sounding(word) for word in form.words]
        best = forms[0]
        for form in forms:
            size = seen = 0.0
            for word in form.words:
                weight = _SMALL if word in STOP_WORDS else 1.0
                size += weight
                if word in used:
                    seen += weight
            if not seen:
                continue
            inside = 0.0
            form_set = set(form.words)
            for one in met:
                if form_set.issuperset(one.by):
                    inside += one.points
                    form.groups += one.group.needed
            form.share = seen / size
            form.placed = inside / self._total * (0.4 + 0.6 * form.share)
            if form.placed > best.placed:
                best = form
        return best

    def _named(self, met: Sequence[_Met], used: set[str], authors: str, form: _Form) -> _Form:
        """The author's name that what was typed fits best, and how much of it it makes up, together with what the title
        has of the rest."""
        best = _Form([])
        form_set = set(form.words)
        for name in authors.split(" | ") if authors else ():
            one_name = _Form(name.split())
            name_set = set(one_name.words)
            if name_set.isdisjoint(used):
                continue
            in_name = in_form = 0.0
            for one in met:
                if name_set.issuperset(one.by):
                    in_name += one.points
                elif form_set.issuperset(one.by):
                    in_form += one.points
            # People say the last name, or all of it.
            one_name.share = 1.0 if name_set <= used else 0.9 if one_name.words[-1] in used else 0.5
            one_name.placed = (in_name * one_name.share + in_form * 0.8) / self._total
            if one_name.placed > best.placed:
                best = one_name
        return best


def _best(group: Group, words: set[str], extra: set[str]) -> _Met | None:
    """How ``group`` is met by an entry's visible ``words``, or by the ``extra`` spellings of them."""
    if words.issuperset(group.typed):
        return _Met(group, 1.0, group.typed)
    best: _Met | None = None
    quality = 0.0
    if extra.issuperset(group.typed):
        quality = 0.98
        best = _Met(group, quality, _visible(group.typed, words))
    for way in group.ways:
        if way.quality > quality:
            if words.issuperset(way.words):
                quality = way.quality
                best = _Met(group, quality, way.words, way.guess)
            elif extra and (extra | words).issuperset(way.words):
                quality = way.quality
                best = _Met(group, quality, _visible(way.words, words), way.guess)
    if group.prefix and quality < UNFINISHED:
        for word in words:
            if word.startswith(group.prefix):
                return _Met(group, UNFINISHED, (word,))
    return best


def _visible(extra: tuple[str, ...], words: set[str]) -> tuple[str, ...]:
    """The visible word that an extra spelling belongs to: "poirots" for "poirot", "letranger" for "etranger"."""
    first = extra[0]
    if len(extra) == 1 and len(first) > 2 and first[0] not in (MARK, INITIALS):
        for word in words:
            if word.startswith(first) or word.endswith(first):
                return (word,)
    return extra


def _beginning(typed: Sequence[str], title: Sequence[str], *, finished: bool) -> tuple[float, float]:
    """Whether what was typed is the title, and whether the title begins with it. An article more or less does little, if
    the words are ``finished``; if the last one is a guess, what was typed of the rest has to be right."""
    phrase, whole = "".join(typed), "".join(title)
    if phrase == whole:
        return 1.0, 1.0
    bare_phrase, bare_whole = _bare(typed), _bare(title)
    exact = (0.85 if finished else 0.3) if bare_phrase == bare_whole else 0.0
    weight = 1.0 if len(typed) > 1 else min(1.0, len(phrase) / 12)
    if whole.startswith(phrase):
        return exact, weight
    if bare_whole.startswith(bare_phrase):
        return exact, 0.6 * weight
    return exact, 0.0


def _bare(words: Sequence[str]) -> str:
    """The key of a title, without its article."""
    return "".join(words[1:] if len(words) > 1 and words[0] in ARTICLES else words)


def _sounding(word: str) -> str:
    roman = latin(word)
    return MARK + sounding(roman) if roman else word
