"""The command line: ``python -m bot demo | run | doctor | catalogue | staff | migrate``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from bot.commandline import catalogue, demo, doctor, migrate, run, staff
from bot.settings import SettingsError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit status. What a person did wrong is one clear line on standard error."""
    parser = argparse.ArgumentParser(
        prog="python -m bot", description="Bookstall: a bookshop that lives in a Telegram chat."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module in (demo, run, doctor, catalogue, staff, migrate):
        module.add_to(commands)
    options = parser.parse_args(arguments)
    try:
        return int(options.do(options))
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
