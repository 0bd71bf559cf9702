"""What customers asked the shop's people, and the answers."""

from __future__ import annotations

import sqlalchemy as sa

from storage.tables.columns import Key, Moment, table

questions = table(
    "questions",
    sa.Column("id", Key, primary_key=True),
    sa.Column("chat_id", sa.BigInteger, nullable=False),
    sa.Column("customer_id", Key, sa.ForeignKey("customers.id", ondelete="CASCADE"), index=True),
    sa.Column("first_name", sa.Text, nullable=False),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("searched", sa.Boolean, nullable=False),
    sa.Column("book_id", Key, sa.ForeignKey("books.id")),
    sa.Column("earlier_id", Key),  # no reference: the earlier one is forgotten first
    sa.Column("asked_at", Moment, nullable=False, index=True),
    sa.Column("done_at", Moment),
    sa.Column("done_name", sa.Text, nullable=False, server_default=""),
    # Where the staff's chat shows it.
    sa.Column("card_chat_id", sa.BigInteger),
    sa.Column("card_message_id", sa.BigInteger),
    sa.Index(None, "chat_id"),
    sqlite_autoincrement=True,  # a forgotten question's id never comes back to life in an old card
)

question_answers = table(
    "question_answers",
    sa.Column("question_id", Key, sa.ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("by_name", sa.Text, nullable=False),
    sa.Column("cut", sa.Boolean, nullable=False),
    sa.Column("refused", sa.Boolean, nullable=False),
)
