"""``python -m bot catalogue``: the books, in and out."""

from __future__ import annotations

import argparse


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    commands.add_parser("catalogue", help="the books, in and out")
