"""What the shop keeps: SQLAlchemy Core on SQLite or PostgreSQL behind the domain's ports."""
