"""The catalogue and the stock."""

from __future__ import annotations

import sqlalchemy as sa

from storage.tables.columns import Key, Moment, Plain, table

books = table(
    "books",
    sa.Column("id", Key, primary_key=True),
    sa.Column("isbn13", sa.Text),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("subtitle", sa.Text, nullable=False, server_default=""),
    # Folded, and in the same order on both databases, whatever a server's language is.
    sa.Column("sort_title", Plain, nullable=False, server_default=""),
    # `|` between; the rows of book_contributors say more. Kept here so that a list of books is one query.
    sa.Column("authors", sa.Text, nullable=False, server_default=""),
    sa.Column("other_titles", sa.Text, nullable=False, server_default=""),
    sa.Column("series", sa.Text, nullable=False, server_default=""),
    sa.Column("series_key", sa.Text, nullable=False, server_default=""),
    sa.Column("series_no", sa.Text, nullable=False, server_default=""),
    sa.Column("year", sa.Integer),
    sa.Column("language", sa.Text, nullable=False, server_default=""),
    sa.Column("form", sa.Text, nullable=False, server_default="other"),
    sa.Column("pages", sa.Integer),
    sa.Column("publisher", sa.Text, nullable=False, server_default=""),
    sa.Column("subjects", sa.Text, nullable=False, server_default=""),  # `|` between, as authors
    sa.Column("blurb", sa.Text, nullable=False, server_default=""),
    sa.Column("staff_pick", sa.Text, nullable=False, server_default=""),
    sa.Column("shelf", sa.Text, nullable=False, server_default=""),
    sa.Column("cover_url", sa.Text, nullable=False, server_default=""),
    # The same for all editions of one work: folded title and first author.
    sa.Column("work", sa.Text, nullable=False, server_default=""),
    sa.Column("price", sa.BigInteger),
    sa.Column("currency", sa.Text, nullable=False),
    sa.Column("supply", sa.Text, nullable=False, server_default="unavailable"),
    sa.Column("lead_days", sa.Integer),
    sa.Column("available_from", sa.Date),
    sa.Column("on_hand", sa.Integer, nullable=False, server_default="0"),
    sa.Column("held", sa.Integer, nullable=False, server_default="0"),
    sa.Column("popularity", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("added_at", Moment, nullable=False),
    sa.Column("withdrawn_at", Moment),
    # Where the record came from (feed and record reference), its digest, and which fields the shop set itself.
    sa.Column("source", sa.Text, nullable=False, server_default=""),
    sa.Column("source_ref", sa.Text, nullable=False, server_default=""),
    sa.Column("source_digest", sa.Text, nullable=False, server_default=""),
    sa.Column("own_fields", sa.Text, nullable=False, server_default=""),
    # What the source said in codes without a meaning here, `list:code`, `|` between.
    sa.Column("unknown_codes", sa.Text, nullable=False, server_default=""),
    # The copies that the source last counted: counted anew only when it says something else.
    sa.Column("source_on_hand", sa.Integer),
    sa.UniqueConstraint("isbn13"),
    sa.CheckConstraint("held >= 0 AND on_hand >= held", name="stock"),
    # With what most shelves choose a work's edition by: to say of one that none comes before it, nothing else is read.
    sa.Index(None, "work", "popularity"),
    # The id as well: what one import brought is all of one moment.
    sa.Index(None, "added_at", "id"),
    sa.Index(None, "popularity"),
    sa.Index(None, "language", "popularity"),
    sa.Index(None, "series_key"),
    sa.Index(None, "source", "source_ref"),
    sa.Index(
        "ix_books_picks",
        "popularity",
        sqlite_where=sa.text("staff_pick <> ''"),
        postgresql_where=sa.text("staff_pick <> ''"),
    ),
)

book_contributors = table(
    "book_contributors",
    sa.Column("book_id", Key, sa.ForeignKey("books.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("name_key", sa.Text, nullable=False),  # folded, for browsing by author
    sa.Column("role", sa.Text, nullable=False, server_default="author"),
    sa.Index(None, "name_key", "book_id"),
)

# The books of the range (a withdrawn one has no row) by subject, with what they are sorted by: a page of a shelf is read
# from the index, however full the shelf is.
book_subjects = table(
    "book_subjects",
    sa.Column("book_id", Key, sa.ForeignKey("books.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("subject", sa.Text, primary_key=True),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("popularity", sa.BigInteger, nullable=False),
    sa.Index(None, "subject", "popularity", "book_id"),
    sa.Index(None, "subject", "language", "popularity"),
)

# How many works of the range have a subject, a language or (an edition with) a price in a usual band, are by an author or of a
# series (of those that are asked for most; the key is the id of one of the books): counted when the catalogue changes, not
# when it is read.
shelf_counts = table(
    "shelf_counts",
    sa.Column("kind", sa.Text, primary_key=True),  # subject, language, price, author, series
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("books", sa.Integer, nullable=False),
)

stock_ledger = table(
    "stock_ledger",
    sa.Column("id", Key, primary_key=True),
    sa.Column("book_id", Key, sa.ForeignKey("books.id"), nullable=False),
    sa.Column("on_hand", sa.Integer, nullable=False),
    sa.Column("held", sa.Integer, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("order_id", Key),
    sa.Column("at", Moment, nullable=False),
    sa.Index(None, "book_id"),
)
