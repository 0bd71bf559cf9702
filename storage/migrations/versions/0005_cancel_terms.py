"""What an order's customer was told about cancelling it once it is paid. Older orders keep what held then: until it lies ready, and
all of the money goes back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005_cancel_terms"
down_revision = "0004_search_unspelled"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("orders", sa.Column("cancel_until", sa.Text, nullable=False, server_default="ready"))
    op.add_column("orders", sa.Column("cancel_percent", sa.Integer, nullable=False, server_default="0"))
    op.add_column("orders", sa.Column("cancel_fee", sa.BigInteger, nullable=False, server_default="0"))
    op.add_column("orders", sa.Column("cancel_free_hours", sa.Integer, nullable=False, server_default="0"))


def downgrade() -> None:
    for name in ("cancel_free_hours", "cancel_fee", "cancel_percent", "cancel_until"):
        op.drop_column("orders", name)
