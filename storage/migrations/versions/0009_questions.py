"""What customers ask the shop's people, and the answers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009_questions"
down_revision = "0008_works_on_shelves"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer, "sqlite")
MOMENT = sa.BigInteger


def upgrade() -> None:
    op.create_table(
        "questions",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("customer_id", KEY, sa.ForeignKey("customers.id", ondelete="CASCADE")),
        sa.Column("first_name", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("searched", sa.Boolean, nullable=False),
        sa.Column("book_id", KEY, sa.ForeignKey("books.id")),
        sa.Column("earlier_id", KEY),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("done_at", MOMENT),
        sa.Column("done_name", sa.Text, nullable=False, server_default=""),
        sa.Column("card_chat_id", sa.BigInteger),
        sa.Column("card_message_id", sa.BigInteger),
        sqlite_autoincrement=True,
    )
    for column in ("chat_id", "customer_id", "asked_at"):
        op.create_index(f"ix_questions_{column}", "questions", [column])
    op.create_table(
        "question_answers",
        sa.Column("question_id", KEY, sa.ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by_name", sa.Text, nullable=False),
        sa.Column("cut", sa.Boolean, nullable=False),
        sa.Column("refused", sa.Boolean, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("question_answers")
    op.drop_table("questions")
