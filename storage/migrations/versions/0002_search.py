"""The search index: entries, titles, names, and the vocabulary with the keys of its mistyped words.

``search_entries``   one row a book: what it is found by. Its ``id`` puts the popular first (`domain.search.entry.rank`)
``search_fts``       which entries a word is in: FTS5 on SQLite; on PostgreSQL the column ``lexemes`` with a GIN index
``search_titles``    whole titles as keys
``search_names``     whole authors as keys
``search_words``     every word, and in how many entries it is; the empty word counts the entries
``search_deletes``   the keys of mistyped words (`domain.search.spelling`)
"""

from __future__ import annotations

from alembic import op

revision = "0002_search"
down_revision = "0001_shop"
branch_labels = None
depends_on = None

SQLITE: tuple[str, ...] = (
    "CREATE TABLE search_entries (id INTEGER PRIMARY KEY, book_id INTEGER NOT NULL UNIQUE,"
    " work TEXT NOT NULL, terms TEXT NOT NULL, titles TEXT NOT NULL)",
    "CREATE VIRTUAL TABLE search_fts USING fts5 (terms, content='search_entries', content_rowid='id',"
    " detail=none, columnsize=0, tokenize=\"ascii tokenchars '~^'\")",
    "CREATE TABLE search_titles (key TEXT NOT NULL, entry INTEGER NOT NULL, PRIMARY KEY (key, entry)) WITHOUT ROWID",
    "CREATE TABLE search_names (key TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID",
    "CREATE TABLE search_words (id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE, entries INTEGER NOT NULL)",
    "CREATE TABLE search_deletes (key INTEGER NOT NULL, word INTEGER NOT NULL, PRIMARY KEY (key, word)) WITHOUT ROWID",
)

POSTGRESQL: tuple[str, ...] = (
    "CREATE TABLE search_entries (id BIGINT PRIMARY KEY, book_id BIGINT NOT NULL UNIQUE,"
    " work TEXT NOT NULL, terms TEXT NOT NULL, titles TEXT NOT NULL, lexemes TSVECTOR NOT NULL)",
    "CREATE INDEX ix_search_entries_lexemes ON search_entries USING gin (lexemes)",
    'CREATE TABLE search_titles (key TEXT COLLATE "C" NOT NULL, entry BIGINT NOT NULL, PRIMARY KEY (key, entry))',
    'CREATE TABLE search_names (key TEXT COLLATE "C" NOT NULL PRIMARY KEY)',
    "CREATE TABLE search_words (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
    ' word TEXT COLLATE "C" NOT NULL UNIQUE, entries BIGINT NOT NULL)',
    "CREATE TABLE search_deletes (key INTEGER NOT NULL, word BIGINT NOT NULL, PRIMARY KEY (key, word))",
)

TABLES = ("search_fts", "search_entries", "search_titles", "search_names", "search_deletes", "search_words")


def upgrade() -> None:
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    for table in TABLES:
        op.execute(f"DROP TABLE IF EXISTS {table}")
