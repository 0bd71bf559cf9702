from __future__ import annotations

from pathlib import Path

import pytest

from tests.commandline.catalogue import CommandLine


@pytest.fixture
def catalogue(
    tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> CommandLine:
    """In a folder with no settings, so that reports stay there."""
    monkeypatch.chdir(tmp_path)
    return CommandLine(tmp_path, sqlite_url, capsys)
