"""``python -m bot demo``: wrong words and Ctrl-C at any moment end it in a line, or none."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.__main__ import main

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("port", ["99999", "-1", "http"])
def test_a_port_that_is_none_is_one_clear_line(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["demo", f"--port={port}"])
    assert ended.value.code == 2
    assert capsys.readouterr().err.splitlines()[-1].endswith("a port is a number from 0 to 65535")


@pytest.mark.parametrize("loaded", ["pydantic_core", "rich.console", "sqlalchemy.sql", "telegram._message"])
def test_ctrl_c_while_it_loads_ends_it_without_a_traceback(loaded: str, tmp_path: Path) -> None:
    started = subprocess.Popen(
        [sys.executable, "-X", "importtime", "-m", "bot", "demo", "--port=0", f"--state={tmp_path}"],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert started.stderr is not None
    with started.stderr:
        assert any(line.split("|")[-1].strip().startswith(loaded) for line in started.stderr)
        os.kill(started.pid, signal.SIGINT)
        said = started.stderr.read()
    assert started.wait(30) in (-signal.SIGINT, 130)
    assert "Traceback" not in said
