"""Customers, what keeps them logged in, and their carts."""

from __future__ import annotations

import sqlalchemy as sa

from storage.tables.columns import Key, Moment, table

customers = table(
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

sessions = table(
    "sessions",
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("customer_id", Key, sa.ForeignKey("customers.id", ondelete="CASCADE"), nullable=False),
    sa.Column("chat_id", sa.BigInteger, nullable=False),
    sa.Column("issued_at", Moment, nullable=False),
    sa.Column("expires_at", Moment, nullable=False),
    sa.Column("revoked_at", Moment),
    sa.Index(None, "customer_id"),
)

mailed_codes = table(
    "mailed_codes",
    sa.Column("email_key", sa.Text, primary_key=True),
    sa.Column("purpose", sa.Text, primary_key=True),
    sa.Column("code_hash", sa.Text, nullable=False),
    sa.Column("chat_id", sa.BigInteger, nullable=False),
    sa.Column("expires_at", Moment, nullable=False),
    sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
)

limits = table(
    "limits",
    sa.Column("id", Key, primary_key=True),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Index(None, "key", "at"),
)

carts = table(
    "carts",
    sa.Column("id", Key, primary_key=True),
    # `customer:5`, or `guest:<chat>:<user>`: unique, so that a second phone cannot make a second cart.
    sa.Column("owner", sa.Text, nullable=False, unique=True),
    sa.Column("customer_id", Key, sa.ForeignKey("customers.id", ondelete="CASCADE"), index=True),
)

cart_lines = table(
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
