"""Uploaded files: their ids, sizes and bytes; photos get the smaller sizes that Telegram makes."""

from __future__ import annotations

import base64
import hashlib
import io
import mimetypes
from typing import Any

from sandbox.errors import ApiError, bad_request
from sandbox.model import Json, StoredFile
from sandbox.store import Store

PREFIX = {
    "photo": "AgACAgIAAxk", "document": "BQACAgIAAxk", "sticker": "CAACAgIAAxk", "voice": "AwACAgIAAxk",
    "video": "BAACAgIAAxk", "audio": "CQACAgIAAxk", "animation": "CgACAgIAAxk",
}  # fmt: skip
FOLDER = {"photo": "photos", "document": "documents", "sticker": "stickers", "voice": "voice", "video": "videos",
          "audio": "music", "animation": "animations"}  # fmt: skip
MAX_PHOTO = 10 << 20
MAX_UPLOAD = 50 << 20
MAX_DOWNLOAD = 20 << 20
SIZES = (90, 320, 800, 1280)
"""The longest sides of the sizes s, m, x, y (core.telegram.org/api/files#image-thumbnail-types)."""


class Files:
    """All files by their id."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}
        self._sizes: dict[str, list[StoredFile]] = {}
        """The smaller sizes of each photo."""
        self._count = 0
        for _, row in store.load("file"):
            self._keep(StoredFile(**row))

    def _keep(self, file: StoredFile) -> StoredFile:
        self._by_id[file.file_id] = file
        self._by_path[file.path] = file
        if file.source:
            self._sizes.setdefault(file.source, []).append(file)
        self._count += 1
        return file

    def add(self, kind: str, name: str, mime: str, data: bytes, **fields: Any) -> StoredFile:
        """Keeps bytes as a new file of that kind. The same bytes have the same unique id, as in Telegram."""
        digest = hashlib.sha256(kind.encode() + data).digest()
        unique = base64.urlsafe_b64encode(digest[:12]).decode()
        unique_id = "AgAD" + unique
        serial = base64.urlsafe_b64encode(self._count.to_bytes(6, "big")).decode()
        file_id = PREFIX[kind] + unique + serial + "AQ"
        extension = mimetypes.guess_extension(mime) or ""
        path = f"{FOLDER[kind]}/file_{self._count}{extension}"
        file = StoredFile(file_id, unique_id, kind, name, mime, len(data), path=path, **fields)
        if not file.source:
            self._store.put_bytes(file_id, data)
        self._store.put("file", file_id, file)
        return self._keep(file)

    def find(self, file_id: str) -> StoredFile | None:
        return self._by_id.get(file_id)

    def at_path(self, path: str) -> StoredFile | None:
        """The file that `getFile` gave that `file_path`."""
        return self._by_path.get(path)

    def content(self, file: StoredFile) -> bytes:
        """The bytes; a smaller photo size is drawn when first read."""
        if not file.source:
            return self._store.get_bytes(file.file_id)
        from PIL import Image

        with Image.open(io.BytesIO(self._store.get_bytes(file.source))) as picture:
            small = picture.convert("RGB").resize((file.width, file.height))
        out = io.BytesIO()
        small.save(out, "JPEG", quality=85)
        return out.getvalue()

    def add_photo(self, data: bytes) -> list[StoredFile]:
        """The sizes of an uploaded photo, the smallest first; the API's 400s for what is no photo."""
        width, height = photo_dimensions(data)
        longest = max(width, height)
        scale = min(1.0, 1280 / longest)
        mime = picture_type(data)
        if scale < 1.0 or mime != "image/jpeg":
            data, width, height = _as_jpeg(data, max(1, round(width * scale)), max(1, round(height * scale)))
        full = self.add("photo", "", "image/jpeg", data, width=width, height=height)
        sizes = []
        for side in SIZES:
            if side < max(width, height):
                factor = side / max(width, height)
                small = (max(1, round(width * factor)), max(1, round(height * factor)))
                seed = f"{full.file_id}/{side}".encode()
                one = self.add(
                    "photo", "", "image/jpeg", seed, width=small[0], height=small[1], source=full.file_id
                )
                one.size = max(1, int(full.size * factor * factor))
                sizes.append(one)
        return [*sizes, full]

    def photo_sizes(self, full: StoredFile) -> list[StoredFile]:
        """All sizes of the photo that one of them belongs to."""
        root = full.source or full.file_id
        sizes = sorted(self._sizes.get(root, []), key=lambda size: size.width)
        return [*sizes, self._by_id[root]]


def picture_type(data: bytes) -> str:
    """The media type of a picture that Telegram takes as a photo; an empty text for anything else."""
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[:6] in (b"GIF87a", b"GIF89a"):
        return "image/gif"
    return "image/bmp" if data.startswith(b"BM") else ""


def photo_dimensions(data: bytes) -> tuple[int, int]:
    """Width and height; refuses what the server refuses: no picture, too big, too long or too narrow.

    core.telegram.org/bots/api#sendphoto: at most 10 MB, width and height together at most 10,000, their ratio at most 20.
    """
    if len(data) > MAX_PHOTO:
        raise bad_request("file is too big")
    if not picture_type(data):
        raise ApiError(400, "Bad Request: IMAGE_PROCESS_FAILED")
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as picture:
            picture.load()
            width, height = picture.size
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise ApiError(400, "Bad Request: IMAGE_PROCESS_FAILED") from None
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise ApiError(400, "Bad Request: PHOTO_INVALID_DIMENSIONS")
    return width, height


def _as_jpeg(data: bytes, width: int, height: int) -> tuple[bytes, int, int]:
    from PIL import Image

    with Image.open(io.BytesIO(data)) as picture:
        drawn = picture if picture.size == (width, height) else picture.resize((width, height))
        out = io.BytesIO()
        if drawn.mode in ("RGBA", "LA", "P"):
            layer = drawn.convert("RGBA")
            flat = Image.new("RGB", layer.size, "white")
            flat.paste(layer, mask=layer.getchannel("A"))
            flat.save(out, "JPEG", quality=87)
        else:
            drawn.convert("RGB").save(out, "JPEG", quality=87)
    return out.getvalue(), width, height


def photo_field(sizes: list[StoredFile]) -> list[Json]:
    """The Bot API's `PhotoSize` list."""
    return [
        {
            "file_id": one.file_id,
            "file_unique_id": one.unique_id,
            "file_size": one.size,
            "width": one.width,
            "height": one.height,
        }
        for one in sizes
    ]


def document_field(file: StoredFile) -> Json:
    """The Bot API's `Document` (and the like) of a file."""
    shown: Json = {"file_name": file.name} if file.name else {}
    shown.update(
        mime_type=file.mime, file_id=file.file_id, file_unique_id=file.unique_id, file_size=file.size
    )
    return shown
