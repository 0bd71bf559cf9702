"""A Bot API call's parameters: from the query, a form, JSON or multipart, all as the server reads them.

Rules: td HttpReader.cpp (parse_json_parameters: a value that is no string is taken as its JSON text) and
telegram-bot-api Client.cpp (to_bool, get_integer_arg).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from sandbox.errors import ApiError, bad_request

MAX_DEPTH = 100


@dataclass(frozen=True)
class Upload:
    """A file of a multipart body."""

    name: str
    type: str
    data: bytes


class Args:
    """The parameters by name. A missing one reads as an empty text."""

    def __init__(self, values: dict[str, str], files: dict[str, Upload] | None = None) -> None:
        self._values = values
        self.files = files or {}

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._values.items())

    def text(self, name: str) -> str:
        return self._values.get(name, "")

    def flag(self, name: str) -> bool:
        return self.text(name).strip().lower() in ("true", "yes", "1")

    def integer(self, name: str, default: int = 0, low: int | None = None, high: int | None = None) -> int:
        """A number as C reads it: its leading digits, 0 without any; `default` if missing; kept within the limits."""
        text = self.text(name).strip()
        value = leading_integer(text) if text else default
        if low is not None and value < low:
            return low
        if high is not None and value > high:
            return high
        return value

    def json(self, name: str, error: str) -> Any:
        """The decoded JSON value; None if missing or empty; `error` (400) if it is no JSON.

        A `null` reads as False: to the server it is a value of the wrong type, not a missing one.
        """
        text = self.text(name)
        if not text:
            return None
        try:
            value = json.loads(text)
        except ValueError:
            raise bad_request(error) from None
        return False if value is None else value


def leading_integer(text: str) -> int:
    """The number that a text begins with, 0 if it begins with none."""
    sign = -1 if text.startswith("-") else 1
    digits = ""
    for char in text.lstrip("+-"):
        if not ("0" <= char <= "9"):
            break
        digits += char
    return sign * int(digits) if digits else 0


def json_or_none(text: str) -> Any:
    """The JSON value; None if it is missing or no JSON, where the server overlooks that."""
    try:
        return json.loads(text) if text else None
    except ValueError:
        return None


def _as_text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


async def read_args(request: web.Request) -> Args:
    """Reads a call. Later sources add to earlier ones: the query, then the body."""
    values: dict[str, str] = dict(request.query)
    files: dict[str, Upload] = {}
    if request.method == "POST" and request.body_exists:
        kind = request.content_type
        if "json" in kind:
            values.update(_json_values(await request.read()))
        elif kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
            for name, field in (await request.post()).items():
                if isinstance(field, web.FileField):
                    files[name] = Upload(field.filename, field.content_type, field.file.read())
                elif isinstance(field, str):
                    values[name] = field
                else:
                    values[name] = bytes(field).decode("utf-8", "replace")
        else:
            await request.read()
    return Args(values, files)


def _json_values(body: bytes) -> dict[str, str]:
    if not body:
        return {}
    try:
        decoded = json.loads(body)
    except (ValueError, RecursionError):
        raise ApiError(400, "Bad Request: can't parse JSON object") from None
    if not isinstance(decoded, dict):
        raise ApiError(400, "Bad Request: JSON object expected")
    return {name: _as_text(value) for name, value in decoded.items()}
