"""Which volume of a series is asked for in words: "the third harry potter", "der zweite Band von ..."."""

from __future__ import annotations

from collections.abc import Sequence

from domain.search.filler import ARTICLES, STOP_WORDS, VOLUME_WORDS, core

_NTH = {
    word: number
    for number, words in enumerate(
        (
            "first 1st erste ersten erster erstes premier premiere primer primero primera primo prima eerste pierwszy pierwsza"
            " первый первая первую первой",
            "second 2nd zweite zweiten zweiter zweites deuxieme second seconde segundo segunda secondo seconda tweede drugi druga"
            " второй вторая вторую",
            "third 3rd dritte dritten dritter drittes troisieme tercer tercero tercera terzo terza derde trzeci trzecia"
            " третий третья третью",
            "fourth 4th vierte vierten vierter viertes quatrieme cuarto cuarta quarto quarta vierde четвертый четвертая четвертую",
            "fifth 5th funfte funften funfter funftes cinquieme quinto quinta vijfde пятый пятая пятую",
            "sixth 6th sechste sechsten sechster sechstes sixieme sexto sexta sesto sesta zesde шестой шестая шестую",
            "seventh 7th siebte siebten siebter siebtes septieme septimo septima settimo settima zevende седьмой седьмая седьмую",
            "eighth 8th achte achten achter achtes huitieme octavo octava ottavo ottava achtste",
            "ninth 9th neunte neunten neunter neuntes neuvieme noveno novena nono nona negende",
            "tenth 10th zehnte zehnten zehnter zehntes dixieme decimo decima tiende",
        ),
        start=1,
    )
    for word in words.split()
}
_AROUND = (
    ARTICLES
    | VOLUME_WORDS
    | STOP_WORDS
    | {"series", "saga", "reihe", "serie", "novel", "roman", "one", "книгу", "книги"}
)


def as_numbered(words: Sequence[str]) -> list[str]:
    """The words (folded) as a series and its number: ``["harry", "potter", "3"]``; none if no volume is asked for so."""
    start, end = core(words)
    # "The first book of" may be taken for a part of the request.
    for place in range(end):
        number = _NTH.get(words[place])
        if number is None:
            continue
        rest = [word for at, word in enumerate(words[:end]) if at >= start and at != place]
        while rest and rest[0] in _AROUND:
            del rest[0]
        while rest and rest[-1] in _AROUND:
            del rest[-1]
        if rest:
            return [*rest, str(number)]
    return []
