"""The chat tests' shop, for the tests that kill it."""

from tests.chat.conftest import open_shop, shop, stocked

__all__ = ["open_shop", "shop", "stocked"]
