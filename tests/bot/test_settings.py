"""Settings: clear lines for what is wrong, and an example file that tells the truth."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.settings import PREFIX, Settings, SettingsError, given, load
from domain.cancelling import CancelTerms, CancelUntil
from domain.tax import TaxRate

EXAMPLE = Path(__file__).parents[2] / ".env.example"
_LINE = re.compile(r"^(BOOKSTALL_[A-Z_]+)=(.*)$")


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(PREFIX + name.upper(), raising=False)


def test_the_example_has_every_setting_with_its_default_and_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lines = EXAMPLE.read_text().splitlines()
    found = {
        match[1]: (match[2], lines[at - 1]) for at, line in enumerate(lines) if (match := _LINE.match(line))
    }
    assert set(found) == {PREFIX + name.upper() for name in Settings.model_fields}
    assert all(
        comment.startswith("# ") and comment.rstrip('"').endswith(".") for _, comment in found.values()
    )
    for name, (value, _) in found.items():
        monkeypatch.setenv(name, value)
    assert load() == given()


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("TOKEN", "hello", "not a bot's token"),
        ("SECRET", "short", "at least 32 characters"),
        ("SHOP_TIMEZONE", "Mars/Olympus", "no such time zone"),
        ("SHOP_HOURS", "always", "not opening hours"),
        ("SHOP_CURRENCY", "euro", "three capital letters"),
        ("SHOP_TAX_NOTE", "Prices include VAT. | Preise inkl. MwSt.", "after each | a language"),
        ("DATABASE", "mysql://x", "starts with sqlite"),
        ("WEBHOOK_URL", "books", "https://"),
        ("PICKUP_DAYS", "0", "greater than or equal to 1"),
        ("SMTP_SECURITY", "maybe", "starttls"),
        ("SHOP_TAX_PERCENT", "7 %", "not a percentage"),
        ("SHOP_TAX_PERCENT", "7,5", "not a percentage"),
        ("CANCEL_PAID_UNTIL", "always", "'never', 'accepted', 'ready' or 'collected'"),
        ("CANCEL_KEEPS_PERCENT", "101", "less than or equal to 100"),
        ("CANCEL_KEEPS_FEE", "2.505", "not an amount in EUR: '2.505', like 2.50"),
        ("CANCEL_KEEPS_FEE", "-1", "from 0 to"),
    ],
)
def test_a_wrong_setting_is_one_clear_line_without_its_value(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    monkeypatch.setenv(PREFIX + name, value)
    with pytest.raises(SettingsError) as caught:
        load()
    (line,) = str(caught.value).splitlines()
    assert line.startswith(PREFIX + name + ": ")
    assert says in line
    # What may hold a password is never repeated.
    assert name not in ("TOKEN", "SECRET", "DATABASE") or value not in line.removeprefix(PREFIX + name)


def test_secrets_do_not_show_in_a_representation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOOKSTALL_TOKEN", "123456789:AAverysecretverysecret12")
    assert "verysecret" not in repr(load())


def test_the_tax_note_may_be_told_in_several_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOOKSTALL_SHOP_TAX_NOTE", "Prices include VAT. | de: Preise inkl. MwSt. ")
    shop = load().shop()
    assert [shop.tax_note_in(language) for language in ("en", "fr", "de")] == [
        "Prices include VAT.",
        "Prices include VAT.",
        "Preise inkl. MwSt.",
    ]


def test_closed_days_and_languages_are_lists_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOOKSTALL_SHOP_CLOSED_DAYS", "2026-12-25, 2026-12-26")
    monkeypatch.setenv("BOOKSTALL_LANGUAGES", "de")
    shop = load().shop()
    assert len(shop.hours.closed) == 2
    assert shop.languages == ("de",)


def test_the_terms_of_cancelling_are_read_in_the_shops_currency(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOOKSTALL_CANCEL_PAID_UNTIL", "accepted")
    monkeypatch.setenv("BOOKSTALL_CANCEL_KEEPS_PERCENT", "10")
    monkeypatch.setenv("BOOKSTALL_CANCEL_KEEPS_FEE", "2.5")
    monkeypatch.setenv("BOOKSTALL_CANCEL_FREE_HOURS", "24")
    assert load().shop().cancel_terms == CancelTerms(CancelUntil.ACCEPTED, 10, 250, 24)


@pytest.mark.parametrize(("text", "tax"), [("", None), ("0", TaxRate(0)), ("5.5", TaxRate(550))])
def test_no_tax_and_a_tax_of_nought_are_two_things(
    monkeypatch: pytest.MonkeyPatch, text: str, tax: TaxRate | None
) -> None:
    monkeypatch.setenv("BOOKSTALL_SHOP_TAX_PERCENT", text)
    assert load().shop().tax == tax
