"""What a handler returns: a screen, free of Telegram. The presenter alone knows how it becomes a message."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.actions import Action


class Html(str):
    """Text in Telegram's HTML, its values escaped. Made only by `bot.texts` and by joining."""

    __slots__ = ()


def lines(*parts: Html | None) -> Html:
    """Join the parts that are there, a line each."""
    return Html("\n".join(part for part in parts if part is not None))


def paragraphs(*parts: Html | None) -> Html:
    """Join the parts that are there and not empty, with an empty line between."""
    return Html("\n\n".join(part for part in parts if part))


@dataclass(frozen=True, slots=True)
class Button:
    """A label and exactly one thing it does. ``pay`` is an invoice's own button, ``share`` an inline query to send anywhere."""

    label: str
    action: Action | None = None
    url: str = ""
    share: str = ""
    pay: bool = False

    def __post_init__(self) -> None:
        if (self.action is not None) + bool(self.url) + bool(self.share) + self.pay != 1:
            raise ValueError(f"a button does one thing: {self.label!r}")


Row = tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Cover:
    """A book's cover: the feed's picture, or one drawn from title and authors. ``key`` names what is drawn, for reuse."""

    book_id: int
    title: str
    authors: tuple[str, ...]
    url: str = ""
    language: str = ""
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CoverAddresses:
    """Where a cover's picture is on the web, for a list and in full; empty: nowhere."""

    thumbnail: str = ""
    picture: str = ""


@dataclass(frozen=True, slots=True)
class PickupQr:
    """The QR picture of an order's pickup code."""

    number: str
    code: str


Picture = Cover | PickupQr


@dataclass(frozen=True, slots=True)
class Invoice:
    """Telegram's own invoice. ``prices`` are labels and minor units; ``payload`` names the attempt, at most 128 bytes."""

    provider_token: str = field(repr=False)
    title: str
    description: str
    payload: str
    currency: str
    prices: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """A text with buttons beneath, perhaps under a picture, or an invoice (whose text is its description)."""

    text: Html
    rows: tuple[Row, ...] = ()
    picture: Picture | None = None
    invoice: Invoice | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A file to send once, beside the screen. ``caption`` is plain text."""

    name: str
    content: bytes = field(repr=False)
    caption: str = ""


@dataclass(frozen=True, slots=True)
class InlineCard:
    """One result of inline mode: what the list shows, and the message that choosing it sends. ``cover`` is shown in both."""

    id: str
    title: str
    description: str
    text: Html
    button_label: str
    button_url: str
    cover: CoverAddresses = CoverAddresses()


@dataclass(frozen=True, slots=True)
class InlineStart:
    """The button above inline results: opens the chat with the shop, with a deep link's payload."""

    label: str
    payload: str


@dataclass(frozen=True, slots=True)
class Result:
    """What a handler wants shown.

    ``screen`` None leaves the screen as it is. ``toast`` answers the tap (``alert``: as a window that has to be closed);
    when nothing was tapped it is put above the screen's text. ``go`` leads on: that action's screen is shown, in the same
    transaction. ``then`` is done after the commit, in a turn of its own. ``documents`` are sent before the screen.
    ``fresh`` shows the screen as a new message even where the old one could be edited. ``checkout_answer`` answers a
    pre-checkout: empty is a yes, else the refusal that the payer reads. ``cards`` answer an inline query, with
    ``start`` above them; ``next_offset`` is what Telegram asks with for more.
    """

    screen: Screen | None = None
    toast: str = ""
    alert: bool = False
    go: Action | None = None
    then: Action | None = None
    documents: tuple[Document, ...] = ()
    fresh: bool = False
    checkout_answer: str | None = None
    cards: tuple[InlineCard, ...] | None = None
    next_offset: str = ""
    start: InlineStart | None = None
