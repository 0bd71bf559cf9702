"""The shop: its catalogue, customers, carts, orders, payments, staff, and the chat's own rows.

The names of keys and constraints follow the convention of `storage.tables`.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001_shop"
down_revision = None
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer, "sqlite")
MOMENT = sa.BigInteger
PLAIN = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def partial(name: str, table: str, columns: list[str], where: str) -> None:
    """An index of only the rows that are asked for."""
    op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def upgrade() -> None:
    op.create_table(
        "books",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("isbn13", sa.Text),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("subtitle", sa.Text, nullable=False, server_default=""),
        sa.Column("sort_title", PLAIN, nullable=False, server_default=""),
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
        sa.Column("subjects", sa.Text, nullable=False, server_default=""),
        sa.Column("blurb", sa.Text, nullable=False, server_default=""),
        sa.Column("staff_pick", sa.Text, nullable=False, server_default=""),
        sa.Column("shelf", sa.Text, nullable=False, server_default=""),
        sa.Column("cover_url", sa.Text, nullable=False, server_default=""),
        sa.Column("work", sa.Text, nullable=False, server_default=""),
        sa.Column("price", sa.BigInteger),
        sa.Column("currency", sa.Text, nullable=False),
        sa.Column("supply", sa.Text, nullable=False, server_default="unavailable"),
        sa.Column("lead_days", sa.Integer),
        sa.Column("available_from", sa.Date),
        sa.Column("on_hand", sa.Integer, nullable=False, server_default="0"),
        sa.Column("held", sa.Integer, nullable=False, server_default="0"),
        sa.Column("popularity", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT),
        sa.Column("source", sa.Text, nullable=False, server_default=""),
        sa.Column("source_ref", sa.Text, nullable=False, server_default=""),
        sa.Column("source_digest", sa.Text, nullable=False, server_default=""),
        sa.Column("own_fields", sa.Text, nullable=False, server_default=""),
        sa.Column("source_on_hand", sa.Integer),
        sa.CheckConstraint("held >= 0 AND on_hand >= held", name="stock"),
        sa.UniqueConstraint("isbn13"),
    )
    op.create_index("ix_books_added_at", "books", ["added_at"])
    op.create_index("ix_books_language_popularity", "books", ["language", "popularity"])
    partial("ix_books_picks", "books", ["popularity"], "staff_pick <> ''")
    op.create_index("ix_books_popularity", "books", ["popularity"])
    op.create_index("ix_books_series_key", "books", ["series_key"])
    op.create_index("ix_books_source_source_ref", "books", ["source", "source_ref"])
    op.create_index("ix_books_work", "books", ["work"])
    op.create_table(
        "customers",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("email_key", sa.Text, nullable=False, unique=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False, server_default=""),
        sa.Column("password_hash", sa.Text, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("confirmed_at", MOMENT),
        sqlite_autoincrement=True,
    )
    op.create_table(
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
        sa.Column("updated_at", MOMENT, nullable=False),
    )
    partial("ix_dialogues_unshown", "dialogues", ["updated_at"], "version > shown_version")
    op.create_table(
        "files",
        sa.Column("bot_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("file_id", sa.Text, nullable=False),
    )
    op.create_table(
        "gateway_events",
        sa.Column("gateway", sa.Text, primary_key=True),
        sa.Column("event_id", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("attempt_id", sa.Text),
        sa.Column("raw", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_table(
        "limits",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_index("ix_limits_key_at", "limits", ["key", "at"])
    op.create_table(
        "mailed_codes",
        sa.Column("email_key", sa.Text, primary_key=True),
        sa.Column("purpose", sa.Text, primary_key=True),
        sa.Column("code_hash", sa.Text, nullable=False),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
    )
    op.create_table(
        "outbox",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("key", sa.Text, nullable=False, unique=True),
        sa.Column("lane", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("data", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("leased_until", MOMENT),
        sa.Column("done_at", MOMENT),
        sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
        sa.Column("error", sa.Text, nullable=False, server_default=""),
        sqlite_autoincrement=True,
    )
    partial("ix_outbox_due", "outbox", ["due_at"], "state = 'waiting'")
    op.create_index("ix_outbox_state_done_at", "outbox", ["state", "done_at"])
    partial("ix_outbox_waiting", "outbox", ["lane", "id"], "state = 'waiting'")
    op.create_table(
        "shelf_counts",
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("books", sa.Integer, nullable=False),
    )
    op.create_table(
        "staff_chat",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("chat_id", sa.BigInteger),
        sa.Column("title", sa.Text, nullable=False, server_default=""),
        sa.Column("language", sa.Text, nullable=False, server_default=""),
        sa.Column("linked_at", MOMENT),
        sa.Column("code_hash", sa.Text),
        sa.Column("code_expires_at", MOMENT),
    )
    op.create_table(
        "update_failures",
        sa.Column("bot_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("update_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("error", sa.Text, nullable=False),
        sa.Column("times", sa.Integer, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_table(
        "updates",
        sa.Column("bot_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("update_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("at", MOMENT, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_updates_at", "updates", ["at"])
    op.create_table(
        "book_contributors",
        sa.Column("book_id", KEY, sa.ForeignKey("books.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("name_key", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False, server_default="author"),
    )
    op.create_index("ix_book_contributors_name_key_book_id", "book_contributors", ["name_key", "book_id"])
    op.create_table(
        "book_subjects",
        sa.Column("book_id", KEY, sa.ForeignKey("books.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("subject", sa.Text, primary_key=True),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("popularity", sa.BigInteger, nullable=False),
    )
    op.create_index(
        "ix_book_subjects_subject_language_popularity", "book_subjects", ["subject", "language", "popularity"]
    )
    op.create_index(
        "ix_book_subjects_subject_popularity_book_id", "book_subjects", ["subject", "popularity", "book_id"]
    )
    op.create_table(
        "carts",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("owner", sa.Text, nullable=False, unique=True),
        sa.Column("customer_id", KEY, sa.ForeignKey("customers.id", ondelete="CASCADE")),
    )
    op.create_index("ix_carts_customer_id", "carts", ["customer_id"])
    op.create_table(
        "orders",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("number", sa.Text, nullable=False, unique=True),
        sa.Column("customer_id", KEY, sa.ForeignKey("customers.id", ondelete="SET NULL")),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("customer_name", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("way", sa.Text, nullable=False),
        sa.Column("currency", sa.Text, nullable=False),
        sa.Column("total", sa.BigInteger, nullable=False),
        sa.Column("checkout_id", sa.Text, nullable=False, unique=True),
        sa.Column("pickup_code", sa.Text, nullable=False, unique=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("hold_until", MOMENT),
        sa.Column("ready_at", MOMENT),
        sa.Column("closed_at", MOMENT),
        sa.Column("accepted_by", sa.BigInteger),
        sa.Column("accepted_name", sa.Text, nullable=False, server_default=""),
        sa.Column("accepted_at", MOMENT),
        sa.Column("closed_name", sa.Text, nullable=False, server_default=""),
        sa.Column("tender", sa.Text),
        sa.Column("cancel_reason", sa.Text, nullable=False, server_default=""),
        sa.Column("reminded_at", MOMENT),
    )
    op.create_index("ix_orders_customer_id_id", "orders", ["customer_id", "id"])
    op.create_index("ix_orders_state_hold_until", "orders", ["state", "hold_until"])
    op.create_table(
        "sessions",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("customer_id", KEY, sa.ForeignKey("customers.id", ondelete="CASCADE"), nullable=False),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("issued_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT),
    )
    op.create_index("ix_sessions_customer_id", "sessions", ["customer_id"])
    op.create_table(
        "stock_ledger",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("book_id", KEY, sa.ForeignKey("books.id"), nullable=False),
        sa.Column("on_hand", sa.Integer, nullable=False),
        sa.Column("held", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("order_id", KEY),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_index("ix_stock_ledger_book_id", "stock_ledger", ["book_id"])
    op.create_table(
        "cart_lines",
        sa.Column("cart_id", KEY, sa.ForeignKey("carts.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("book_id", KEY, sa.ForeignKey("books.id"), primary_key=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("quantity", sa.Integer, nullable=False),
        sa.Column("seen_price", sa.BigInteger),
        sa.Column("seen_currency", sa.Text, nullable=False, server_default=""),
        sa.Column("seen_here", sa.Integer, nullable=False),
        sa.CheckConstraint("quantity > 0", name="quantity"),
    )
    op.create_table(
        "money_journal",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("key", sa.Text, nullable=False, unique=True),
        sa.Column("order_id", KEY, sa.ForeignKey("orders.id"), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("amount", sa.BigInteger, nullable=False),
        sa.Column("currency", sa.Text, nullable=False),
        sa.Column("way", sa.Text, nullable=False),
        sa.Column("attempt_id", sa.Text),
        sa.Column("charge_id", sa.Text, nullable=False, server_default=""),
        sa.Column("by_name", sa.Text, nullable=False, server_default=""),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint("amount > 0", name="amount"),
    )
    op.create_index("ix_money_journal_at", "money_journal", ["at"])
    op.create_index("ix_money_journal_order_id", "money_journal", ["order_id"])
    op.create_table(
        "order_events",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("order_id", KEY, sa.ForeignKey("orders.id"), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("by_id", sa.BigInteger),
        sa.Column("by_name", sa.Text, nullable=False, server_default=""),
        sa.Column("note", sa.Text, nullable=False, server_default=""),
    )
    op.create_index("ix_order_events_order_id", "order_events", ["order_id"])
    op.create_table(
        "order_lines",
        sa.Column("order_id", KEY, sa.ForeignKey("orders.id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("book_id", KEY, sa.ForeignKey("books.id"), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("authors", sa.Text, nullable=False),
        sa.Column("form", sa.Text, nullable=False),
        sa.Column("shelf", sa.Text, nullable=False),
        sa.Column("unit_price", sa.BigInteger, nullable=False),
        sa.Column("quantity", sa.Integer, nullable=False),
        sa.Column("held", sa.Integer, nullable=False),
        sa.CheckConstraint("quantity > 0 AND held >= 0 AND held <= quantity", name="held"),
    )
    op.create_table(
        "payment_attempts",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("order_id", KEY, sa.ForeignKey("orders.id"), nullable=False),
        sa.Column("gateway", sa.Text, nullable=False),
        sa.Column("amount", sa.BigInteger, nullable=False),
        sa.Column("currency", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("reference", sa.Text, nullable=False, server_default=""),
        sa.Column("approved_until", MOMENT),
        sa.Column("charge_id", sa.Text, nullable=False, server_default=""),
        sa.Column("reason", sa.Text, nullable=False, server_default=""),
        sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
        sa.Column("next_look_at", MOMENT),
    )
    op.create_index("ix_payment_attempts_gateway_reference", "payment_attempts", ["gateway", "reference"])
    op.create_index("ix_payment_attempts_next_look_at", "payment_attempts", ["next_look_at"])
    op.create_index("ix_payment_attempts_order_id", "payment_attempts", ["order_id"])
    op.create_table(
        "staff_cards",
        sa.Column("order_id", KEY, sa.ForeignKey("orders.id"), primary_key=True),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("message_id", sa.BigInteger, nullable=False),
    )


def downgrade() -> None:
    for table in (
        "staff_cards",
        "payment_attempts",
        "order_lines",
        "order_events",
        "money_journal",
        "cart_lines",
        "stock_ledger",
        "sessions",
        "orders",
        "carts",
        "book_subjects",
        "book_contributors",
        "updates",
        "update_failures",
        "staff_chat",
        "shelf_counts",
        "outbox",
        "mailed_codes",
        "limits",
        "gateway_events",
        "files",
        "dialogues",
        "customers",
        "books",
    ):
        op.drop_table(table)
