"""Short codes and proofs, keyed with the shop's secret."""

from __future__ import annotations

import hashlib
import hmac

from identity.keys import derived_key


class HmacCodes:
    """`domain.ports.identity.CodeHasher`: HMAC-SHA256, as hexadecimal digits.

    A six-digit code has a million values, so a plain hash of it is found in a second; without the key it is not.
    """

    def __init__(self, secret: str) -> None:
        self._hash_key = derived_key(secret, "codes")
        self._derive_key = derived_key(secret, "derived-codes")

    def hash(self, purpose: str, subject: str, code: str) -> str:
        return _mac(self._hash_key, purpose, subject, code).hex()

    def derive(self, purpose: str, subject: str, nonce: str, digits: int) -> str:
        # 256 bits modulo a million: the bias towards small codes is below 2**-230.
        number = int.from_bytes(_mac(self._derive_key, purpose, subject, nonce), "big")
        return str(number % 10**digits).zfill(digits)


def _mac(key: bytes, *parts: str) -> bytes:
    # Each part goes with its length, so that no two different lists of parts are the same message.
    message = b"".join(len(raw).to_bytes(4, "big") + raw for raw in (part.encode() for part in parts))
    return hmac.new(key, message, hashlib.sha256).digest()
