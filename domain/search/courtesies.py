"""What people say before they ask for anything, and after: a message that is nothing else looks for no book."""

from __future__ import annotations

from enum import StrEnum

from domain.search.folding import plain_words


class Courtesy(StrEnum):
    GREETING = "greeting"
    THANKS = "thanks"


def _phrases(text: str) -> frozenset[str]:
    return frozenset(" ".join(plain_words(phrase)) for phrase in text.split("|"))


_SAID = {
    Courtesy.GREETING: _phrases(
        "hi|hello|hey|hiya|hi there|hello there|hey there|good morning|good afternoon|good evening|good day|howdy"
        "|hallo|hallöchen|guten tag|guten morgen|guten abend|tag|moin|moin moin|servus|grüß gott|gruess gott|grüezi|hi zusammen"
        "|bonjour|bonsoir|salut|coucou|hola|buenas|buenos días|buenas tardes|buenas noches|ciao|salve|buongiorno"
        "|buonasera|olá|bom dia|boa tarde|boa noite|hej|hoi|goedendag|dzień dobry|cześć|привет|здравствуйте"
        "|добрый день|добрый вечер|доброе утро|привіт|добрий день|merhaba|مرحبا|السلام عليكم|שלום|你好|您好|こんにちは|안녕하세요"
    ),
    Courtesy.THANKS: _phrases(
        "thanks|thank you|thank you very much|thank you so much|many thanks|thanks a lot|thanks so much|cheers|ty|thx"
        "|danke|danke schön|dankeschön|danke sehr|vielen dank|besten dank|herzlichen dank|tausend dank"
        "|merci|merci beaucoup|gracias|muchas gracias|grazie|grazie mille|obrigado|obrigada|bedankt|dank je|tack"
        "|dziękuję|спасибо|большое спасибо|дякую|شكرا|תודה|谢谢|ありがとう|ありがとうございます|감사합니다"
    ),
}


def courtesy(text: str) -> Courtesy | None:
    """What a message says if it says nothing but that."""
    said = " ".join(plain_words(text))
    return next((kind for kind, phrases in _SAID.items() if said in phrases), None)
