"""INSERT with ON CONFLICT. SQLite took the clause over from PostgreSQL, and SQLAlchemy's PostgreSQL construct compiles on both."""

from sqlalchemy.dialects.postgresql import Insert, insert

__all__ = ["Insert", "insert"]
