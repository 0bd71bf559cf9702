"""What may be wrong with a picture of a book's barcode."""

from __future__ import annotations

from enum import StrEnum


class NoIsbn(StrEnum):
    """Why no ISBN was read in a picture."""

    NOTHING = "nothing"
    """It shows no code."""
    OTHER_CODE = "other_code"
    """It shows codes, but none of them is a book's."""
    NOT_A_PICTURE = "not_a_picture"
    """It is no picture, or one of a kind that is not read."""
    TOO_LARGE = "too_large"
