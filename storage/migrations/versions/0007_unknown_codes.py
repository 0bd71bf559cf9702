"""What sources say of books in codes that have no meaning here."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007_unknown_codes"
down_revision = "0006_order_tax"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("books", sa.Column("unknown_codes", sa.Text, nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("books", "unknown_codes")
