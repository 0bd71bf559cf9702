import pytest

from domain.errors import WeakPassword
from domain.password import MAX_LENGTH, MIN_LENGTH, check_new_password, normalise_password
from domain.usual_passwords import USUAL_PASSWORDS

ANN = "Ann.Smithson@Example.org"


def refusal(text: str) -> WeakPassword:
    with pytest.raises(WeakPassword) as refused:
        check_new_password(text, ANN)
    return refused.value


@pytest.mark.parametrize(
    "text",
    [
        "eight ch",
        "x" * 127 + "y",
        "пароль мой",
        "كلمة السر",
        "密码密码密码密马",
        "🦊🐻🦊🐻🦊🐻🦊🐻",
        '<b>&"</b>',
        "    space    ",
    ],
)
def test_any_characters_will_do(text: str) -> None:
    assert check_new_password(text, ANN) == text


def test_seven_characters_are_too_short_and_eight_are_not() -> None:
    assert refusal("x1y2z3!") == WeakPassword("short", MIN_LENGTH)
    assert check_new_password("x1y2z3!?", ANN)


def test_129_characters_are_too_long_and_128_are_not() -> None:
    assert refusal("ab" * 64 + "c") == WeakPassword("long", MAX_LENGTH)
    assert check_new_password("ab" * 64, ANN)


def test_5000_characters_are_refused_like_129() -> None:
    assert refusal("ab" * 2500) == WeakPassword("long", MAX_LENGTH)


def test_characters_are_counted_not_bytes_and_accents_as_one() -> None:
    assert refusal("🦊🐻" * 3) == WeakPassword("short", MIN_LENGTH)
    assert refusal("e\u0301a\u0301" * 3) == WeakPassword("short", MIN_LENGTH)


def test_the_same_accent_written_two_ways_is_the_same_password() -> None:
    assert normalise_password("cafe\u0301") == normalise_password("caf\u00e9") == "caf\u00e9"


@pytest.mark.parametrize(
    "text", ["password", "PassWord1", "12345678", "Qwertzuiop", "aaaaaaaaaaaa", "🦊" * 9]
)
def test_what_everybody_tries_first_is_refused(text: str) -> None:
    assert refusal(text) == WeakPassword("common")


@pytest.mark.parametrize("text", ["ann.smithson@example.org", "ANN.SMITHSON"])
def test_ones_own_address_is_no_password(text: str) -> None:
    assert refusal(text) == WeakPassword("email")


def test_the_list_holds_what_the_length_lets_through_in_the_form_it_is_compared_in() -> None:
    assert 200 <= len(USUAL_PASSWORDS) <= 600
    assert all(len(word) >= MIN_LENGTH and word == word.casefold() for word in USUAL_PASSWORDS)
