"""Stickers that people send: one emoji, drawn large."""

from __future__ import annotations

from html import escape

from sandbox.files import Files
from sandbox.model import Json

SET_NAME = "SandboxEmoji"


def sticker_picture(emoji: str) -> str:
    """The sticker as an SVG picture."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512">'
        f'<text x="256" y="256" font-size="400" text-anchor="middle" dominant-baseline="central">{escape(emoji)}</text></svg>'
    )


def sticker_field(files: Files, emoji: str) -> Json:
    """The Bot API's `Sticker`."""
    file = files.add("sticker", emoji, "image/webp", sticker_picture(emoji).encode(), width=512, height=512)
    return {
        "width": 512, "height": 512, "emoji": emoji, "set_name": SET_NAME, "is_animated": False, "is_video": False,
        "type": "regular", "file_id": file.file_id, "file_unique_id": file.unique_id, "file_size": file.size,
    }  # fmt: skip
