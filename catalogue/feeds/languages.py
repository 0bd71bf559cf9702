"""Language codes of all kinds, brought to ISO 639-3."""

from __future__ import annotations

from typing import Final

# ISO 639-2/B where it differs from 639-2/T, which 639-3 keeps; and the collective codes that the trade still uses.
_BIBLIOGRAPHIC: Final = {
    "alb": "sqi", "arm": "hye", "baq": "eus", "bur": "mya", "chi": "zho", "cze": "ces", "dut": "nld", "fre": "fra",
    "geo": "kat", "ger": "deu", "gre": "ell", "ice": "isl", "mac": "mkd", "mao": "mri", "may": "msa", "per": "fas",
    "rum": "ron", "slo": "slk", "tib": "bod", "wel": "cym", "scr": "hrv", "scc": "srp", "mol": "ron", "jap": "jpn",
}  # fmt: skip

# ISO 639-1, of the languages in which books are sold.
_TWO_LETTERS: Final = {
    "af": "afr", "ar": "ara", "be": "bel", "bg": "bul", "bn": "ben", "bs": "bos", "ca": "cat", "cs": "ces", "cy": "cym",
    "da": "dan", "de": "deu", "el": "ell", "en": "eng", "eo": "epo", "es": "spa", "et": "est", "eu": "eus", "fa": "fas",
    "fi": "fin", "fr": "fra", "ga": "gle", "gl": "glg", "he": "heb", "hi": "hin", "hr": "hrv", "hu": "hun", "hy": "hye",
    "id": "ind", "is": "isl", "it": "ita", "ja": "jpn", "ka": "kat", "ko": "kor", "la": "lat", "lt": "lit", "lv": "lav",
    "mk": "mkd", "ms": "msa", "mt": "mlt", "nl": "nld", "no": "nor", "nb": "nob", "nn": "nno", "pl": "pol", "pt": "por",
    "ro": "ron", "ru": "rus", "sk": "slk", "sl": "slv", "sq": "sqi", "sr": "srp", "sv": "swe", "sw": "swa", "ta": "tam",
    "te": "tel", "th": "tha", "tr": "tur", "uk": "ukr", "ur": "urd", "vi": "vie", "yi": "yid", "zh": "zho",
}  # fmt: skip

_NO_LANGUAGE: Final = frozenset({"und", "mul", "mis", "zxx", "|||", "   ", "xxx"})


def language_code(text: str) -> str | None:
    """The ISO 639-3 code of a code of 639-1, 639-2 (either) or 639-3, or of a tag such as ``de-AT``.

    Empty for codes that name no one language (``und``, ``mul``); None for what is no code at all.
    """
    code = text.strip().lower().replace("_", "-").partition("-")[0]
    if not code or code in _NO_LANGUAGE:
        return ""
    if len(code) == 2:
        return _TWO_LETTERS.get(code)
    if len(code) == 3 and code.isascii() and code.isalpha():
        return _BIBLIOGRAPHIC.get(code, code)
    return None
