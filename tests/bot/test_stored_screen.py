"""A screen is kept as JSON in the dialogue, so that a crash cannot lose it."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from bot.screen import Button, Cover, Html, Invoice, PickupQr, Row, Screen
from bot.stored_screen import dump, load
from tests.bot.test_codec import ANY_ACTION

_LABELS = st.text(min_size=1, max_size=20)
_BUTTONS = st.one_of(
    st.builds(Button, _LABELS, ANY_ACTION),
    st.builds(lambda label, url: Button(label, url=url), _LABELS, st.just("https://t.me/x?start=y")),
    st.builds(lambda label, share: Button(label, share=share), _LABELS, st.text(min_size=1, max_size=9)),
    st.builds(lambda label: Button(label, pay=True), _LABELS),
)
_ROWS = st.lists(st.lists(_BUTTONS, min_size=1, max_size=3).map(tuple), max_size=3).map(tuple)
_PICTURES = st.one_of(
    st.none(),
    st.builds(
        Cover,
        st.integers(1, 10**6),
        st.text(max_size=20),
        st.lists(st.text(max_size=9), max_size=3).map(tuple),
    ),
    st.builds(PickupQr, st.text(max_size=9), st.text(max_size=9)),
)


@given(st.text(max_size=50), _ROWS, _PICTURES)
def test_a_screen_comes_back_as_it_was(
    text: str, rows: tuple[Row, ...], picture: Cover | PickupQr | None
) -> None:
    screen = Screen(Html(text), rows, picture)
    assert load(dump(screen), "") == screen


def test_an_invoice_is_kept_without_the_providers_secret() -> None:
    invoice = Invoice("1:SECRET", "B-7K4Q", "One book", "payload", "EUR", (("Dune", 1090),))
    screen = Screen(Html("pay"), ((Button("Pay", pay=True),),), invoice=invoice)
    kept = dump(screen)
    assert "SECRET" not in kept
    assert load(kept, "1:SECRET") == screen


def test_a_screen_with_a_button_of_another_program_is_not_shown() -> None:
    kept = json.dumps({"t": "hello", "r": [[["Old", "a", "nosuch:1"]]]})
    assert load(kept, "") is None
    assert load("", "") is None


def test_what_was_said_above_a_screen_is_kept_for_the_same_moment_and_no_longer() -> None:
    stored = dump(Screen(Html("Your cart")), Html("Welcome back, Ann."))
    again, present = load(stored, ""), load(stored, "", as_said=False)
    assert again == Screen(Html("Welcome back, Ann.\n\nYour cart"))
    assert present == Screen(Html("Your cart"))
