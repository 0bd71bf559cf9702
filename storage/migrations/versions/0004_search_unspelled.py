"""On SQLite: words of the index whose misspellings are not entered yet, as an import leaves them for a moment."""

from __future__ import annotations

from alembic import op

revision = "0004_search_unspelled"
down_revision = "0003_feed_jobs"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("CREATE TABLE search_unspelled (word INTEGER PRIMARY KEY)")


def downgrade() -> None:
    op.execute("DROP TABLE IF EXISTS search_unspelled")
