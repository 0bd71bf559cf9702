"""The shop's own pages: languages, help, terms, privacy, contact with the coming week's hours.

``back`` leads to the steps that a page was opened in the middle of; None: it was in none.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from bot.actions import (
    Action,
    AskFurther,
    LogIn,
    SetLanguage,
    ShowCart,
    ShowHelp,
    ShowHome,
    ShowLanguages,
    ShowMyData,
    ShowOrders,
    ShowPrivacy,
    ShowSupport,
    ShowTerms,
    StartSearch,
)
from bot.screen import Button, Html, Row, Screen, lines, paragraphs
from bot.screens import cancelling, tax
from bot.texts import Words
from domain.question import KEPT_FOR
from domain.shop import Shop

Week = Sequence[tuple[date, Sequence[tuple[datetime, datetime]]]]
"""Days in their order, each with the times from and to which the shop is open (none: closed)."""


def languages(
    names: Sequence[tuple[str, str]], words: Words, step: str = "", back: Action | None = None
) -> Screen:
    """``names`` are the codes and what each language calls itself; ``step`` was interrupted for it."""
    rows = tuple(
        (
            Button(
                words.plain("info-language-now" if code == words.language else "info-language", name=name),
                SetLanguage(code, step),
            ),
        )
        for code, name in names
    )
    return Screen(words.html("info-languages"), (*rows, _leave(words, back)))


def help_page(shop: Shop, words: Words, back: Action | None = None) -> Screen:
    return Screen(
        paragraphs(
            words.html("help-what", shop=shop.name), words.html("help-how"), words.html("help-commands")
        ),
        (
            (
                Button(words.plain("info-search"), StartSearch()),
                Button(words.plain("info-cart"), ShowCart()),
            ),
            (
                Button(words.plain("account-orders"), ShowOrders()),
                Button(words.plain("account-language"), ShowLanguages()),
            ),
            (
                Button(words.plain("info-terms"), ShowTerms()),
                Button(words.plain("info-privacy"), ShowPrivacy()),
            ),
            (Button(words.plain("info-support"), ShowSupport()),),
            _leave(words, back),
        ),
    )


def terms(shop: Shop, words: Words, back: Action | None = None) -> Screen:
    address = ", ".join(filter(None, (shop.owner or shop.name, shop.address)))
    return Screen(
        paragraphs(
            words.html("terms-heading", shop=shop.name),
            lines(
                words.html("terms-who", who=address),
                words.html("as-it-is", text=shop.tax_id) if shop.tax_id else None,
            ),
            _prices(shop, words),
            words.html("terms-ordering", hold=words.duration(shop.payment_hold)),
            words.html("terms-pick-up", days=shop.pickup_days),
            lines(
                words.html("terms-cancelling"),
                cancelling.rule(shop.cancel_terms, shop.currency, words),
                words.html("cancel-by-shop"),
            ),
            words.html("terms-returns"),
        ),
        (
            (
                Button(words.plain("info-privacy"), ShowPrivacy()),
                Button(words.plain("info-support"), ShowSupport()),
            ),
            _leave(words, back),
        ),
    )


def _prices(shop: Shop, words: Words) -> Html:
    """With the tax that they include, and what else the shop says about it."""
    said = [_rate(shop, words), tax.note(shop, words)]
    note = Html(" ".join(part for part in said if part))
    if note:
        return words.html("terms-prices-noted", currency=shop.currency, note=note)
    return words.html("terms-prices", currency=shop.currency)


def _rate(shop: Shop, words: Words) -> Html | None:
    if shop.tax is None:
        return None
    message = "terms-tax" if shop.tax.points else "tax-none"
    return words.html(message, tax=tax.named(shop.tax, words, shop.tax_name))


def privacy(
    shop: Shop, *, by_mail: bool, logged_in: bool, words: Words, back: Action | None = None
) -> Screen:
    """``by_mail``: the shop sends mails."""
    who = ", ".join(filter(None, (shop.owner or shop.name, shop.address, shop.contact_email)))
    own = (
        Button(words.plain("account-my-data"), ShowMyData())
        if logged_in
        else Button(words.plain("log-in"), LogIn())
    )
    return Screen(
        paragraphs(
            words.html("privacy-heading", who=who),
            words.html("privacy-account", days=shop.login_lifetime.days),
            words.html("privacy-mails", lifetime=words.duration(shop.code_lifetime)) if by_mail else None,
            words.html("privacy-chat"),
            words.html("privacy-orders"),
            words.html("privacy-questions", days=KEPT_FOR.days),
            words.html("privacy-others"),
            words.html("privacy-rights"),
        ),
        ((own, Button(words.plain("info-terms"), ShowTerms())), _leave(words, back)),
    )


def support(
    shop: Shop,
    week: Week,
    now: datetime,
    words: Words,
    back: Action | None = None,
    *,
    staffed: bool = False,
) -> Screen:
    """``staffed``: questions asked in the chat reach somebody."""
    ask = ((Button(words.plain("ask-the-shop"), AskFurther(0)),),) if staffed else ()
    return Screen(
        paragraphs(
            lines(
                words.html("support-heading", shop=shop.name),
                words.escape(shop.address) if shop.address else None,
            ),
            lines(_open_now(shop, now, words), _hours(week, words)),
            _contact(shop, words),
        ),
        (
            *ask,
            (
                Button(words.plain("account-orders"), ShowOrders()),
                Button(words.plain("info-help"), ShowHelp()),
            ),
            (
                Button(words.plain("info-terms"), ShowTerms()),
                Button(words.plain("info-privacy"), ShowPrivacy()),
            ),
            _leave(words, back),
        ),
    )


def _open_now(shop: Shop, now: datetime, words: Words) -> Html | None:
    closes = shop.hours.open_until(now)
    if closes is not None:
        return words.html("support-open", until=words.time(closes))
    opens = shop.hours.opens_next(now)
    return words.html("support-closed", opens=words.moment(opens, now)) if opens is not None else None


def _hours(week: Week, words: Words) -> Html | None:
    if not any(spans for _, spans in week):
        return None
    days = [words.day(day) for day, _ in week]
    width = max(map(len, days))
    rows = [f"{name:<{width}}  {_spans(spans, words)}" for name, (_, spans) in zip(days, week, strict=True)]
    return words.html("support-hours", table="\n".join(rows))


def _spans(spans: Sequence[tuple[datetime, datetime]], words: Words) -> str:
    if not spans:
        return words.plain("support-closed-day")
    return ", ".join(f"{words.time(opens)}–{words.time(closes)}" for opens, closes in spans)


def _contact(shop: Shop, words: Words) -> Html | None:
    ways = lines(
        words.html("support-phone", phone=shop.contact_phone) if shop.contact_phone else None,
        words.html("support-email", email=shop.contact_email) if shop.contact_email else None,
        words.html("support-telegram", name=shop.contact_telegram.lstrip("@"))
        if shop.contact_telegram
        else None,
    )
    return lines(words.html("support-ask"), ways) if ways else words.html("support-drop-in")


def _leave(words: Words, back: Action | None) -> Row:
    home = Button(words.plain("home"), ShowHome())
    return (home,) if back is None else (Button(words.plain("back"), back), home)
