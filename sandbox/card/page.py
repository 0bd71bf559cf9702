"""The pay page, as HTML. It works without scripts (`page/js/cardpage.js` shortens the way back); its looks are `page/css/card.css`."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from html import escape
from urllib.parse import urlsplit

from babel.numbers import format_currency, get_currency_precision

from sandbox.card.account import CANCELLED, DECLINED, OPEN, PAID, PROCESSING, CardPayment


@dataclass(frozen=True)
class Card:
    """A card to try, by its last four digits: what the bank does with it."""

    declines: str = ""
    telling: str = "once"
    after: float = 0.0


CARDS = {
    "4242": Card(),
    "0002": Card(declines="insufficient_funds"),
    "0069": Card(declines="expired_card"),
    "0119": Card(after=20.0),
    "0259": Card(telling="twice"),
    "0341": Card(telling="never"),
}

WORDS = {
    "en": {
        "pay": "Pay {amount}",
        "choose": "Choose a card to try",
        "4242": "pays at once",
        "0002": "declined: not enough money on it",
        "0069": "declined: expired",
        "0119": "the bank takes 20 seconds",
        "0259": "pays, and the shop is told twice",
        "0341": "pays, and nobody tells the shop: it has to ask",
        "insufficient_funds": "There is not enough money on this card. Nothing was charged; try another card.",
        "expired_card": "This card has expired. Nothing was charged; try another card.",
        "other": "The bank declined this card. Nothing was charged; try another card.",
        PAID: "Paid",
        "paid-more": "{amount} went to the shop, which tells you in the chat.",
        PROCESSING: "The bank is thinking",
        "processing-more": "This takes a few seconds. You can go back; the shop tells you in the chat when it is done.",
        DECLINED: "Not paid",
        "declined-more": "The bank declined three cards. Nothing was charged; the chat has a new link for you.",
        CANCELLED: "This link has ended",
        "cancelled-more": "Nothing was charged, and nothing can be any more.",
        "refunded": "{amount} went back to the card.",
        "back": "Back to the chat",
        "later": "Not now, back to the chat",
        "total": "Total",
        "test": "Sandbox: no card and no money are real here.",
    },
    "de": {
        "pay": "{amount} bezahlen",
        "choose": "Eine Karte zum Ausprobieren",
        "4242": "zahlt sofort",
        "0002": "abgelehnt: nicht genug Guthaben",
        "0069": "abgelehnt: abgelaufen",
        "0119": "die Bank braucht 20 Sekunden",
        "0259": "zahlt, und der Laden erfährt es zweimal",
        "0341": "zahlt, und niemand sagt es dem Laden: er muss fragen",
        "insufficient_funds": "Auf dieser Karte ist nicht genug Guthaben. Es wurde nichts abgebucht; nehmen Sie eine andere.",
        "expired_card": "Diese Karte ist abgelaufen. Es wurde nichts abgebucht; nehmen Sie eine andere.",
        "other": "Die Bank hat diese Karte abgelehnt. Es wurde nichts abgebucht; nehmen Sie eine andere.",
        PAID: "Bezahlt",
        "paid-more": "{amount} gingen an den Laden; er meldet sich im Chat.",
        PROCESSING: "Die Bank prüft noch",
        "processing-more": "Das dauert einige Sekunden. Sie können zurückgehen; der Laden meldet sich im Chat.",
        DECLINED: "Nicht bezahlt",
        "declined-more": "Die Bank hat drei Karten abgelehnt. Es wurde nichts abgebucht; im Chat gibt es einen neuen Link.",
        CANCELLED: "Dieser Link gilt nicht mehr",
        "cancelled-more": "Es wurde nichts abgebucht, und es kann nichts mehr abgebucht werden.",
        "refunded": "{amount} gingen an die Karte zurück.",
        "back": "Zurück zum Chat",
        "later": "Jetzt nicht, zurück zum Chat",
        "total": "Summe",
        "test": "Sandbox: Hier sind weder Karten noch Geld echt.",
    },
}


def money(minor: int, currency: str, language: str) -> str:
    """An amount as people of that language write it."""
    digits = get_currency_precision(currency)
    return format_currency(Decimal(minor).scaleb(-digits), currency, locale=language)


def pay_page(payment: CardPayment) -> str:
    language = payment.language if payment.language in WORDS else "en"
    words = WORDS[language]
    amount = money(payment.amount, payment.currency, language)
    lines = "".join(
        _line(str(line["label"]), int(line["amount"]), payment, language) for line in payment.lines
    )
    return f"""<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
{'<meta http-equiv="refresh" content="3">' if payment.state == PROCESSING else ""}
<title>{escape(_title(payment, words))}</title>
<link rel="icon" href="/icon.svg">
<link rel="stylesheet" href="/css/theme.css">
<link rel="stylesheet" href="/css/card.css">
<script type="module" src="/js/cardpage.js"></script>
</head>
<body class="card-page">
<main>
<h1>{escape(payment.description)}</h1>
<ul class="lines">{lines}<li class="total"><span>{words["total"]}</span><span>{escape(amount)}</span></li></ul>
{_middle(payment, words, amount, language)}
<p class="note">{words["test"]}</p>
</main>
</body>
</html>
"""


def _title(payment: CardPayment, words: dict[str, str]) -> str:
    """What a tab and a screen reader say first: how it stands."""
    if payment.state == OPEN:
        return payment.description
    return f"{words[payment.state]} · {payment.description}"


def _line(label: str, minor: int, payment: CardPayment, language: str) -> str:
    amount = money(minor, payment.currency, language)
    return f"<li><span>{escape(label)}</span><span>{escape(amount)}</span></li>"


def _middle(payment: CardPayment, words: dict[str, str], amount: str, language: str) -> str:
    if payment.state == OPEN:
        return _form(payment, words, amount)
    more = words[f"{payment.state}-more"].format(amount=amount)
    if payment.refunded:
        back = money(payment.refunded, payment.currency, language)
        more += " " + words["refunded"].format(amount=back)
    return (
        f'<section class="done {payment.state}" role="status"><h2>{words[payment.state]}</h2><p>{escape(more)}</p></section>'
        f'<a class="back" autofocus href="{escape(_back(payment.return_url))}">{words["back"]}</a>'
    )


def _form(payment: CardPayment, words: dict[str, str], amount: str) -> str:
    sorry = words.get(payment.declined, words["other"]) if payment.declined else ""
    notice = f'<p class="declined" role="alert">{escape(sorry)}</p>' if sorry else ""
    choices = "".join(
        f'<label><input type="radio" name="card" value="{digits}"{" checked autofocus" if digits == "4242" else ""}>'
        f'<span class="digits">•••• {digits}</span><span>{escape(words[digits])}</span></label>'
        for digits in CARDS
    )
    return (
        f'{notice}<form method="post"><fieldset><legend>{words["choose"]}</legend>{choices}</fieldset>'
        f"<button>{escape(words['pay'].format(amount=amount))}</button></form>"
        f'<a class="back later" href="{escape(_back(payment.return_url))}">{words["later"]}</a>'
    )


def _back(url: str) -> str:
    """Links to Telegram lead nowhere here: the sandbox's own page is the chat."""
    return url if urlsplit(url).scheme in ("http", "https") and urlsplit(url).netloc != "t.me" else "/"
