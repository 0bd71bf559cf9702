"""Orders, and the money that is paid for them."""

from __future__ import annotations

import sqlalchemy as sa

from storage.tables.columns import Key, Moment, table

orders = table(
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
    sa.Column("cancel_until", sa.Text, nullable=False, server_default="ready"),
    sa.Column("cancel_percent", sa.Integer, nullable=False, server_default="0"),
    sa.Column("cancel_fee", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("cancel_free_hours", sa.Integer, nullable=False, server_default="0"),
    sa.Column("tax_points", sa.Integer),
    sa.Index(None, "customer_id", "id"),
    sa.Index(None, "state", "hold_until"),
)

order_lines = table(
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

order_events = table(
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

attempts = table(
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

gateway_events = table(
    "gateway_events",
    sa.Column("gateway", sa.Text, primary_key=True),
    sa.Column("event_id", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("attempt_id", sa.Text),
    sa.Column("raw", sa.Text, nullable=False),
    sa.Column("at", Moment, nullable=False),
)

money_journal = table(
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
