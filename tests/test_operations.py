"""What docs/operations.md and deploy/ tell the shop's owner to type and to set exists, and what there is to watch is all told."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.__main__ import COMMANDS, main
from bot.covers import FOLDER
from bot.exposition import text_of
from bot.metrics import Metrics
from bot.scraping import Scrape
from bot.settings import PREFIX, Settings
from domain.figures import Figures

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
DEPLOYED = [path for path in sorted((ROOT / "deploy").iterdir()) if path.is_file()]
_CODE = re.compile(r"^ {4}(.+)$|`([^`\n]+)`", re.MULTILINE)
_COMMAND = re.compile(r"^(?:bookstall|.*python -m bot) ([a-z].*)")
_SETTING = re.compile(r"\bBOOKSTALL_[A-Z_]*[A-Z]\b")
_BESIDES = {"BOOKSTALL_SMTP"}
"""How the docs abbreviate: `BOOKSTALL_SMTP_HOST`, `_PORT`, …"""


def commands(text: str) -> Iterator[str]:
    for block, inline in _CODE.findall(text):
        if found := _COMMAND.search((block or inline).strip()):
            yield found[1]


def test_the_page_is_about_enough_commands_to_be_read_right() -> None:
    words = {command.split()[0] for command in commands(PAGE)}
    assert words >= {"catalogue", "staff", "doctor", "close", "backup", "restore", "migrate"}


@pytest.mark.parametrize("command", sorted(set(commands(PAGE))))
def test_a_command_of_the_page_exists_with_its_words(
    command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As far as the parser: it would stop at a word that it does not know."""
    words = shlex.split(command)
    assert words[0] in COMMANDS
    with pytest.raises(SystemExit) as stopped:
        main([*words, "--no-such-option"])
    assert stopped.value.code == 2
    assert capsys.readouterr().err.strip().endswith("unrecognized arguments: --no-such-option")


def test_every_setting_that_is_named_exists() -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    for text in (PAGE, *(path.read_text(encoding="utf-8") for path in DEPLOYED)):
        assert set(_SETTING.findall(text)) - _BESIDES <= known


def test_every_file_that_is_deployed_is_named_and_every_named_one_exists() -> None:
    named = set(re.findall(r"deploy/([A-Za-z.-]+[A-Za-z])", PAGE))
    assert named == {path.name for path in DEPLOYED}


def test_every_family_of_metrics_is_told_and_no_other() -> None:
    text = text_of(Scrape(Metrics(), busy=0, figures=Figures(), behind=0))
    families = set(re.findall(r"^# TYPE (bookstall_\w+) ", text, re.MULTILINE))
    assert len(families) > 20
    assert set(re.findall(r"\bbookstall_[a-z_]+\b", PAGE)) == families


def test_the_image_runs_as_nobody_and_holds_no_settings() -> None:
    steps = (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8").splitlines()
    assert "USER 10001:10001" in steps
    assert not any(step.startswith(("ADD", "COPY . ")) for step in steps)
    kept_out = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert "*" in kept_out
    copied = {step.split()[1] for step in steps if step.startswith("COPY") and "--from" not in step}
    assert {f"!{name}" for name in copied} <= set(kept_out)
    assert not {"!.env", "!var/"} & set(kept_out)


def test_anchors_of_the_page_lead_somewhere() -> None:
    heads = {
        re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-")
        for head in re.findall(r"^#+ (.+)$", PAGE, re.MULTILINE)
    }
    assert set(re.findall(r"\]\(#([^)]+)\)", PAGE)) <= heads


@pytest.mark.parametrize("name", ["Caddyfile", "nginx.conf"])
def test_the_web_servers_pass_on_what_the_world_may_reach_and_nothing_else(name: str) -> None:
    text = (ROOT / "deploy" / name).read_text(encoding="utf-8")
    passed_on = set(re.findall(r"(?:path|location(?: =)?) (/\S*(?: /\S+)*)", text))
    words = {word for found in passed_on for word in found.split()} - {"/", "{"}
    assert {word.rstrip("*") for word in words} == {"/telegram", "/gateway/", f"/{FOLDER}/"}
