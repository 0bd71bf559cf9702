from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest

from domain.ids import ChatId, CustomerId, SessionId
from domain.session import Session
from identity.keys import SecretTooShort, derived_key
from identity.tokens import JwtTokens

SECRET = "a secret of the shop, long enough to sign"
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
LOGIN = Session(SessionId("abc"), CustomerId(7), ChatId(-100123), NOON, NOON + timedelta(days=30))


@dataclass
class Standing:
    at: datetime

    def now(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Standing:
    return Standing(NOON)


@pytest.fixture
def tokens(clock: Standing) -> JwtTokens:
    return JwtTokens(SECRET, clock)


def signed(claims: dict[str, Any], key: bytes | None = None, algorithm: str = "HS256") -> str:
    return jwt.encode(claims, key or derived_key(SECRET, "tokens"), algorithm=algorithm)


CLAIMS = {"iss": "bookstall", "jti": "abc", "sub": "7", "chat": 5, "exp": 4102444800}


def test_a_token_says_whose_login_it_is_and_in_which_chat(tokens: JwtTokens) -> None:
    said = tokens.verify(tokens.issue(LOGIN))
    assert said is not None
    assert (said.session_id, said.customer_id, said.chat_id) == ("abc", 7, -100123)
    assert said.expires_at == LOGIN.expires_at


def test_a_token_ends_when_its_login_does(tokens: JwtTokens, clock: Standing) -> None:
    token = tokens.issue(LOGIN)
    clock.at = LOGIN.expires_at - timedelta(seconds=1)
    assert tokens.verify(token)
    clock.at = LOGIN.expires_at
    assert tokens.verify(token) is None


def test_another_shops_token_is_none(clock: Standing, tokens: JwtTokens) -> None:
    assert tokens.verify(JwtTokens("another secret, just as long as this one", clock).issue(LOGIN)) is None


def test_every_changed_character_breaks_it(tokens: JwtTokens) -> None:
    token = tokens.issue(LOGIN)
    for place, sign in enumerate(token[:-1]):  # the very last one carries unused bits
        assert tokens.verify(token[:place] + ("A" if sign != "A" else "B") + token[place + 1 :]) is None


@pytest.mark.parametrize("garbage", ["", ".", "a.b.c", "e30.e30.", "ß" * 40, "x" * 100_000])
def test_garbage_is_none(tokens: JwtTokens, garbage: str) -> None:
    assert tokens.verify(garbage) is None


def test_an_unsigned_token_is_none(tokens: JwtTokens) -> None:
    assert tokens.verify(jwt.encode(CLAIMS, "", algorithm="none")) is None


def test_another_algorithm_is_none(tokens: JwtTokens) -> None:
    key = derived_key(SECRET, "tokens") + b"more bytes, as this algorithm wants them, so that it signs at all"
    assert tokens.verify(signed(CLAIMS, key, "HS512")) is None


@pytest.mark.parametrize("gone", ["iss", "jti", "sub", "chat", "exp"])
def test_a_token_without_one_of_its_claims_is_none(tokens: JwtTokens, gone: str) -> None:
    assert tokens.verify(signed(CLAIMS)) is not None
    assert tokens.verify(signed({name: value for name, value in CLAIMS.items() if name != gone})) is None


@pytest.mark.parametrize(
    "odd", [{"sub": "seven"}, {"chat": "here"}, {"exp": "soon"}, {"exp": 10**30}, {"jti": 5}]
)
def test_a_token_with_odd_claims_is_none(tokens: JwtTokens, odd: dict[str, Any]) -> None:
    assert tokens.verify(signed(CLAIMS | odd)) is None


def test_keys_of_two_uses_differ() -> None:
    assert derived_key(SECRET, "tokens") != derived_key(SECRET, "codes")


def test_a_secret_of_31_bytes_is_refused(clock: Standing) -> None:
    with pytest.raises(SecretTooShort):
        JwtTokens("x" * 31, clock)
    JwtTokens("x" * 32, clock)


def test_two_logins_have_two_tokens(tokens: JwtTokens) -> None:
    assert tokens.issue(LOGIN) != tokens.issue(replace(LOGIN, id=SessionId("abd")))
