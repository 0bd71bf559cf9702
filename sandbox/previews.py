"""Previews of links, as far as they are pictures: what `link_preview_options` asks for, and what people see of it.

Telegram fetches an address itself, shows people its own copy, and keeps that for long whatever becomes of the original
(github.com/tdlib/telegram-bot-api/issues/559). Only an address that the bot names in the options is looked at here, and only a
picture becomes a preview; a web page stays without. An address that brings nothing is no error: the message comes without.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import aiohttp

from sandbox.errors import ApiError
from sandbox.files import photo_field, picture_type
from sandbox.links import LinkError, checked_link
from sandbox.model import Json, StoredFile
from sandbox.store import Store

if TYPE_CHECKING:
    from sandbox.sandbox import Sandbox

MAX_PICTURE = 5 << 20
PATIENCE = 5.0
"""Seconds that an address has to bring its picture."""
_FLAGS = ("is_disabled", "prefer_small_media", "prefer_large_media", "show_above_text")


class Previews:
    """The pictures that were fetched, by their addresses."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._photos: dict[str, list[Json]] = dict(store.load("preview"))

    def of(self, content: Json) -> Json | None:
        """The preview of a message with that content, as people see it."""
        options = content.get("link_preview_options") or {}
        photo = self._photos.get(options.get("url", ""))
        if photo is None or options.get("is_disabled"):
            return None
        shown: Json = {"url": options["url"], "photo": photo}
        return shown | ({"show_above_text": True} if options.get("show_above_text") else {})

    async def look(self, sandbox: Sandbox, content: Json) -> None:
        """Fetches what the content's options name, unless it was fetched before."""
        options = content.get("link_preview_options") or {}
        address = str(options.get("url", ""))
        if not address or options.get("is_disabled") or address in self._photos:
            return
        data = await remote_picture(sandbox, address)
        if data is None:
            return
        try:
            sizes: list[StoredFile] = sandbox.world.files.add_photo(data)
        except ApiError:
            return  # looks like a picture, and is none that can be shown
        self._photos[address] = photo_field(sizes)
        self._store.put("preview", address, self._photos[address])


def checked_options(value: Any) -> Json | None:
    """What a bot may say of previews (Client.cpp: get_link_preview_options), without what says nothing. ValueError if it is wrong."""
    if not isinstance(value, dict):
        raise ValueError("Object expected as link preview options")
    for name in _FLAGS:
        if not isinstance(value.get(name, False), bool):
            raise ValueError(f'Field "{name}" must be of type Boolean')
    if not isinstance(value.get("url", ""), str):
        raise ValueError('Field "url" must be of type String')
    return {name: value[name] for name in ("url", *_FLAGS) if value.get(name)} or None


async def remote_picture(sandbox: Sandbox, address: str) -> bytes | None:
    """The picture at a public address; None if there is none. What is on this machine counts as public here."""
    try:
        link = checked_link(address)
        async with asyncio.timeout(PATIENCE), sandbox.http.get(link) as response:
            if response.status != 200:
                return None
            data = b""
            while len(data) <= MAX_PICTURE and (more := await response.content.read(MAX_PICTURE + 1)):
                data += more
    except (LinkError, aiohttp.ClientError, TimeoutError):
        return None
    return data if picture_type(data) and len(data) <= MAX_PICTURE else None
