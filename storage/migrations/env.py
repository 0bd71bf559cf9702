"""How Alembic runs here: over the connection that `storage.migrate` hands it, inside that connection's transaction."""

from __future__ import annotations

from alembic import context

from storage.migrate import ours
from storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,  # SQLite has it too when the driver does not commit behind our back
    include_name=ours,
)
with context.begin_transaction():
    context.run_migrations()
