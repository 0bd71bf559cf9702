"""A screen as JSON and back: kept in the dialogue so that a crash between commit and sending loses nothing."""

from __future__ import annotations

import json
from typing import Any

from bot.codec import decode, encode
from bot.screen import Button, Cover, Html, Invoice, PickupQr, Picture, Screen, paragraphs


def dump(screen: Screen, said: Html | None = None) -> str:
    """Compact JSON. An invoice's provider token is a secret and is left out: see `load`.

    ``said`` is what was said above the screen this once: it belongs to the moment, not to the screen.
    """
    stored: dict[str, Any] = {"t": screen.text}
    if said:
        stored["h"] = said
    if screen.rows:
        stored["r"] = [[_button(button) for button in row] for row in screen.rows]
    match screen.picture:
        case Cover(book_id, title, authors, url, language, subjects):
            stored["c"] = [book_id, title, list(authors), url, language, list(subjects)]
        case PickupQr(number, code):
            stored["q"] = [number, code]
    if (invoice := screen.invoice) is not None:
        stored["i"] = [invoice.title, invoice.description, invoice.payload, invoice.currency, invoice.prices]
    return json.dumps(stored, ensure_ascii=False, separators=(",", ":"))


def load(stored: str, provider_token: str, *, as_said: bool = True) -> Screen | None:
    """The screen; None if there is none or it has a button that this program no longer knows.

    ``as_said``: with what was said above it, to show the same moment again; without, to go on from the screen.
    """
    if not stored:
        return None
    data = json.loads(stored)
    rows = []
    for row in data.get("r", ()):
        buttons = [_read_button(item) for item in row]
        if any(button is None for button in buttons):
            return None
        rows.append(tuple(button for button in buttons if button is not None))
    picture: Picture | None = None
    if "c" in data:
        book_id, title, authors, url, language, subjects = data["c"]
        picture = Cover(book_id, title, tuple(authors), url, language, tuple(subjects))
    elif "q" in data:
        picture = PickupQr(*data["q"])
    invoice = None
    if "i" in data:
        title, description, payload, currency, prices = data["i"]
        pairs = tuple((str(label), int(amount)) for label, amount in prices)
        invoice = Invoice(provider_token, title, description, payload, currency, pairs)
    said = Html(data.get("h", "")) if as_said else None
    return Screen(paragraphs(said, Html(data["t"])), tuple(rows), picture, invoice)


def _button(button: Button) -> list[str]:
    if button.action is not None:
        return [button.label, "a", encode(button.action)]
    if button.url:
        return [button.label, "u", button.url]
    if button.share:
        return [button.label, "s", button.share]
    return [button.label, "p", ""]


def _read_button(item: list[str]) -> Button | None:
    label, kind, value = item
    match kind:
        case "a":
            action = decode(value)
            return None if action is None else Button(label, action)
        case "u":
            return Button(label, url=value)
        case "s":
            return Button(label, share=value)
        case _:
            return Button(label, pay=True)
