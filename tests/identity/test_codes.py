from hypothesis import given
from hypothesis import strategies as st

from identity.codes import HmacCodes

SECRET = "a secret of the shop, long enough to sign"
codes = HmacCodes(SECRET)


def test_a_hash_is_the_same_for_the_same_and_fits_its_column() -> None:
    assert codes.hash("register", "ann@example.org", "123456") == HmacCodes(SECRET).hash(
        "register", "ann@example.org", "123456"
    )
    assert len(codes.hash("register", "ann@example.org", "123456")) == 64


def test_a_hash_depends_on_the_secret_the_purpose_the_subject_and_the_code() -> None:
    hashes = {
        codes.hash("register", "ann@example.org", "123456"),
        codes.hash("reset", "ann@example.org", "123456"),
        codes.hash("register", "bob@example.org", "123456"),
        codes.hash("register", "ann@example.org", "123457"),
        HmacCodes(SECRET + "!").hash("register", "ann@example.org", "123456"),
    }
    assert len(hashes) == 5


@given(
    st.lists(st.text(max_size=6), min_size=3, max_size=3),
    st.lists(st.text(max_size=6), min_size=3, max_size=3),
)
def test_different_parts_never_run_together_to_the_same_hash(one: list[str], other: list[str]) -> None:
    assert (codes.hash(*one) == codes.hash(*other)) == (one == other)


@given(st.text(max_size=30), st.integers(1, 9))
def test_a_derived_code_has_its_digits(nonce: str, digits: int) -> None:
    code = codes.derive("reset", "ann@example.org", nonce, digits)
    assert len(code) == digits
    assert code.isascii()
    assert code.isdigit()


def test_a_derived_code_follows_from_the_nonce_and_the_secret() -> None:
    args = ("reset", "ann@example.org", "nonce", 9)
    assert codes.derive(*args) == HmacCodes(SECRET).derive(*args)
    assert codes.derive(*args) != codes.derive("reset", "ann@example.org", "nonse", 9)
    assert codes.derive(*args) != HmacCodes(SECRET + "!").derive(*args)


def test_derived_codes_use_the_whole_range() -> None:
    first_digits = {codes.derive("reset", "ann@example.org", str(n), 6)[0] for n in range(400)}
    assert first_digits == set("0123456789")
