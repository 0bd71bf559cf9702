"""Callback data: what `encode` makes comes back the same, and nothing else is taken for an action."""

from __future__ import annotations

import dataclasses
import typing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.actions import ACTIONS, Action, PlaceOrder, ShowBook, ShowPage
from bot.codec import MAX_BYTES, Unencodable, decode, encode

_LETTERS = "abcXYZ019_.~*+-"


def _instances(kind: type[Action]) -> st.SearchStrategy[Action]:
    hints = typing.get_type_hints(kind)
    fields: dict[str, st.SearchStrategy[typing.Any]] = {}
    for field in dataclasses.fields(kind):
        of = hints[field.name]
        if of is bool:
            fields[field.name] = st.booleans()
        elif of is int:
            fields[field.name] = st.integers(-(2**53), 2**53)
        else:
            fields[field.name] = st.text(_LETTERS, max_size=12)
    return st.builds(kind, **fields)


ANY_ACTION = st.one_of([_instances(kind) for kind in ACTIONS.values()])


@given(ANY_ACTION)
def test_an_action_comes_back_from_its_button_as_it_was(action: Action) -> None:
    data = encode(action)
    assert len(data.encode()) <= MAX_BYTES
    assert decode(data) == action


@given(st.text(max_size=80))
def test_whatever_arrives_is_either_refused_or_exactly_what_encode_makes(data: str) -> None:
    action = decode(data)
    assert action is None or encode(action) == data


@given(ANY_ACTION, st.data())
def test_a_changed_button_never_decodes_to_something_that_encodes_otherwise(
    action: Action, data: st.DataObject
) -> None:
    text = encode(action)
    at = data.draw(st.integers(0, len(text)))
    forged = text[:at] + data.draw(st.sampled_from([":", "0", "-", "Z", " ", "é", ""])) + text[at + 1 :]
    read = decode(forged)
    assert read is None or encode(read) == forged


@pytest.mark.parametrize(
    "data",
    [
        "",
        "k",
        "k:",
        "k:1",
        "k:01:1",
        "k:1:1:1",
        "k:-0:1",
        "k:1.5:1",
        "zz",
        "k:A:1",
        "k:zzzzzzzzzzzzzz:1",
        "k:1:1" + "0" * 70,
    ],
)
def test_garbage_is_refused(data: str) -> None:
    assert decode(data) is None


def test_tags_are_unique_and_short() -> None:
    names = {kind.__name__ for kind in Action.__subclasses__()}
    assert {kind.__name__ for kind in ACTIONS.values()} == names
    assert all(0 < len(tag) <= 3 for tag in ACTIONS)


def test_the_longest_confirmation_fits() -> None:
    assert len(encode(PlaceOrder("x" * 22, "y" * 16, "telegram"))) <= MAX_BYTES


def test_what_cannot_be_in_a_button_is_refused_when_it_is_drawn() -> None:
    with pytest.raises(Unencodable):
        encode(PlaceOrder("x:y", "", ""))
    with pytest.raises(Unencodable):
        encode(PlaceOrder("x" * 40, "y" * 40, "z"))


def test_a_button_says_no_more_than_it_needs() -> None:
    assert encode(ShowPage(listing=3, page=1)) == "p:3:1"
    assert encode(ShowBook(2986)) == "k:2ay:1"
