"""Logins as signed JSON Web Tokens (RFC 7519)."""

from __future__ import annotations

from datetime import UTC, datetime

import jwt

from domain.ids import ChatId, CustomerId, SessionId
from domain.ports.clock import Clock
from domain.session import Claims, Session
from identity.keys import derived_key

_ALGORITHM = "HS256"
_ISSUER = "bookstall"


class JwtTokens:
    """HS256, and nothing else, whatever a token's header says. Raises `identity.keys.SecretTooShort` when made."""

    def __init__(self, secret: str, clock: Clock) -> None:
        self._key = derived_key(secret, "tokens")
        self._clock = clock

    def issue(self, session: Session) -> str:
        return jwt.encode(
            {
                "iss": _ISSUER,
                "jti": session.id,
                "sub": str(session.customer_id),
                "chat": session.chat_id,
                "iat": int(session.issued_at.timestamp()),
                "exp": int(session.expires_at.timestamp()),
            },
            self._key,
            algorithm=_ALGORITHM,
        )

    def verify(self, token: str) -> Claims | None:
        try:
            said = jwt.decode(
                token,
                self._key,
                algorithms=[_ALGORITHM],
                issuer=_ISSUER,
                # The times are held against the shop's clock below, not the machine's.
                options={"require": ["jti", "sub", "exp"], "verify_exp": False, "verify_iat": False},
            )
            claims = Claims(
                session_id=SessionId(said["jti"]),
                customer_id=CustomerId(int(said["sub"])),
                chat_id=ChatId(int(said["chat"])),
                expires_at=datetime.fromtimestamp(int(said["exp"]), UTC),
            )
        except (jwt.InvalidTokenError, KeyError, TypeError, ValueError, OverflowError):
            return None
        return claims if self._clock.now() < claims.expires_at else None
