"""Bringing a feed into the catalogue: each record compared with the book that it speaks of, and everything reported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from domain.book import Form
from domain.catalogue import CatalogueRow, Role
from domain.feed import FeedProblem, FeedRecord, Notification, Reason, Severity
from domain.feed_job import Tally
from domain.feed_rows import SHOPS_OWN, row_of
from domain.ports.catalogue_intake import CatalogueIntake, KnownBook, Sought, Unacceptable

_AS_SHOWN: Final = (
    "isbn13", "series", "series_no", "year", "language", "form", "pages", "publisher", "subjects", "blurb", "staff_pick",
    "shelf", "cover_url", "supply", "lead_days", "available_from", "price", "popularity", "withdrawn", "other_titles",
)  # fmt: skip
_DESCRIPTION: Final = (
    "subtitle", "contributors", "other_titles", "series", "series_no", "year", "language", "pages", "publisher", "subjects",
    "blurb", "cover_url", "price",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Asked:
    """A record, the book it speaks of, and the row it asks for."""

    record: FeedRecord
    row: CatalogueRow


class Feeding:
    """One file's way into the catalogue. ``currency`` is the shop's."""

    def __init__(self, intake: CatalogueIntake, *, currency: str, now: datetime) -> None:
        self._intake = intake
        self._currency = currency
        self._now = now
        self._came: dict[int, int] = {}
        """The whole records that came, by their books' hashed names: a large file has many."""
        self.tally = Tally()

    async def take(self, source: str, items: Sequence[FeedRecord | FeedProblem]) -> list[FeedProblem]:
        """Bring in the next records, each batch in a short transaction. Returns all that is to report, in the file's order.

        Raises PassingFailure if the database is away; what was taken before is kept, and the file can be taken again.
        """
        problems = [item for item in items if isinstance(item, FeedProblem)]
        records = [item for item in items if isinstance(item, FeedRecord)]
        problems += [note for record in records if (note := self._came_before(record)) is not None]
        for batch in _apart(records):
            problems += await self._bring_all(source, batch)
        for problem in problems:
            match problem.severity:
                case Severity.FILE:
                    self.tally.unread += 1
                case Severity.RECORD:
                    self.tally.refused += 1
                case Severity.NOTE:
                    self.tally.notes += 1
        # A file's own problem stops it: it comes after all that was read.
        return sorted(problems, key=lambda one: (one.severity is Severity.FILE, one.record))

    async def finish(self) -> None:
        """After the file's last record."""
        await self._intake.finish(self._now)

    def _came_before(self, record: FeedRecord) -> FeedProblem | None:
        """A note if a whole record of the same book came before: the later one counts, and somebody may wonder."""
        if record.notification is not Notification.REPLACE:
            return None
        before = self._came.setdefault(hash(record.isbn13 or record.reference), record.record)
        if before == record.record:
            return None
        values = {"before": str(before)}
        return FeedProblem(
            Severity.NOTE, Reason.CAME_BEFORE, record.record, record.line, record.reference, values
        )

    async def _bring_all(self, source: str, records: Sequence[FeedRecord]) -> list[FeedProblem]:
        try:
            return await self._bring(source, records)
        except Unacceptable as error:
            if len(records) == 1:
                return [_refused(records[0], Reason.BROKEN_RECORD, detail=str(error))]
        # One of them is to blame: the others come in one by one.
        return [problem for one in records for problem in await self._bring_all(source, [one])]

    async def _bring(self, source: str, records: Sequence[FeedRecord]) -> list[FeedProblem]:
        sought = [Sought(one.reference, one.isbn13, one.shop is not None) for one in records]
        books = await self._intake.find(records[0].source or source, sought)
        if (again := _second_of_one(books)) is not None:
            # Two records mean one book by two names: the second has to see the first.
            first = await self._bring(source, records[:again])
            return first + await self._bring(source, records[again:])
        needed = [
            book.id
            for one, book in zip(records, books, strict=True)
            if book is not None and (one.notification is not Notification.REPLACE or one.shop is not None)
        ]
        stored = await self._intake.stored(needed)
        problems: list[FeedProblem] = []
        asked: list[_Asked] = []
        unchanged = 0
        for record, book in zip(records, books, strict=True):
            before = stored.get(book.id) if book is not None else None
            try:
                row = self._row(source, record, book, before)
            except ValueError as error:
                problems.append(_refused(record, Reason.BROKEN_RECORD, detail=str(error)))
                continue
            gone = row is None or (book is not None and book.withdrawn)
            if gone and record.notification is Notification.PARTIAL:
                # One that was withdrawn comes back with a whole record only.
                problems.append(_refused(record, Reason.NOT_IN_CATALOGUE))
            elif row is None or _nothing_new(record, row, book, before):
                unchanged += 1
            else:
                asked.append(_Asked(record, row))
        refused, withdrawn, changed, added, same = await self._send(asked)
        self.tally.added += added
        self.tally.changed += changed
        self.tally.withdrawn += withdrawn
        self.tally.unchanged += unchanged + same
        return problems + refused

    async def _send(self, asked: Sequence[_Asked]) -> tuple[list[FeedProblem], int, int, int, int]:
        if not asked:
            return [], 0, 0, 0, 0
        done = await self._intake.bring([one.row for one in asked], self._now)
        left_out = {one.at for one in done.refused}
        refused = [
            _refused(one.record, Reason.ISBN_OF_ANOTHER, isbn=one.record.isbn13 or "")
            for at, one in enumerate(asked)
            if at in left_out
        ]
        withdrawn = sum(
            one.record.notification is Notification.DELETE and at not in left_out
            for at, one in enumerate(asked)
        )
        return refused, withdrawn, done.changed - withdrawn, done.added, done.unchanged

    def _row(
        self, source: str, record: FeedRecord, book: KnownBook | None, before: CatalogueRow | None
    ) -> CatalogueRow | None:
        if record.notification is not Notification.REPLACE:
            if before is not None:
                # The trade speaks neither of the shop's copies nor of what is the shop's own.
                before = replace(before, on_hand=None, own_fields=frozenset())
            return row_of(record, source=source, currency=self._currency, now=self._now, before=before)
        if book is not None and record.popularity is None:
            record = replace(record, popularity=book.popularity)
        row = row_of(record, source=source, currency=self._currency, now=self._now)
        if row is not None and before is not None:
            row = _added_to(before, row, record, source)
        return row


def _added_to(before: CatalogueRow, row: CatalogueRow, record: FeedRecord, source: str) -> CatalogueRow:
    """The shop's own list changes a book and leaves it the source it has; what a list has no column for stays.

    What it leaves empty of another ``source``'s book stays, too: a list of stock says nothing against the trade's description.
    What it says otherwise than the catalogue, the shop has set itself, whoever set it before.
    """
    edited = {name for name in SHOPS_OWN if getattr(row, name) not in (None, "", getattr(before, name))}
    others = tuple(one for one in before.contributors if one.role is Role.OTHER)
    row = replace(
        row,
        isbn13=row.isbn13 or before.isbn13,
        contributors=row.contributors + tuple(one for one in others if one not in row.contributors),
        work=row.work or before.work,
        unknown_codes=row.unknown_codes or before.unknown_codes,
        own_fields=row.own_fields | edited,
    )
    if before.source != source:
        empty = {name for name in _DESCRIPTION if not getattr(row, name)}
        if row.form is Form.OTHER:
            empty.add("form")
        if record.availability is None:
            empty |= {"supply", "available_from"}
        row = replace(row, **{name: getattr(before, name) for name in empty})
    return replace(row, source=before.source, source_ref=before.source_ref)


def _nothing_new(
    record: FeedRecord, row: CatalogueRow, book: KnownBook | None, before: CatalogueRow | None
) -> bool:
    """Whether a row says only what is known: a notice of what is out already, or the shop's own list as it was exported."""
    if before is None:
        return False
    if record.notification is Notification.DELETE:
        return book is not None and book.withdrawn
    if record.shop is None:
        return False
    return (
        all(getattr(row, name) == getattr(before, name) for name in _AS_SHOWN)
        and row.on_hand in (None, before.on_hand)
        and _whole_title(row) == _whole_title(before)
        and row.authors == before.authors
        and set(row.contributors) == set(before.contributors)
        and row.own_fields <= before.own_fields
    )


def _whole_title(row: CatalogueRow) -> str:
    return f"{row.title}: {row.subtitle}" if row.subtitle else row.title


def _refused(record: FeedRecord, reason: Reason, **values: str) -> FeedProblem:
    return FeedProblem(Severity.RECORD, reason, record.record, record.line, record.reference, values)


def _second_of_one(books: Sequence[KnownBook | None]) -> int | None:
    """The place of the first book that stands in the list for a second time."""
    seen: set[int] = set()
    for at, book in enumerate(books):
        if book is not None:
            if book.id in seen:
                return at
            seen.add(book.id)
    return None


def _apart(records: Sequence[FeedRecord]) -> Iterator[list[FeedRecord]]:
    """In their order, never one book twice in one batch: its second record has to see the first. Nor books of two sources, by
    which they are looked for.
    """
    batch: list[FeedRecord] = []
    names: set[str] = set()
    for record in records:
        mine = {record.reference, record.isbn13 or record.reference}
        if names & mine or (batch and record.source != batch[0].source):
            yield batch
            batch, names = [], set()
        batch.append(record)
        names |= mine
    if batch:
        yield batch
