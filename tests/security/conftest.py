"""The chat tests' shop, for what must hold whoever knocks."""

from tests.chat.conftest import open_shop, shop, stocked

__all__ = ["open_shop", "shop", "stocked"]
