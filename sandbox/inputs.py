"""Files in a call: uploaded in the body, named by `attach://`, by file id, or by an HTTP address.

Rules: telegram-bot-api Client.cpp (get_input_file, process_send_photo_query), td FileManager.cpp (from_persistent_id,
check_input_file_id) and core.telegram.org/bots/api#sending-files (5 MB for a photo by address, 20 MB for other files).
"""

from __future__ import annotations

import base64
import mimetypes
import re
from typing import TYPE_CHECKING

import aiohttp

from sandbox.errors import ApiError, bad_request
from sandbox.files import MAX_DOWNLOAD, MAX_UPLOAD, document_field, photo_field, picture_type
from sandbox.links import LinkError, checked_link
from sandbox.model import Json, StoredFile
from sandbox.params import Args, Upload

if TYPE_CHECKING:
    from sandbox.sandbox import Sandbox

MAX_PHOTO_BY_ADDRESS = 5 << 20
ADDRESS_TIMEOUT = 5.0
_DOCUMENT_LIKE = ("document", "video", "audio", "animation", "voice")


async def photo_input(sandbox: Sandbox, args: Args, field: str, value: str) -> Json:
    """The `photo` content field from an upload, a file id or an address."""
    found = await _source(sandbox, args, field, value, "photo")
    if isinstance(found, StoredFile):
        return {"photo": photo_field(sandbox.world.files.photo_sizes(found))}
    return {"photo": photo_field(sandbox.world.files.add_photo(found.data))}


async def document_input(sandbox: Sandbox, args: Args, field: str, value: str) -> Json:
    """The `document` content field from an upload, a file id or an address."""
    found = await _source(sandbox, args, field, value, "document")
    if not isinstance(found, StoredFile):
        if not found.data:
            raise bad_request("file must be non-empty")
        if len(found.data) > MAX_UPLOAD:
            raise ApiError(413, "Request Entity Too Large")
        mime = found.type or mimetypes.guess_type(found.name)[0] or "application/octet-stream"
        found = sandbox.world.files.add("document", found.name, mime, found.data)
    return {found.kind: document_field(found)}


async def _source(sandbox: Sandbox, args: Args, field: str, value: str, kind: str) -> StoredFile | Upload:
    if value.startswith("attach://"):
        field = value.removeprefix("attach://")
    elif value:
        return await _remote(sandbox, value, kind)
    upload = args.files.get(field)
    if upload is None:
        raise bad_request(f"There is no {kind} in the request")
    return upload


async def _remote(sandbox: Sandbox, value: str, kind: str) -> StoredFile | Upload:
    file = sandbox.world.files.find(value)
    if file is not None:
        same = file.kind == kind or (file.kind in _DOCUMENT_LIKE and kind in _DOCUMENT_LIKE)
        if not same:
            raise bad_request(f"Can't use file of type {file.kind.title()} as {kind.title()}")
        return file
    if "." in value:
        return await _download(sandbox, value, kind)
    raise unknown_file_id(value)


def unknown_file_id(value: str) -> ApiError:
    """The refusal for a file id that is none, or none of this bot's."""
    reason = "Wrong remote file identifier specified: "
    if not re.fullmatch(r"[A-Za-z0-9_-]*={0,2}", value):
        return bad_request(reason + "Wrong character in the string")
    bare = value.rstrip("=")
    if len(bare) % 4 == 1:
        return bad_request(reason + "Wrong string length")
    decoded = base64.urlsafe_b64decode(bare + "=" * (-len(bare) % 4))
    if not decoded:
        return bad_request("Remote file identifier must be non-empty")
    if decoded[-1] != 4:
        return bad_request(reason + "can't unserialize it. Wrong last symbol")
    return bad_request("Wrong file identifier/HTTP URL specified")


async def _download(sandbox: Sandbox, value: str, kind: str) -> Upload:
    try:
        address = checked_link(value)
    except LinkError as error:
        raise bad_request(f"Invalid file HTTP URL specified: {error}") from None
    limit = MAX_PHOTO_BY_ADDRESS if kind == "photo" else MAX_DOWNLOAD
    timeout = aiohttp.ClientTimeout(total=ADDRESS_TIMEOUT)
    try:
        async with sandbox.http.get(address, timeout=timeout) as response:
            if response.status != 200:
                raise bad_request("Failed to get HTTP URL content")
            data = await response.content.read(limit + 1)
            while len(data) <= limit and (more := await response.content.read(limit + 1 - len(data))):
                data += more
            name = response.url.name or "file"
            mime = response.content_type
    except (aiohttp.ClientError, TimeoutError):
        raise bad_request("Failed to get HTTP URL content") from None
    if len(data) > limit or (kind == "photo" and not picture_type(data)):
        raise bad_request("Wrong type of the web page content")
    return Upload(name, mime, data)
