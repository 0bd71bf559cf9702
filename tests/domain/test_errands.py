"""What people ask of a shop besides a book, as they say it."""

from __future__ import annotations

import pytest

from domain.search.errands import Errand, errand

SAID = {
    Errand.CART: "my cart|show me my cart please|what's in my basket?|Warenkorb|zeig mir meinen Warenkorb bitte|mon panier",
    Errand.CHECKOUT: "checkout|I'd like to pay|zur Kasse|ich möchte bezahlen",
    Errand.ORDERS: "orders|Where is my order?|wheres my order|hi, where is my order please|is my order ready yet?"
    "|when will my order be ready|how can I cancel my order?|Meine Bestellungen|Wo bleibt meine Bestellung?"
    "|ist meine Bestellung schon da|Wann kann ich meine Bestellung abholen?|mis pedidos|где мой заказ",
    Errand.NEW: "new books|what's new?|anything new?|show me the new arrivals|Was gibt es Neues?|neue Bücher|Neuerscheinungen",
    Errand.PICKS: "what do you recommend?|can you recommend a book|recommend me something to read|surprise me"
    "|what should I read next?|any recommendations?|I need something good to read|i don't know what to read"
    "|Was können Sie mir empfehlen?|was soll ich denn lesen|Empfehlungen|Empfiehl mir ein Buch|habt ihr einen Tipp für mich?"
    "|a gift for my grandma|I'm looking for a birthday present|ich suche ein Geschenk für meine Oma|Geschenkideen",
    Errand.POPULAR: "bestsellers|most popular books|what's popular|was lesen die anderen|Bestsellerliste",
    Errand.SHELVES: "what books do you have?|just browsing|was habt ihr so|Kategorien",
    Errand.SUPPORT: "opening hours|When are you open?|are you open today|what time do you close?|where are you?|contact"
    "|I want to talk to a human|can i talk to someone|Öffnungszeiten|wann habt ihr denn heute offen?|wo seid ihr"
    "|ich möchte mit einem Menschen sprechen",
    Errand.TERMS: "do you deliver?|can I return a book|i want my money back|I'd like to return a book|liefert ihr auch?|Versandkosten",
    Errand.HELP: "help|how does this work?|are you a bot?|Hilfe|wie funktioniert das",
    Errand.LOG_IN: "log in|login|I want to log in|anmelden|ich möchte mich anmelden",
    Errand.LOG_OUT: "log out|please log me out|sign out|abmelden",
    Errand.REGISTER: "register|I want to create an account|sign up|Konto anlegen",
    Errand.ACCOUNT: "my account|delete my account|i want to change my email address|mein Konto",
    Errand.FORGOTTEN: "I forgot my password|forgotten password|Passwort vergessen",
    Errand.LANGUAGE: "change language|do you speak german?|Sprechen Sie Deutsch?",
    Errand.HOME: "home|menu|start over|zurück",
}


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind in SAID for text in SAID[kind].split("|")])
def test_an_errand_is_understood(kind: Errand, text: str) -> None:
    assert errand(text) is kind


def test_every_errand_is_said_somehow() -> None:
    assert set(SAID) == set(Errand)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?",
        "dune",
        "the help",
        "the order of the phoenix",
        "contact by carl sagan",
        "orders from berlin",
        "new moon",
        "new york",
        "brave new world",
        "home fire",
        "where did you go bernadette",
        "can you recommend a book like dune",
        "do you have new books by stephen king",
        "help me find dune",
        "pay it forward",
        "how to win friends",
        "was ist was",
        "empfehlen sie mir einen krimi",
        "the gift of the magi",
        "das geschenk",
        "my " * 40,
    ],
)
def test_what_asks_for_a_book_is_no_errand(text: str) -> None:
    assert errand(text) is None
