"""Files that the staff send to be imported."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003_feed_jobs"
down_revision = "0002_search"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer, "sqlite")
MOMENT = sa.BigInteger


def upgrade() -> None:
    op.create_table(
        "feed_jobs",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("file_id", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("user_id", sa.BigInteger, nullable=False),
        sa.Column("by_name", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("began_at", MOMENT),
        sa.Column("message_id", sa.BigInteger),
        sa.Column("taken", sa.Integer, nullable=False, server_default="0"),
        sa.Column("tally", sa.Text, nullable=False, server_default="{}"),
        sa.Column("report", sa.Text, nullable=False, server_default=""),
        sa.Column("problem", sa.Text, nullable=False, server_default=""),
        sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
        sa.Column("leased_until", MOMENT),
    )
    to_do = sa.text("state IN ('to_read', 'to_import')")
    op.create_index("ix_feed_jobs_to_do", "feed_jobs", ["id"], sqlite_where=to_do, postgresql_where=to_do)
    op.create_index("ix_feed_jobs_written_at", "feed_jobs", ["written_at"])


def downgrade() -> None:
    op.drop_table("feed_jobs")
