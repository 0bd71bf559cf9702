"""What `doctor` says of the covers that cards in other chats have from the shop's public address."""

from __future__ import annotations

import aiohttp

from bot.commandline.findings import Finding, Verdict
from bot.covers import FOLDER, addresses
from bot.screens.cover import cover_of
from bot.settings import Settings
from domain.ports.unit_of_work import UnitOfWork

_PATIENCE = aiohttp.ClientTimeout(total=8)
_LOOKED_AT = 50
"""Of so many new books, one will be without a cover of its own."""


async def covers(settings: Settings, unit_of_work: UnitOfWork) -> list[Finding]:
    """Whether the world sees them: one is asked for, as Telegram would. Nothing while the shop is closed, or has no public
    address, or only books whose covers a feed brought."""
    if not settings.public:
        return []
    async with unit_of_work.reading() as look:
        shown = [cover_of(book) for book in await look.books.newest(_LOOKED_AT) if not book.cover_url]
    if not shown:
        return []
    here, there = (addresses(at)(shown[0]).thumbnail for at in (f"http://{settings.listen}", settings.public))
    async with aiohttp.ClientSession(timeout=_PATIENCE) as http:
        if not await _is_picture(http, here):
            return []
        if await _is_picture(http, there):
            return [
                Finding(
                    "covers",
                    Verdict.GOOD,
                    f"cards in other chats have theirs from {settings.public}/{FOLDER}/",
                )
            ]
    return [
        Finding(
            "covers",
            Verdict.NOTE,
            f"cannot be had at {settings.public}/{FOLDER}/: cards in other chats are shown without",
            f"let your web server pass on /{FOLDER}/ as deploy/Caddyfile and deploy/nginx.conf do",
        )
    ]


async def _is_picture(http: aiohttp.ClientSession, address: str) -> bool:
    try:
        async with http.get(address) as answer:
            return answer.status == 200 and answer.content_type == "image/jpeg"
    except (TimeoutError, aiohttp.ClientError):
        return False
