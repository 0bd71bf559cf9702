"""The staff's chat, messages to deliver, and where each person is in the chat."""

from __future__ import annotations

import sqlalchemy as sa

from storage.tables.columns import Key, Moment, table

staff_chat = table(
    "staff_chat",
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),  # always 1: there is at most one
    sa.Column("chat_id", sa.BigInteger),
    sa.Column("title", sa.Text, nullable=False, server_default=""),
    sa.Column("language", sa.Text, nullable=False, server_default=""),
    sa.Column("linked_at", Moment),
    sa.Column("code_hash", sa.Text),
    sa.Column("code_expires_at", Moment),
)

staff_cards = table(
    "staff_cards",
    sa.Column("order_id", Key, sa.ForeignKey("orders.id"), primary_key=True),
    sa.Column("chat_id", sa.BigInteger, nullable=False),
    sa.Column("message_id", sa.BigInteger, nullable=False),
)

outbox = table(
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

# Files that the staff sent: one is worked at a time.
feed_jobs = table(
    "feed_jobs",
    sa.Column("id", Key, primary_key=True),
    sa.Column("file_id", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("user_id", sa.BigInteger, nullable=False),
    sa.Column("by_name", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),  # domain.feed_job.JobState
    sa.Column("written_at", Moment, nullable=False, index=True),
    sa.Column("began_at", Moment),
    sa.Column("message_id", sa.BigInteger),
    sa.Column("taken", sa.Integer, nullable=False, server_default="0"),
    sa.Column("tally", sa.Text, nullable=False, server_default="{}"),  # JSON
    sa.Column("report", sa.Text, nullable=False, server_default=""),  # CSV
    sa.Column("problem", sa.Text, nullable=False, server_default=""),
    sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
    sa.Column("leased_until", Moment),
    sa.Index(
        "ix_feed_jobs_to_do",
        "id",
        sqlite_where=sa.text("state IN ('to_read', 'to_import')"),
        postgresql_where=sa.text("state IN ('to_read', 'to_import')"),
    ),
)

dialogues = table(
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

updates = table(
    "updates",
    sa.Column("bot_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("update_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("at", Moment, nullable=False, index=True),
    sqlite_with_rowid=False,
)

update_failures = table(
    "update_failures",
    sa.Column("bot_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("update_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("error", sa.Text, nullable=False),
    sa.Column("times", sa.Integer, nullable=False),
    sa.Column("at", Moment, nullable=False),
)

files = table(
    "files",
    sa.Column("bot_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("file_id", sa.Text, nullable=False),
)
