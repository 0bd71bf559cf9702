"""Shelves count works, not editions; those by author and by series are there without another import.

The prices are counted with the next one: until then they are counted when they are asked for.
"""

from __future__ import annotations

from alembic import op

revision = "0008_works_on_shelves"
down_revision = "0007_unknown_codes"
branch_labels = None
depends_on = None

# What these stand for in the statements.
WORKS = "count(DISTINCT CASE WHEN b.work = '' THEN '#' || CAST(b.id AS TEXT) ELSE b.work END)"
ASKED = """
    SELECT id, popularity, series_key FROM books WHERE withdrawn_at IS NULL
    ORDER BY popularity DESC, id DESC LIMIT 2000"""

SUBJECTS = """
    INSERT INTO shelf_counts (kind, key, books)
    SELECT 'subject', s.subject, {works}
    FROM book_subjects s JOIN books b ON b.id = s.book_id GROUP BY s.subject"""

LANGUAGES = """
    INSERT INTO shelf_counts (kind, key, books)
    SELECT 'language', b.language, {works}
    FROM books b WHERE b.withdrawn_at IS NULL AND b.language <> '' GROUP BY b.language"""

# Those of several works that are asked for most.
AUTHORS = """
    INSERT INTO shelf_counts (kind, key, books)
    SELECT 'author', CAST(book AS TEXT), works FROM (
        SELECT a.book, a.asked_for, a.name_key, (
            SELECT {works} FROM book_contributors c JOIN books b ON b.id = c.book_id
            WHERE c.name_key = a.name_key AND c.role = 'author' AND b.withdrawn_at IS NULL
        ) AS works
        FROM (
            SELECT c.name_key, min(CASE WHEN c.position = 1 THEN c.book_id END) AS book,
                sum(asked.popularity) AS asked_for
            FROM ({asked}) asked JOIN book_contributors c ON c.book_id = asked.id
            WHERE c.role = 'author' GROUP BY c.name_key
        ) a
        WHERE a.book IS NOT NULL
    ) found
    WHERE works > 1 ORDER BY asked_for DESC, name_key LIMIT 24"""

SERIES = """
    INSERT INTO shelf_counts (kind, key, books)
    SELECT 'series', CAST(book AS TEXT), works FROM (
        SELECT a.book, a.asked_for, a.series_key, (
            SELECT {works} FROM books b
            WHERE b.series_key = a.series_key AND b.withdrawn_at IS NULL
        ) AS works
        FROM (
            SELECT series_key, min(id) AS book, sum(popularity) AS asked_for
            FROM ({asked}) asked WHERE series_key <> '' GROUP BY series_key
        ) a
    ) found
    WHERE works > 1 ORDER BY asked_for DESC, series_key LIMIT 24"""

EDITIONS_LANGUAGES = """
    INSERT INTO shelf_counts (kind, key, books)
    SELECT 'language', language, count(*) FROM books
    WHERE withdrawn_at IS NULL AND language <> '' GROUP BY language"""

EDITIONS_SUBJECTS = """
    INSERT INTO shelf_counts (kind, key, books)
    SELECT 'subject', subject, count(*) FROM book_subjects GROUP BY subject"""


def upgrade() -> None:
    op.drop_index("ix_books_work", "books")
    op.create_index("ix_books_work_popularity", "books", ["work", "popularity"])
    op.drop_index("ix_books_added_at", "books")
    op.create_index("ix_books_added_at_id", "books", ["added_at", "id"])
    op.execute("ANALYZE")
    op.execute("DELETE FROM shelf_counts")
    for count in (SUBJECTS, LANGUAGES, AUTHORS, SERIES):
        op.execute(count.replace("{works}", WORKS).replace("{asked}", ASKED))


def downgrade() -> None:
    op.drop_index("ix_books_work_popularity", "books")
    op.create_index("ix_books_work", "books", ["work"])
    op.drop_index("ix_books_added_at_id", "books")
    op.create_index("ix_books_added_at", "books", ["added_at"])
    op.execute("DELETE FROM shelf_counts")
    for count in (EDITIONS_SUBJECTS, EDITIONS_LANGUAGES):
        op.execute(count)
