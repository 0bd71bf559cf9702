"""Mails about an account: plain text."""

from __future__ import annotations

from bot.texts import Words
from domain.ports.identity import Mail
from domain.shop import Shop


def code(purpose: str, to: str, digits: str, shop: Shop, words: Words) -> Mail:
    """``purpose`` is ``register`` or ``reset``."""
    text = words.plain(
        f"mail-{purpose}-code", code=digits, shop=shop.name, lifetime=words.duration(shop.code_lifetime)
    )
    # The code stands in the subject as well: a phone's notification shows it without opening the mail.
    return _mail(to, words.plain("mail-code-subject", code=digits, shop=shop.name), text, shop, words)


def already_registered(to: str, shop: Shop, words: Words) -> Mail:
    subject = words.plain("mail-already-registered-subject", shop=shop.name)
    return _mail(to, subject, words.plain("mail-already-registered", shop=shop.name), shop, words)


def password_changed(to: str, name: str, at: str, shop: Shop, words: Words) -> Mail:
    subject = words.plain("mail-password-changed-subject", shop=shop.name)
    text = words.plain("mail-password-changed", name=name, at=at, shop=shop.name)
    return _mail(to, subject, text, shop, words)


def _mail(to: str, subject: str, text: str, shop: Shop, words: Words) -> Mail:
    contact = " · ".join(filter(None, (shop.address, shop.contact_phone, shop.contact_email)))
    return Mail(to, " ".join(subject.split()), f"{text}\n\n-- \n{shop.name}\n{contact}\n")
