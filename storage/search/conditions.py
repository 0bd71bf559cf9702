"""Filters and orders as SQL over ``books b``, alike on both databases."""

from __future__ import annotations

from domain.ports.books import Filters, Sort

Parameters = dict[str, object]


def conditions(filters: Filters) -> tuple[str, Parameters]:
    """`` AND ...`` over ``books b`` for ``filters``, and its parameters; nothing for no filters."""
    parts: list[str] = []
    values: Parameters = {}

    def want(sql: str, **named: object) -> None:
        parts.append(f" AND {sql}")
        values.update(named)

    if filters.subject:
        want(
            "EXISTS (SELECT 1 FROM book_subjects s WHERE s.book_id = b.id AND s.subject = :subject)",
            subject=filters.subject,
        )
    if filters.readers:
        want(
            "EXISTS (SELECT 1 FROM book_subjects r WHERE r.book_id = b.id AND r.subject = :readers)",
            readers=filters.readers,
        )
    if filters.language:
        want("b.language = :language", language=filters.language)
    if filters.form:
        want("b.form = :form", form=filters.form)
    if filters.price_min is not None:
        want("b.price >= :price_min", price_min=filters.price_min)
    if filters.price_max is not None:
        want("b.price <= :price_max", price_max=filters.price_max)
    if filters.in_stock:
        want("b.on_hand > b.held AND b.supply <> 'recalled'")
    if filters.year_min is not None:
        want("b.year >= :year_min", year_min=filters.year_min)
    if filters.year_max is not None:
        want("b.year <= :year_max", year_max=filters.year_max)
    return "".join(parts), values


ORDERS = {
    Sort.BEST: "b.popularity DESC, b.id",
    Sort.TITLE: "b.sort_title, b.id",
    # A book without a price is to be asked for: after those that have one, either way.
    Sort.PRICE_UP: "b.price IS NULL, b.price, b.id",
    Sort.PRICE_DOWN: "b.price IS NULL, b.price DESC, b.id",
    Sort.NEWEST: "b.year IS NULL, b.year DESC, b.added_at DESC, b.id DESC",
}
"""Every order is total, so that pages neither repeat nor skip a book."""


def narrowed(statement: str, filters: Filters, sort: Sort = Sort.BEST) -> tuple[str, Parameters]:
    """``statement`` with its marks filled in, and the parameters for them: ``{books}`` joins the books to the entries if
    any filter needs them, ``{filters}`` are the conditions, ``{order}`` is the order."""
    where, values = conditions(filters)
    join = " CROSS JOIN books b" if where else ""
    if where and "{books}" in statement:
        where = " AND b.id = e.book_id" + where
    for mark, sql in (("{books}", join), ("{filters}", where), ("{order}", ORDERS[sort])):
        statement = statement.replace(mark, sql)
    return statement, values
