"""What the codes of EDItEUR's lists mean to a bookshop. A code that is in no table here is reported."""

from __future__ import annotations

from typing import Final

from domain.book import Form
from domain.catalogue import Role
from domain.feed import Availability, Notification

# List 1. A test record (88, 89) is no notification.
NOTIFICATIONS: Final = {
    "01": Notification.REPLACE,
    "02": Notification.REPLACE,
    "03": Notification.REPLACE,
    "04": Notification.PARTIAL,
    "05": Notification.DELETE,
}
TEST_NOTIFICATIONS: Final = frozenset({"88", "89"})

# List 5, in the order of trust: ISBN-13, GTIN-13, ISBN-10.
ISBN_ID_TYPES: Final = ("15", "03", "02")

# List 15: other names that somebody may ask for. The rest (distributor's, abbreviated, expanded) are trade spellings.
OTHER_TITLE_TYPES: Final = frozenset({"03", "04", "06", "08", "11", "12", "14", "15", "16"})


def _roles(text: str, *roles: Role) -> dict[str, tuple[Role, ...]]:
    return dict.fromkeys(text.split(), roles)


# List 17.
ROLES: Final = {
    **_roles("A01 A02 A03 A04 A05 A06 A09 A14 A26 A31 A38 A42 A43 A45 A99 B03 B05 B07 B22", Role.AUTHOR),
    **_roles("A07 A08 A12 A13 A35 A40 A46 A47 A52", Role.ILLUSTRATOR),
    **_roles("B01 B02 B04 B09 B11 B12 B13 B16 B19 B20 B21 B24 B26 B29 B31 B36 C01 C02 C04 C99", Role.EDITOR),
    **_roles("B06 B08 B32", Role.TRANSLATOR),
    "B10": (Role.EDITOR, Role.TRANSLATOR),
    **_roles("E03 E07 E11", Role.NARRATOR),
    **_roles(
        "A10 A11 A15 A16 A17 A18 A19 A20 A21 A22 A23 A24 A25 A27 A28 A29 A30 A32 A33 A34 A36 A37 A39 A41 A44 A48 A49 A50 A51"
        " A56 B14 B15 B17 B18 B23 B25 B27 B28 B30 B33 B34 B35 B99 C03 D01 D02 D03 D04 D99 E01 E02 E04 E05 E06 E08 E09 E10 E99"
        " F01 F02 F99 Z01 Z02 Z03 Z04 Z05 Z06 Z98 Z99",
        Role.OTHER,
    ),
}

# List 23, in the order in which they tell how thick a book is; list 24: pages.
PAGE_EXTENTS: Final = ("00", "05", "11", "07", "08", "06", "10", "02")
PAGES: Final = "03"

# List 150, by the first letter where the second does not matter.
FORMS: Final = {
    "BB": Form.HARDBACK, "BG": Form.HARDBACK, "BH": Form.HARDBACK, "BC": Form.PAPERBACK, "BF": Form.PAPERBACK,
    "A": Form.AUDIO, "D": Form.EBOOK, "E": Form.EBOOK, "L": Form.EBOOK, "00": Form.OTHER,
    "B": Form.OTHER, "C": Form.OTHER, "F": Form.OTHER, "M": Form.OTHER, "P": Form.OTHER, "S": Form.OTHER, "V": Form.OTHER,
    "Z": Form.OTHER,
}  # fmt: skip
UNSPECIFIED_FORMS: Final = frozenset({"00", "BA"})
# List 175: kinds of paperback; cloth and paper over boards.
PAPERBACK_DETAILS: Final = "B10"
HARDBACK_DETAILS: Final = frozenset({"B401", "B402"})
TRADE_ONLY_FORM: Final = "X"

# List 58: what a customer pays, with tax, in the order in which it counts; and the same without tax. All others are between
# the trade's firms and never shown.
RETAIL_WITH_TAX: Final = ("04", "02", "42", "34", "14", "12", "24", "22")
RETAIL_WITHOUT_TAX: Final = ("03", "01", "41", "33", "13", "11", "23", "21", "31")
PRE_PUBLICATION: Final = frozenset({"21", "22", "23", "24"})
SUPPLIER_PRICES: Final = frozenset(
    {"05", "06", "07", "08", "09", "15", "17", "25", "27", "32", "35", "36", "37"}
)
# List 59: prices that anybody pays. The others are for members, libraries, schools, exporters.
CONSUMER_QUALIFIERS: Final = frozenset({"", "00", "05"})

# Lists 64 (publishing) and 68 (market); None says nothing of supply.
STATUS: Final = {
    "00": None, "01": Availability.UNAVAILABLE, "02": Availability.PREORDER, "03": Availability.UNAVAILABLE, "04": None,
    "05": Availability.UNAVAILABLE, "06": Availability.UNAVAILABLE, "07": Availability.UNAVAILABLE,
    "08": Availability.UNAVAILABLE, "09": None, "10": Availability.UNAVAILABLE, "11": Availability.UNAVAILABLE,
    "12": Availability.RECALLED, "13": None, "15": Availability.RECALLED, "16": Availability.UNAVAILABLE,
    "17": Availability.UNAVAILABLE, "18": None,
}  # fmt: skip
MARKET_STATUS: Final = STATUS | {"12": Availability.UNAVAILABLE, "14": None}

# List 65.
AVAILABILITY: Final = {
    "01": Availability.UNAVAILABLE, "09": Availability.UNAVAILABLE, "10": Availability.PREORDER,
    "11": Availability.PREORDER, "12": Availability.PREORDER, "20": Availability.IN_STOCK, "21": Availability.IN_STOCK,
    "22": Availability.TO_ORDER, "23": Availability.TO_ORDER, "30": Availability.UNAVAILABLE, "31": Availability.UNAVAILABLE,
    "32": Availability.UNAVAILABLE, "33": Availability.UNAVAILABLE, "34": Availability.UNAVAILABLE,
    "40": Availability.UNAVAILABLE, "41": Availability.UNAVAILABLE, "42": Availability.UNAVAILABLE,
    "43": Availability.UNAVAILABLE, "44": Availability.TO_ORDER, "45": Availability.UNAVAILABLE,
    "46": Availability.UNAVAILABLE, "47": Availability.UNAVAILABLE, "48": Availability.UNAVAILABLE,
    "49": Availability.RECALLED, "50": Availability.UNAVAILABLE, "51": Availability.UNAVAILABLE,
    "52": Availability.UNAVAILABLE, "97": None, "98": None, "99": Availability.TO_ORDER,
}  # fmt: skip
EXPECTED: Final = "08"
"""List 166: the supply date on which it is expected."""

# List 163.
PUBLICATION, EMBARGO = "01", "02"
YEAR_ROLES: Final = ("01", "37", "11", "19", "20")

# List 153: descriptions for a customer, the fullest first; list 154: texts that anybody may see.
DESCRIPTIONS: Final = ("03", "02", "05", "27", "30", "10")
PUBLIC_AUDIENCES: Final = frozenset({"", "00", "03"})

# List 158: pictures of the front; list 159: images.
FRONT_COVERS: Final = ("01", "03", "29", "27")
IMAGE: Final = "03"

EUROZONE: Final = frozenset(
    {"AT", "BE", "BG", "CY", "DE", "EE", "ES", "FI", "FR", "GR", "HR", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PT", "SI",
     "SK"}
)  # fmt: skip

# List 27: schemes whose codes become the shop's subjects, and those that say something else and are passed over quietly.
KEYWORDS: Final = "20"
QUIET_SCHEMES: Final = frozenset(
    {"11", "13", "14", "15", "16", "17", "22", "23", "24", "85", "86", "90", "94", "95", "96", "97", "99", "B2", "B4", "B5",
     "B8", "C6"}
)  # fmt: skip
INTEREST_AGE: Final = "98"
HEADING_SCHEMES: Final = frozenset({"04", "06", "19", "27", "62", "63", "72", "74", "91", "A5", "A8", "B6"})
DEWEY_SCHEMES: Final = frozenset({"01", "02", "18", "30", "36"})
