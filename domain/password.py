"""What a password may be (after NIST SP 800-63B, 3.1.1.2: length and a list of the usual ones; no rules of composition)."""

from __future__ import annotations

import unicodedata

from domain.customer import normalise_email
from domain.errors import WeakPassword
from domain.usual_passwords import USUAL_PASSWORDS

MIN_LENGTH = 8
MAX_LENGTH = 128
"""Characters, counted as Unicode code points after normalisation."""


def normalise_password(text: str) -> str:
    """The form that is hashed: NFC, as keyboards differ in how they write the same accented letter."""
    return unicodedata.normalize("NFC", text)


def check_new_password(text: str, email: str) -> str:
    """The password to hash. Raises WeakPassword."""
    password = normalise_password(text)
    if len(password) < MIN_LENGTH:
        raise WeakPassword("short", MIN_LENGTH)
    if len(password) > MAX_LENGTH:
        raise WeakPassword("long", MAX_LENGTH)
    folded, address = password.casefold(), normalise_email(email)
    if folded in (address, address.rpartition("@")[0]):
        raise WeakPassword("email")
    if folded in USUAL_PASSWORDS or len(set(folded)) == 1:
        raise WeakPassword("common")
    return password
