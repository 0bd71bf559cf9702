"""What was typed, as the search goes through with it: groups of words, each with the ways in which it may be met."""

from __future__ import annotations

from dataclasses import dataclass, field

_FRONT = 6
"""Letters that a title's beginning has to have to be taken for one in spite of a request's words."""


@dataclass(slots=True)
class Way:
    """One way to meet what was typed: all of ``words``. ``quality`` is 1 for what was typed itself. A ``guess`` takes a
    slip of the finger for granted."""

    words: tuple[str, ...]
    quality: float
    guess: bool = False


@dataclass(slots=True)
class Group:
    """``typed`` words that belong together (one word, as a rule). ``weight`` is what they tell: rare words tell much,
    small words and the words of a request next to nothing; those are not ``needed``. ``inside`` what is asked for, rather
    than in the request around it. ``prefix``: the last word, which may not be finished."""

    typed: tuple[str, ...]
    weight: float
    needed: bool = True
    inside: bool = True
    prefix: str = ""
    entries: int = 0
    ways: list[Way] = field(default_factory=list)

    def meet(self, way: Way) -> None:
        """Add a way, unless there is one of the same words that is as good."""
        for known in self.ways:
            if known.words == way.words:
                known.quality = max(known.quality, way.quality)
                return
        self.ways.append(way)


@dataclass(slots=True)
class Reading:
    """A message, taken apart. ``author``: it says that what it asks for is an author."""

    groups: list[Group]
    author: bool = False

    @property
    def spans(self) -> set[str]:
        """The keys of everything in the message that holds all that is asked for: a title may begin as a request does."""
        inside = [place for place, group in enumerate(self.groups) if group.inside]
        first, last = inside[0], inside[-1]
        return {
            "".join(word for group in self.groups[start:end] for word in group.typed)
            for start in range(first + 1)
            for end in range(last + 1, len(self.groups) + 1)
        }

    @property
    def fronts(self) -> set[str]:
        """The keys of the message to its end with what was taken for a request before it: a title may begin so. Letters
        alone are rather a name's."""
        words = [word for group in self.groups for word in group.typed]
        request = next(place for place, group in enumerate(self.groups) if group.inside)
        keys = (
            "".join(words[at:]) for at in range(request) if any(len(one) > 1 for one in words[at:request])
        )
        return {key for key in keys if len(key) >= _FRONT}

    def beside(self, count: int) -> list[tuple[str, ...]]:
        """Known words of the message that are not needed, the most telling first."""
        others = [group for group in self.groups if not group.needed and group.entries]
        return [group.typed for group in sorted(others, key=lambda group: group.entries)[:count]]

    @property
    def core(self) -> str:
        """The key of what is asked for."""
        return "".join(word for group in self.groups if group.inside for word in group.typed)

    @property
    def needed(self) -> list[Group]:
        return [group for group in self.groups if group.needed]
