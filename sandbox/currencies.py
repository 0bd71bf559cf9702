"""The smallest and the largest amount that an invoice may have, in minor units.

core.telegram.org/bots/payments#supported-currencies: about one US dollar to ten thousand. Telegram publishes exact
numbers that follow the exchange rates (currencies.json); these are round ones, on the strict side.
"""

from __future__ import annotations

LIMITS: dict[str, tuple[int, int]] = {
    "USD": (100, 1_000_000), "EUR": (100, 850_000), "GBP": (100, 750_000), "CHF": (100, 800_000), "CAD": (150, 1_300_000),
    "AUD": (150, 1_400_000), "NZD": (170, 1_600_000), "SEK": (1_000, 9_000_000), "NOK": (1_000, 9_500_000),
    "DKK": (700, 6_000_000), "PLN": (400, 3_500_000), "CZK": (2_200, 20_000_000), "HUF": (36_000, 330_000_000),
    "RON": (450, 4_200_000), "BGN": (190, 1_600_000), "TRY": (4_200, 38_000_000), "UAH": (4_200, 40_000_000),
    "ILS": (370, 3_300_000), "INR": (9_000, 83_000_000), "JPY": (160, 1_400_000), "KRW": (1_450, 13_000_000),
    "CNY": (750, 7_000_000), "HKD": (790, 7_700_000), "SGD": (140, 1_250_000), "TWD": (3_300, 29_000_000),
    "THB": (3_500, 31_000_000), "BRL": (580, 5_300_000), "MXN": (2_000, 18_000_000), "ZAR": (1_850, 17_000_000),
}  # fmt: skip
