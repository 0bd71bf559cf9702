"""The command line: ``python -m bot demo | run | doctor | catalogue | staff | close | backup | restore | migrate``."""

from __future__ import annotations

import argparse
import contextlib
import importlib
import signal
import sys
from collections.abc import Iterator, Sequence

COMMANDS = {
    "demo": "a shop to try in the browser, with no Telegram account",
    "run": "open the shop: polling, or a webhook if a public address is set",
    "doctor": "check that everything fits together, and say what to do",
    "catalogue": "the books, in and out",
    "staff": "link the staff's group",
    "close": "a day's takings, refunds and what is left to do",
    "backup": "write the whole shop into one file; it may stay open meanwhile",
    "restore": "put a back-up in the shop's place; what was there is kept beside it",
    "migrate": "bring the database to today's tables",
}
"""Each is a module of `bot.commandline`; only the one that is wanted is loaded."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit status. What a person did wrong is one clear line on standard error."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    with _ended_without_a_word():
        from bot.settings import SettingsError
        from domain.errors import NewerDatabase, PassingFailure
    try:
        options = _parsed(given)
        return int(options.do(options))
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    except NewerDatabase as error:
        print(
            f"The database is at {error.revision}, which this program does not know: a newer one was here. Update the program, "
            "or restore a back-up from before.",
            file=sys.stderr,
        )
        return 2
    except PassingFailure as error:
        print(
            f"Not possible just now ({error}). Is the database running, and its disk not full?",
            file=sys.stderr,
        )
        return 1
    except KeyboardInterrupt:
        return 130


def _parsed(given: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bot", description="Bookstall: a bookshop that lives in a Telegram chat."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    wanted = next((word for word in given if not word.startswith("-")), "")
    for name, sentence in COMMANDS.items():
        if name == wanted:
            with _ended_without_a_word():
                command = importlib.import_module(f"bot.commandline.{name}")
            command.add_to(commands)
        else:
            commands.add_parser(name, help=sentence)
    return parser.parse_args(given)


@contextlib.contextmanager
def _ended_without_a_word() -> Iterator[None]:
    """While modules load there is nothing to put in order: Ctrl-C ends the program as it ends any, with no traceback of imports."""
    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


if __name__ == "__main__":
    sys.exit(main())
