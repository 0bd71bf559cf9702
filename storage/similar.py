"""Books like one: those in its language that share most of its subjects, the popular first, by others than its authors."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import bindparam

from domain.ids import BookId
from storage.connection import Connection, lengthy
from storage.names import parted
from storage.tables import book_subjects, books

MOST = 24
"""So many works are shown,"""
COMPARED = 60
"""out of so many of the most popular books of each subject: a full shelf is not read to its end."""
SUBJECTS = 4
"""The first ones are the most telling."""

EDITIONS = sa.select(books.c.id, books.c.work, books.c.popularity).where(
    books.c.work.in_(bindparam("works", expanding=True)),
    books.c.language == bindparam("tongue"),
    books.c.withdrawn_at.is_(None),
)
OF_BOOK = sa.select(books.c.subjects, books.c.language, books.c.work, books.c.authors).where(
    books.c.id == bindparam("book")
)


def _most_popular(number: int) -> sa.Select[tuple[int]]:
    return (
        sa.select(book_subjects.c.book_id)
        .where(
            book_subjects.c.subject == bindparam(f"subject_{number}"),
            book_subjects.c.language == bindparam("tongue"),
        )
        .order_by(book_subjects.c.popularity.desc())
        .limit(COMPARED)
    )


def _alike(subjects: int) -> sa.Select[tuple[int, str]]:
    """By how many subjects the book has."""
    numbers = range(subjects)
    candidates = sa.union(
        *(sa.select(_most_popular(number).subquery().c.book_id) for number in numbers)
    ).subquery()
    named = [bindparam(f"subject_{number}", type_=sa.String) for number in numbers]
    return (
        sa.select(books.c.id, books.c.work)
        .select_from(candidates)
        .join(book_subjects, book_subjects.c.book_id == candidates.c.book_id)
        .join(books, books.c.id == candidates.c.book_id)
        .where(
            book_subjects.c.subject.in_(named),
            books.c.id != bindparam("book"),
            sa.or_(books.c.work == "", books.c.work != bindparam("of_work")),
            books.c.authors != bindparam("by"),
        )
        .group_by(books.c.id, books.c.work, books.c.popularity)
        .order_by(sa.func.count().desc(), books.c.popularity.desc(), books.c.id.desc())
    )


ALIKE = {subjects: lengthy(_alike(subjects)) for subjects in range(1, SUBJECTS + 1)}


async def similar(connection: Connection, book_id: BookId) -> list[int]:
    """The ids of all editions of these works, the most alike first; none for a book without subjects."""
    row = (await connection.execute(OF_BOOK, {"book": book_id})).one_or_none()
    if row is None or not row.subjects:
        return []
    subjects = parted(row.subjects)[:SUBJECTS]
    names = {f"subject_{number}": subject for number, subject in enumerate(subjects)}
    found = await connection.execute(
        ALIKE[len(subjects)],
        {"book": book_id, "tongue": row.language, "of_work": row.work, "by": row.authors, **names},
    )
    # One whose title has no letters is a work of its own.
    works = [*dict.fromkeys((work, 0 if work else book) for book, work in found)][:MOST]
    editions = {(work, alone): [alone] if alone else [] for work, alone in works}
    named = [work for work, _ in works if work]
    others = (await connection.execute(EDITIONS, {"works": named, "tongue": row.language})).all()
    for one in sorted(others, key=lambda one: (-one.popularity, one.id)):
        editions[one.work, 0].append(one.id)
    return [book for work in works for book in editions[work]]
