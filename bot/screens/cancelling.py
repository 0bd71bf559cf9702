"""What the shop's terms say about cancelling what is paid: for the terms, and for whoever is about to pay."""

from __future__ import annotations

from bot.screen import Html
from bot.texts import Words
from domain.cancelling import CancelTerms, CancelUntil
from domain.money import Money


def rule(terms: CancelTerms, currency: str, words: Words) -> Html:
    """Until when, how much is kept, and from when on."""
    sentences = [words.html(f"cancel-until-{terms.until.value}")]
    if terms.until is not CancelUntil.NEVER:
        sentences.append(_kept(terms, currency, words))
        if terms.free_hours and not terms.whole:
            sentences.append(words.html("cancel-free-hours", hours=terms.free_hours))
    return Html(" ".join(sentences))


def worth_saying(terms: CancelTerms) -> bool:
    """Whether whoever pays should read it then and there: not all of the money would always go back."""
    return not terms.whole or terms.until is CancelUntil.NEVER


def _kept(terms: CancelTerms, currency: str, words: Words) -> Html:
    if terms.whole:
        return words.html("cancel-whole")
    fee = Money(terms.fee, currency)
    if not terms.percent:
        return words.html("cancel-keeps-fee", fee=fee)
    if not terms.fee:
        return words.html("cancel-keeps-percent", percent=terms.percent)
    return words.html("cancel-keeps-both", percent=terms.percent, fee=fee)
