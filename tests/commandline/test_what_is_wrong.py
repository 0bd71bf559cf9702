"""What a command says when it cannot begin: one line that says what to do, and an exit status that tells a service manager whether
trying again may help (1) or not (2)."""

from __future__ import annotations

import os
import sqlite3
import stat
from pathlib import Path

import pytest

from bot.__main__ import main


@pytest.fixture
def shop(tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOOKSTALL_DATABASE", sqlite_url)
    return tmp_path / "shop.db"


def _error(capsys: pytest.CaptureFixture[str]) -> str:
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    return said.err


def test_a_database_of_a_newer_program_is_left_alone(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    changed = sqlite3.connect(shop)
    changed.execute("UPDATE alembic_version SET version_num = '9999'")
    changed.commit()
    changed.close()
    assert main(["migrate"]) == 2
    assert "is at 9999, which this program does not know" in _error(capsys)


def test_a_database_that_does_not_answer_may_answer_later(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOOKSTALL_DATABASE", "postgresql+asyncpg://nobody:geheim@127.0.0.1:1/shop")
    assert main(["migrate"]) == 1
    error = _error(capsys)
    assert "Is the database running" in error
    assert "geheim" not in error


def test_root_makes_no_files_in_another_users_shop(
    shop: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if os.geteuid() == 0:
        os.chown(shop, 65534, -1)
    else:
        monkeypatch.setattr("os.geteuid", lambda: 0)
    assert main(["migrate"]) == 2
    assert "and you are root: run this as" in _error(capsys)


def test_a_file_that_may_not_be_written_is_named(
    shop: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("os.access", lambda path, mode: False)
    assert main(["migrate"]) == 2
    assert f"BOOKSTALL_DATABASE: {shop} cannot be read and written by" in _error(capsys)


def test_settings_that_somebody_may_not_read_are_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(**values: object) -> None:
        raise PermissionError(13, "Permission denied", ".env")

    monkeypatch.setattr("bot.settings.Settings", refused)
    assert main(["migrate"]) == 2
    assert _error(capsys) == ".env may not be read by you: run this as the shop's own user\n"


def test_a_folder_that_is_not_there_yet_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOOKSTALL_DATABASE", "sqlite+aiosqlite:///var/deep/shop.db")
    assert main(["migrate"]) == 0
    made = tmp_path / "var" / "deep"
    assert (made / "shop.db").exists()
    assert stat.S_IMODE(made.stat().st_mode) == 0o700, "others can look into it"
