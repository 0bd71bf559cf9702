"""A login: its row can be revoked, its token is what the dialogue carries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.ids import ChatId, CustomerId, SessionId


@dataclass(frozen=True, slots=True)
class Session:
    """A login of one customer in one chat, good until ``expires_at`` unless revoked."""

    id: SessionId
    customer_id: CustomerId
    chat_id: ChatId
    issued_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Claims:
    """What a verified token says."""

    session_id: SessionId
    customer_id: CustomerId
    chat_id: ChatId
    expires_at: datetime
