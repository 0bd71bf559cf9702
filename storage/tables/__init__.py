"""The tables, as the migrations make them (a test holds both against each other)."""

from storage.tables.catalogue import book_contributors, book_subjects, books, shelf_counts, stock_ledger
from storage.tables.chat import (
    dialogues,
    feed_jobs,
    files,
    outbox,
    staff_cards,
    staff_chat,
    update_failures,
    updates,
)
from storage.tables.columns import Moment, metadata
from storage.tables.orders import attempts, gateway_events, money_journal, order_events, order_lines, orders
from storage.tables.people import cart_lines, carts, customers, limits, mailed_codes, sessions
from storage.tables.questions import question_answers, questions

__all__ = [
    "Moment",
    "attempts",
    "book_contributors",
    "book_subjects",
    "books",
    "cart_lines",
    "carts",
    "customers",
    "dialogues",
    "feed_jobs",
    "files",
    "gateway_events",
    "limits",
    "mailed_codes",
    "metadata",
    "money_journal",
    "order_events",
    "order_lines",
    "orders",
    "outbox",
    "question_answers",
    "questions",
    "sessions",
    "shelf_counts",
    "staff_cards",
    "staff_chat",
    "stock_ledger",
    "update_failures",
    "updates",
]
