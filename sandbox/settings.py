"""What can be chosen about a sandbox before it starts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

DEFAULT_TOKEN = "7000000001:SANDBOX-AAE8p0Qj1mZ2vYk3uXw4tRs5qLn6"  # noqa: S105 (a made-up token, valid only here)
DEFAULT_CARD_KEY = "card_key_sandbox_3f0c8a61d2"  # of an account that takes no real money
DEFAULT_CARD_WEBHOOK_SECRET = "card_whsec_sandbox_9b14e7"  # noqa: S105 (signs events of this sandbox alone)


@dataclass(frozen=True)
class Settings:
    host: str = "127.0.0.1"
    port: int = 0
    """0 takes a free one."""
    state: Path | None = None
    """The directory that keeps everything; None: memory only."""
    smtp_port: int = 0
    """0 takes a free one, -1 leaves the mailbox closed."""
    token: str = DEFAULT_TOKEN
    bot_name: str = "Sandbox Bot"
    bot_username: str = "sandbox_bot"
    flood_limits: bool = False
    inline: bool = True
    inline_feedback: bool = True
    card_key: str = DEFAULT_CARD_KEY
    """The key of the shop's account at the card gateway."""
    card_webhook_secret: str = DEFAULT_CARD_WEBHOOK_SECRET
    reads_groups: bool = False
    """Privacy mode off."""
    with_input: bool = False
    """End when the standard input does: with the program that started it, however that ends."""

    @property
    def bot_id(self) -> int:
        return int(self.token.split(":", 1)[0])
