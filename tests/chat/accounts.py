"""Steps with accounts that several transcripts take."""

from __future__ import annotations

import re

from sandbox.persons import Person
from tests.chat.shop import PASSWORD, Shop


async def logs_in(person: Person, email: str, password: str = PASSWORD) -> None:
    await person.types("/login")
    await person.types(email)
    await person.types(password)


async def code_by_mail(shop: Shop, address: str, *, after: int = 0) -> str:
    """The six digits of the newest mail to that address."""
    mails = await shop.telegram.mails(address, after=after, wait=5.0)
    found = re.search(r"\b(\d{6})\b", mails[-1]["text"])
    assert found is not None, mails[-1]
    return found[1]


def another(code: str) -> str:
    """Six other digits."""
    return "000000" if code != "000000" else "111111"


def own_messages(person: Person) -> list[str]:
    """What the person wrote and that still stands in the chat."""
    return [message.get("text", "") for message in person.messages if message["mine"]]
