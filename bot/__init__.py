"""The chat: what people see and press."""

import os

# python-telegram-bot's waits as timedelta, as its next major version has them; without, it warns at each.
os.environ.setdefault("PTB_TIMEDELTA", "1")
