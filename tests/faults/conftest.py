"""The chat tests' shop, for the faults that Telegram has a part in."""

from tests.chat.conftest import open_shop, shop, stocked

__all__ = ["open_shop", "shop", "stocked"]
