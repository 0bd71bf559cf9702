"""The words around what a person is looking for: greetings, requests, thanks, in the languages the shop is asked in.

``requests.txt`` holds what a message may begin with (openers), what may stand between that and the thing itself (links),
and what it may end with (closers), as `domain.search.phrases` reads them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from domain.search import spelling
from domain.search.phrases import Phrases, all_words, parts


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


ARTICLES = _set(
    "the a an der die das den dem des ein eine einen einem einer le la les l un une des el los las una unos unas il lo gli"
    " i o os as um uma uns umas de het een en ett det"
)

STOP_WORDS = ARTICLES | _set(
    "and or of in on at to for from by with is it its as be are was were this that my me we you your our his her their"
    " und oder von im am an auf zu zum zur mit fur ist es bei aus als wie ich du er sie wir ihr mein meine nicht"
    " et ou du de d au aux dans sur pour par avec est que qui en se ne pas ce cette ces mon ma mes son sa ses j qu"
    " y e del al con por para sin su sus mi mis es lo que se como"
    " di da dal della delle degli dei nel nella alla allo ai per tra fra che non si ed"
    " do dos das no na nos nas ao ou com em seu sua"
    " van voor met op te aan uit bij zijn is dat"
    " i w we z ze na do od po o u za dla sie nie to jest oraz"
    " и в во на с со к ко о об от до по за из у не но а что как это для при же ли бы та те тот і й з із та що як"
    " och av pa med till fran om som ar og af til fra"
)

VOLUME_WORDS = _set(
    "part vol volume book no nr number episode issue band teil bd buch folge tome livre partie t numero volumen parte libro"
    " volume livro deel boek tom czesc ksiega том часть книга ч т n"
)
"""Words that say nothing when a number comes after them."""

# Scripts without spaces are asked in with what stands around the title.
_UNSPACED = re.compile(
    "(?:という)?(?:本|小説|漫画|マンガ)?(?:は|って|が|を)?(?:ありますか|あります|置いていますか|探しています|探してます|ください|下さい|欲しいです|"
    "ほしいです|買いたいです?|注文したいです?|お願いします)[。？?]?$|^(?:すみません|こんにちは)[、,。]?|"
    "^(?:请问|你好|您好)?[,，]?(?:你们|您|你|这里|店里)?(?:有没有|有|我想买|我要买|我想要|我在找|想买|找)(?:一本)?|"
    "(?:这本书)?(?:有吗|吗|有没有|多少钱)[？?。]?$|(?:책)?\\s*(?:있나요|있어요|있습니까|주세요|찾아요|찾고 있어요|사고 싶어요)[?.]?$"
)


_BY = _set(
    "author autorin autrice autore автор by from von vom de d di da do van od przez от автора авторства autora autore auteur autor"
)


@cache
def _requests() -> tuple[Phrases, Phrases, Phrases]:
    lines = parts("requests.txt")
    return (
        Phrases(lines["openers"]),
        Phrases(lines["links"]),
        Phrases(lines["closers"], backwards=True),
    )


def core(words: Sequence[str]) -> tuple[int, int]:
    """Where in ``words`` what is asked for begins and ends, without the request around it. Never empty, unless
    ``words`` is."""
    start, end = _within(words, asked=False)
    return (start, end) if start < end else (0, len(words))


def opening(words: Sequence[str]) -> int:
    """How many of ``words``, from the first, are the beginning of a request."""
    openers, _, _ = _requests()
    start = 0
    while start < len(words) and (taken := openers.longest(words[start:])):
        start += taken
    return start


def names_nothing(words: Sequence[str]) -> bool:
    """Whether ``words`` are a request and nothing besides: "do you have any books"."""
    start, end = _within(words, asked=True)
    return start >= end


def names_author(words: Sequence[str]) -> bool:
    """Whether what is asked for is announced as an author: "anything by"."""
    place, _ = core(words)
    # An initial may be a small word of some language: it stands with the request then.
    while place > 1 and len(words[place - 1]) == 1 and words[place - 1] not in _BY:
        place -= 1
    return place > 0 and words[place - 1] in _BY


def loosely(words: Sequence[str]) -> list[tuple[int, int]]:
    """The same for a request that is worded as nobody foresaw, or mistyped, as it may be read: without the words of everyday
    talk at either end, as they stand and as they may have been meant."""
    meant = [_meant(word) for word in words]
    start, end = core(meant)
    return list(dict.fromkeys((_without_talk(words, start, end), _without_talk(meant, start, end))))


def _without_talk(words: Sequence[str], start: int, end: int) -> tuple[int, int]:
    said = _everyday()
    while start < end and words[start] in said:
        start += 1
    while start < end and words[end - 1] in said:
        end -= 1
    return (start, end) if start < end else (0, len(words))


@cache
def _everyday() -> frozenset[str]:
    """The words of requests, and what else people say around what they are looking for (``everyday.txt``)."""
    return _request_words() | all_words(" ".join(parts("everyday.txt").values()))


@cache
def _request_words() -> frozenset[str]:
    return all_words(" ".join(parts("requests.txt").values()))


def says_nothing(word: str) -> bool:
    """Whether ``word`` is one of requests, or so small that it says nothing by itself."""
    return word in STOP_WORDS or word in _request_words()


@cache
def _known() -> spelling.Known:
    return spelling.Known(_request_words())


def _meant(word: str) -> str:
    """The word of a request that ``word`` is but for a slip; else itself."""
    if word in _request_words() or word in STOP_WORDS or not spelling.correctable(word):
        return word
    # A slip that makes another word of a short one says nothing, unless it only changed the order of its letters.
    near = (meant for meant in _known().near(word) if len(meant) > 3 or sorted(word) == sorted(meant))
    return next(near, word)


def by_whom(words: Sequence[str]) -> int | None:
    """Where in ``words`` the name begins of whose books are asked for, as in "dune by frank herbert"; None if nobody's are."""
    _, end = core(words)
    return next((place + 1 for place in range(end - 2, -1, -1) if words[place] in _BY), None)


def _within(words: Sequence[str], *, asked: bool) -> tuple[int, int]:
    _, links, closers = _requests()
    start, end = opening(words), len(words)
    while (asked or start > 0) and start < end and (taken := links.longest(words[start:end])):
        start += taken
    while start < end and (taken := closers.longest(words[start:end][::-1])):
        end -= taken
    return start, end


def without_request(text: str) -> str:
    """``text`` without what a request in a script without spaces adds to a title."""
    return text if text.isascii() else _UNSPACED.sub("", text.strip())
