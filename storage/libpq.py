"""A PostgreSQL database as its own programs are told of it."""

from __future__ import annotations

import sqlalchemy as sa


def libpq_address(database: str) -> str:
    """The address in PostgreSQL's own spelling (libpq, Connection URIs), without the password: the programs ask for it."""
    url = sa.make_url(database)
    query = {("sslmode" if key == "ssl" else key): value for key, value in url.query.items()}
    # Not `set(password=None)`, which leaves it as it is.
    bare = sa.URL.create("postgresql", url.username, None, url.host, url.port, url.database, query)
    return bare.render_as_string(hide_password=False)
