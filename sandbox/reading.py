"""Messages as text, for tests: what stands in them, and whole chats for error messages."""

from __future__ import annotations

import re

from sandbox.model import CONTENT_KINDS, Json

_SPACES = re.compile("[\u00a0\u202f\u2007\u2009]")
_ISOLATES = re.compile("[\u2066-\u2069\u200e\u200f\ufe0f]")


def plain(text: str) -> str:
    """Without what cannot be typed in a test: no-break spaces become spaces, marks of direction vanish."""
    return _ISOLATES.sub("", _SPACES.sub(" ", text))


def rows_of(message: Json) -> list[list[Json]]:
    """A message's inline buttons."""
    rows: list[list[Json]] = (message.get("reply_markup") or {}).get("inline_keyboard", [])
    return rows


def shown_text(message: Json) -> str:
    """All that can be read in a message, as `plain` text: text, caption, invoice, file name, service, buttons."""
    lines: list[str] = []
    kind = next((one for one in CONTENT_KINDS if one in message), "service")
    if kind == "service":
        lines.append(_service_text(message))
    elif kind == "invoice":
        invoice = message["invoice"]
        amount = f"{invoice['total_amount'] / 100:.2f} {invoice['currency']}"
        lines += [f"(invoice {amount})", invoice["title"], invoice["description"]]
    elif kind == "document":
        lines.append(f"(document {message['document'].get('file_name', '')})")
    elif kind == "sticker":
        lines.append(f"(sticker {message['sticker']['emoji']})")
    elif kind != "text":
        lines.append(f"({kind})")
    lines += [str(message[name]) for name in ("text", "caption") if name in message]
    lines += [" ".join(f"[ {button['text']} ]" for button in row) for row in rows_of(message)]
    return plain("\n".join(lines))


def _service_text(message: Json) -> str:
    if "successful_payment" in message:
        paid = message["successful_payment"]
        return f"(paid {paid['total_amount'] / 100:.2f} {paid['currency']})"
    names = ("new_chat_members", "left_chat_member", "new_chat_title", "group_chat_created", "supergroup_chat_created",
             "migrate_to_chat_id", "migrate_from_chat_id", "pinned_message")  # fmt: skip
    return f"({next((name for name in names if name in message), 'service message')})"


def transcript_text(messages: list[Json], keyboard: Json | None) -> str:
    """A chat as it reads: own lines begin with `>`."""
    parts: list[str] = []
    for message in messages:
        text = shown_text(message)
        if message["mine"]:
            parts.append("\n".join(f"> {line}" for line in text.splitlines()))
        else:
            who = message["from"]["first_name"]
            parts.append(f"{who}:\n" + "\n".join(f"    {line}" for line in text.splitlines()))
    for row in (keyboard or {}).get("keyboard", []):
        parts.append(" ".join(f"⌨ {key['text']}" for key in row))
    return "\n".join(parts)
