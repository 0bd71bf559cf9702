"""Logging in and out, in the chat."""

from __future__ import annotations

from datetime import timedelta

from tests.chat.shop import PASSWORD, Shop


def typed(person) -> list[str]:
    """What the person's own messages say that are still there."""
    return [message.get("text", "") for message in person.messages if message["mine"]]


async def test_register_log_out_and_log_in_again(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.types("/login")
    ann.sees("Your email address, please.")
    await ann.taps("I am new here")
    ann.sees("Your email address first, please.")
    await ann.types("ann@example.org")
    ann.sees("What may I call you?")
    await ann.taps("Ann")
    ann.sees("a password of at least 8 characters")
    await ann.types(PASSWORD)
    ann.sees("Welcome, Ann. You have an account now, and you are logged in.")
    assert PASSWORD not in typed(ann)

    await ann.types("/logout")
    ann.sees("You are logged out.")
    await ann.taps("Log in")
    await ann.types("Ann@Example.org")
    ann.sees("Your password for Ann@Example.org", "I delete your message")
    await ann.types(PASSWORD)
    ann.sees("Welcome back, Ann.")
    assert PASSWORD not in typed(ann)
