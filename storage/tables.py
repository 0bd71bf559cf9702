"""The tables, as the migrations make them (a test holds both against each other).

Moments are UTC, stored as integers of microseconds since 1970 (`Moment`): the same, exact and sortable on both databases.
Money is an integer of minor units in the shop's currency beside an ISO 4217 code where a row outlives a change of it.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Moment(sa.types.TypeDecorator[datetime]):
    """An aware datetime, kept as whole microseconds since 1970 in UTC."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> int | None:
        return None if value is None else (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> datetime | None:
        return None if value is None else _EPOCH + timedelta(microseconds=value)


# SQLite gives a rowid only to INTEGER PRIMARY KEY.
Key = sa.BigInteger().with_variant(sa.Integer, "sqlite")
Plain = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def _table(name: str, *items: sa.schema.SchemaItem, **options: Any) -> sa.Table:
    return sa.Table(name, metadata, *items, **options)


books = _table(
    "books",
    sa.Column("id", Key, primary_key=True),
    sa.Column("isbn13", sa.Text),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("subtitle", sa.Text, nullable=False, server_default=""),
    # Folded, and in the same order on both databases, whatever a server's language is.
    sa.Column("sort_title", Plain, nullable=False, server_default=""),
    # `|` between; the rows of book_contributors say more. Kept here so that a list of books is one query.
    sa.Column("authors", sa.Text, nullable=False, server_default=""),
    sa.Column("other_titles", sa.Text, nullable=False, server_default=""),
    sa.Column("series", sa.Text, nullable=False, server_default=""),
    sa.Column("series_key", sa.Text, nullable=False, server_default=""),
    sa.Column("series_no", sa.Text, nullable=False, server_default=""),
    sa.Column("year", sa.Integer),
    sa.Column("language", sa.Text, nullable=False, server_default=""),
    sa.Column("form", sa.Text, nullable=False, server_default="other"),
    sa.Column("pages", sa.Integer),
    sa.Column("publisher", sa.Text, nullable=False, server_default=""),
    sa.Column("subjects", sa.Text, nullable=False, server_default=""),  # `|` between, as authors
    sa.Column("blurb", sa.Text, nullable=False, server_default=""),
    sa.Column("staff_pick", sa.Text, nullable=False, server_default=""),
    sa.Column("shelf", sa.Text, nullable=False, server_default=""),
    sa.Column("cover_url", sa.Text, nullable=False, server_default=""),
    # The same for all editions of one work: folded title and first author.
    sa.Column("work", sa.Text, nullable=False, server_default=""),
    sa.Column("price", sa.BigInteger),
    sa.Column("currency", sa.Text, nullable=False),
    sa.Column("supply", sa.Text, nullable=False, server_default="unavailable"),
    sa.Column("lead_days", sa.Integer),
    sa.Column("available_from", sa.Date),
    sa.Column("on_hand", sa.Integer, nullable=False, server_default="0"),
    sa.Column("held", sa.Integer, nullable=False, server_default="0"),
    sa.Column("popularity", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("added_at", Moment, nullable=False),
    sa.Column("withdrawn_at", Moment),
    # Where the record came from (feed and record reference), its digest, and which fields the shop set itself.
    sa.Column("source", sa.Text, nullable=False, server_default=""),
    sa.Column("source_ref", sa.Text, nullable=False, server_default=""),
    sa.Column("source_digest", sa.Text, nullable=False, server_default=""),
    sa.Column("own_fields", sa.Text, nullable=False, server_default=""),
    # The copies that the source last counted: counted anew only when it says something else.
    sa.Column("source_on_hand", sa.Integer),
    sa.UniqueConstraint("isbn13"),
    sa.CheckConstraint("held >= 0 AND on_hand >= held", name="stock"),
    sa.Index(None, "work"),
    sa.Index(None, "added_at"),
    sa.Index(None, "popularity"),
    sa.Index(None, "language", "popularity"),
    sa.Index(None, "series_key"),
    sa.Index(None, "source", "source_ref"),
    sa.Index(
        "ix_books_picks",
        "popularity",
        sqlite_where=sa.text("staff_pick <> ''"),
        postgresql_where=sa.text("staff_pick <> ''"),
    ),
)

book_contributors = _table(
    "book_contributors",
    sa.Column("book_id", Key, sa.ForeignKey("books.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("name_key", sa.Text, nullable=False),  # folded, for browsing by author
    sa.Column("role", sa.Text, nullable=False, server_default="author"),
    sa.Index(None, "name_key", "book_id"),
)

# The books of the range (a withdrawn one has no row) by subject, with what they are sorted by: a page of a shelf is read
# from the index, however full the shelf is.
book_subjects = _table(
    "book_subjects",
    sa.Column("book_id", Key, sa.ForeignKey("books.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("subject", sa.Text, primary_key=True),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("popularity", sa.BigInteger, nullable=False),
    sa.Index(None, "subject", "popularity", "book_id"),
    sa.Index(None, "subject", "language", "popularity"),
)

# How many books of the range have a subject or a language: counted when the catalogue changes, not when it is read.
shelf_counts = _table(
    "shelf_counts",
    sa.Column("kind", sa.Text, primary_key=True),  # subject, language
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("books", sa.Integer, nullable=False),
)

stock_ledger = _table(
    "stock_ledger",
    sa.Column("id", Key, primary_key=True),
    sa.Column("book_id", Key, sa.ForeignKey("books.id"), nullable=False),
    sa.Column("on_hand", sa.Integer, nullable=False),
    sa.Column("held", sa.Integer, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("order_id", Key),
    sa.Column("at", Moment, nullable=False),
    sa.Index(None, "book_id"),
)

customers = _table(
    "customers",
    sa.Column("id", Key, primary_key=True),
    sa.Column("email", sa.Text, nullable=False),
    sa.Column("email_key", sa.Text, nullable=False, unique=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("language", sa.Text, nullable=False, server_default=""),
    sa.Column("password_hash", sa.Text, nullable=False),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("confirmed_at", Moment),
    sqlite_autoincrement=True,  # a deleted customer's id never comes back to life in an old token
)

sessions = _table(
    "sessions",
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("customer_id", Key, sa.ForeignKey("customers.id", ondelete="CASCADE"), nullable=False),
    sa.Column("chat_id", sa.BigInteger, nullable=False),
    sa.Column("issued_at", Moment, nullable=False),
    sa.Column("expires_at", Moment, nullable=False),
    sa.Column("revoked_at", Moment),
    sa.Index(None, "customer_id"),
)

mailed_codes = _table(
    "mailed_codes",
    sa.Column("email_key", sa.Text, primary_key=True),
    sa.Column("purpose", sa.Text, primary_key=True),
    sa.Column("code_hash", sa.Text, nullable=False),
    sa.Column("chat_id", sa.BigInteger, nullable=False),
    sa.Column("expires_at", Moment, nullable=False),
    sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
)

limits = _table(
    "limits",
    sa.Column("id", Key, primary_key=True),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Index(None, "key", "at"),
)

carts = _table(
    "carts",
    sa.Column("id", Key, primary_key=True),
    # `customer:5`, or `guest:<chat>:<user>`: unique, so that a second phone cannot make a second cart.
    sa.Column("owner", sa.Text, nullable=False, unique=True),
    sa.Column("customer_id", Key, sa.ForeignKey("customers.id", ondelete="CASCADE"), index=True),
)

cart_lines = _table(
    "cart_lines",
    sa.Column("cart_id", Key, sa.ForeignKey("carts.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("book_id", Key, sa.ForeignKey("books.id"), primary_key=True),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("quantity", sa.Integer, nullable=False),
    sa.Column("seen_price", sa.BigInteger),
    sa.Column("seen_currency", sa.Text, nullable=False, server_default=""),
    sa.Column("seen_here", sa.Integer, nullable=False),
    sa.CheckConstraint("quantity > 0", name="quantity"),
)

orders = _table(
    "orders",
    sa.Column("id", Key, primary_key=True),
    sa.Column("number", sa.Text, nullable=False, unique=True),
    sa.Column("customer_id", Key, sa.ForeignKey("customers.id", ondelete="SET NULL")),
    sa.Column("chat_id", sa.BigInteger, nullable=False),
    sa.Column("customer_name", sa.Text, nullable=False),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("way", sa.Text, nullable=False),
    sa.Column("currency", sa.Text, nullable=False),
    sa.Column("total", sa.BigInteger, nullable=False),
    sa.Column("checkout_id", sa.Text, nullable=False, unique=True),
    sa.Column("pickup_code", sa.Text, nullable=False, unique=True),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("hold_until", Moment),
    sa.Column("ready_at", Moment),
    sa.Column("closed_at", Moment),
    sa.Column("accepted_by", sa.BigInteger),
    sa.Column("accepted_name", sa.Text, nullable=False, server_default=""),
    sa.Column("accepted_at", Moment),
    sa.Column("closed_name", sa.Text, nullable=False, server_default=""),
    sa.Column("tender", sa.Text),
    sa.Column("cancel_reason", sa.Text, nullable=False, server_default=""),
    sa.Column("reminded_at", Moment),
    sa.Index(None, "customer_id", "id"),
    sa.Index(None, "state", "hold_until"),
)

order_lines = _table(
    "order_lines",
    sa.Column("order_id", Key, sa.ForeignKey("orders.id"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("book_id", Key, sa.ForeignKey("books.id"), nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("authors", sa.Text, nullable=False),
    sa.Column("form", sa.Text, nullable=False),
    sa.Column("shelf", sa.Text, nullable=False),
    sa.Column("unit_price", sa.BigInteger, nullable=False),
    sa.Column("quantity", sa.Integer, nullable=False),
    sa.Column("held", sa.Integer, nullable=False),
    sa.CheckConstraint("quantity > 0 AND held >= 0 AND held <= quantity", name="held"),
)

order_events = _table(
    "order_events",
    sa.Column("id", Key, primary_key=True),
    sa.Column("order_id", Key, sa.ForeignKey("orders.id"), nullable=False, index=True),
    sa.Column("at", Moment, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("by_id", sa.BigInteger),
    sa.Column("by_name", sa.Text, nullable=False, server_default=""),
    sa.Column("note", sa.Text, nullable=False, server_default=""),
)

attempts = _table(
    "payment_attempts",
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("order_id", Key, sa.ForeignKey("orders.id"), nullable=False, index=True),
    sa.Column("gateway", sa.Text, nullable=False),
    sa.Column("amount", sa.BigInteger, nullable=False),
    sa.Column("currency", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("updated_at", Moment, nullable=False),
    sa.Column("reference", sa.Text, nullable=False, server_default=""),
    sa.Column("approved_until", Moment),
    sa.Column("charge_id", sa.Text, nullable=False, server_default=""),
    sa.Column("reason", sa.Text, nullable=False, server_default=""),
    sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
    sa.Column("next_look_at", Moment),
    sa.Index(None, "next_look_at"),
    sa.Index(None, "gateway", "reference"),
)

gateway_events = _table(
    "gateway_events",
    sa.Column("gateway", sa.Text, primary_key=True),
    sa.Column("event_id", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("attempt_id", sa.Text),
    sa.Column("raw", sa.Text, nullable=False),
    sa.Column("at", Moment, nullable=False),
)

money_journal = _table(
    "money_journal",
    sa.Column("id", Key, primary_key=True),
    sa.Column("key", sa.Text, nullable=False, unique=True),
    sa.Column("order_id", Key, sa.ForeignKey("orders.id"), nullable=False, index=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("amount", sa.BigInteger, nullable=False),
    sa.Column("currency", sa.Text, nullable=False),
    sa.Column("way", sa.Text, nullable=False),
    sa.Column("attempt_id", sa.Text),
    sa.Column("charge_id", sa.Text, nullable=False, server_default=""),
    sa.Column("by_name", sa.Text, nullable=False, server_default=""),
    sa.Column("at", Moment, nullable=False, index=True),
    sa.CheckConstraint("amount > 0", name="amount"),
)

staff_chat = _table(
    "staff_chat",
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),  # always 1: there is at most one
    sa.Column("chat_id", sa.BigInteger),
    sa.Column("title", sa.Text, nullable=False, server_default=""),
    sa.Column("language", sa.Text, nullable=False, server_default=""),
    sa.Column("linked_at", Moment),
    sa.Column("code_hash", sa.Text),
    sa.Column("code_expires_at", Moment),
)

staff_cards = _table(
    "staff_cards",
    sa.Column("order_id", Key, sa.ForeignKey("orders.id"), primary_key=True),
    sa.Column("chat_id", sa.BigInteger, nullable=False),
    sa.Column("message_id", sa.BigInteger, nullable=False),
)

outbox = _table(
    "outbox",
    sa.Column("id", Key, primary_key=True),
    sa.Column("key", sa.Text, nullable=False, unique=True),
    sa.Column("lane", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("data", sa.Text, nullable=False),  # JSON
    sa.Column("state", sa.Text, nullable=False),  # waiting, delivered, given_up
    sa.Column("written_at", Moment, nullable=False),
    sa.Column("due_at", Moment, nullable=False),
    sa.Column("leased_until", Moment),
    sa.Column("done_at", Moment),
    sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
    sa.Column("error", sa.Text, nullable=False, server_default=""),
    sa.Index(
        "ix_outbox_waiting",
        "lane",
        "id",
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    ),
    sa.Index(
        "ix_outbox_due",
        "due_at",
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    ),
    sa.Index(None, "state", "done_at"),
    sqlite_autoincrement=True,
)

dialogues = _table(
    "dialogues",
    sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("thread_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("user_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("language", sa.Text, nullable=False, server_default=""),
    sa.Column("step", sa.Text, nullable=False, server_default=""),
    sa.Column("data", sa.Text, nullable=False, server_default="{}"),
    sa.Column("token", sa.Text, nullable=False, server_default=""),
    sa.Column("screen", sa.Text, nullable=False, server_default=""),
    sa.Column("live_id", sa.BigInteger),
    sa.Column("live_kind", sa.Text, nullable=False, server_default=""),
    sa.Column("live_digest", sa.Text, nullable=False, server_default=""),
    sa.Column("version", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("shown_version", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("updated_at", Moment, nullable=False),
    sa.Index(
        "ix_dialogues_unshown", "updated_at",
        sqlite_where=sa.text("version > shown_version"), postgresql_where=sa.text("version > shown_version"),
    ),
)  # fmt: skip

updates = _table(
    "updates",
    sa.Column("bot_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("update_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("at", Moment, nullable=False, index=True),
    sqlite_with_rowid=False,
)

update_failures = _table(
    "update_failures",
    sa.Column("bot_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("update_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("error", sa.Text, nullable=False),
    sa.Column("times", sa.Integer, nullable=False),
    sa.Column("at", Moment, nullable=False),
)

files = _table(
    "files",
    sa.Column("bot_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("file_id", sa.Text, nullable=False),
)
