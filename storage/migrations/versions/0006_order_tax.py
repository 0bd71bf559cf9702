"""The rate of tax that an order's prices include, in hundredths of a percent. Of older orders it is not known."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006_order_tax"
down_revision = "0005_cancel_terms"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("orders", sa.Column("tax_points", sa.Integer))


def downgrade() -> None:
    op.drop_column("orders", "tax_points")
