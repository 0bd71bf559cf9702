"""Which addresses Telegram accepts in links and buttons (td LinkManager.cpp: check_link, HttpUrl.cpp: parse_url)."""

from __future__ import annotations

import re
from urllib.parse import parse_qs

_HOST = re.compile(r"(?:[A-Za-z0-9.\-_!$,~*'();&+=\u0080-\U0010ffff]|%[0-9A-Fa-f]{2})+")
_PARTS = re.compile(
    r"(?:(?P<scheme>[^:/?#@\[\]]*)://)?(?:(?P<userinfo>[^/?#]*)@)?(?P<host>\[[^\]/?#]*\]|[^/?#:]*)(?::(?P<port>[^/?#]*))?"
    r"(?P<rest>.*)",
    re.DOTALL,
)


class LinkError(ValueError):
    """Why an address is refused."""


def link_user_id(link: str) -> int:
    """The user that a `tg://user?id=` link names, 0 for any other link."""
    match = re.fullmatch(r"tg:(?://)?user/?\?([^#]*)(?:#.*)?", link, re.IGNORECASE)
    values = parse_qs(match[1].lower()).get("id", []) if match else []
    return int(values[0]) if values and re.fullmatch(r"-?\d+", values[0]) else 0


def checked_link(link: str, *, https_only: bool = False) -> str:
    """The address as Telegram writes it (a scheme and a path added); LinkError if it is no address."""
    special = re.match(r"(tg|tonsite|ton):(?://)?", link, re.IGNORECASE)
    rest = link[special.end() :] if special else link
    parts = _PARTS.fullmatch(rest)
    assert parts is not None
    scheme = (parts["scheme"] if parts["scheme"] is not None else "http").lower()
    if scheme not in ("http", "https"):
        raise LinkError("Unsupported URL protocol")
    port = parts["port"]
    if port is not None and not (port.isascii() and port.isdigit() and 0 < int(port) <= 65535):
        raise LinkError("Wrong port number specified in the URL")
    host = parts["host"].lower()
    if not host:
        raise LinkError("URL host is empty")
    if host == ".":
        raise LinkError("Host is invalid")
    if not host.startswith("[") and not _HOST.fullmatch(host):
        raise LinkError("Disallowed character in URL host")
    if https_only and (special or scheme != "https"):
        raise LinkError("Only HTTPS links are allowed")
    path = parts["rest"].rstrip() or "/"
    path = path if path.startswith("/") else "/" + path
    if special:
        return f"{special[1].lower()}://{host}{path[1:] if path.startswith('/?') else path}"
    if "." not in host and not host.startswith("["):
        raise LinkError("Wrong HTTP URL")
    userinfo = f"{parts['userinfo']}@" if parts["userinfo"] else ""
    path = re.sub(r"[\x00-\x20]", lambda found: f"%{ord(found[0]):02X}", path)
    return f"{scheme}://{userinfo}{host}{f':{port}' if port else ''}{path}"
