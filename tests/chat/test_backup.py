"""Back-up and restore as the shop's owner does them: beside an open shop, and on a machine that has never seen it."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import stat
import zipfile
from pathlib import Path

import pytest
import sqlalchemy as sa

from domain.money import Money
from domain.order import OrderState
from domain.payment import Balance
from storage.engine import Database
from storage.tables import orders, updates
from storage.unit_of_work import SqlUnitOfWork
from tests.chat.buying import at_summary, pays_once_more, with_reservation
from tests.chat.conftest import OpenShop
from tests.chat.owner import says
from tests.chat.shop import Shop


@pytest.fixture
async def shop(open_shop: OpenShop) -> Shop:
    """With a secret that it made for itself."""
    return await open_shop(secret="")


def url_of(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file}"


def file_of(shop: Shop) -> Path:
    return Path(shop.settings.database.removeprefix("sqlite+aiosqlite:///"))


def names_in(folder: Path, pattern: str = "*") -> list[str]:
    return sorted(path.name for path in folder.glob(pattern))


def ruin(file: Path) -> None:
    """It is no database any more, and its log no log."""
    file.write_bytes(b"no database" * 1000)
    file.with_name(file.name + "-wal").write_bytes(b"nor its log" * 1000)


def damage(file: Path) -> None:
    """Most pages of a database are not what they were."""
    whole = bytearray(file.read_bytes())
    for page in range(20, len(whole) // 4096):
        whole[page * 4096 + 8 : page * 4096 + 64] = b"\xff" * 56
    file.write_bytes(whole)


def of_a_newer_program(backup: Path, folder: Path) -> None:
    """Make ``newer.zip`` of a back-up: its tables are of a version that this program does not know."""
    shutil.unpack_archive(backup, folder / "unpacked")
    changed = sqlite3.connect(folder / "unpacked" / "bookstall.db")
    changed.execute("UPDATE alembic_version SET version_num = '9999'")
    changed.commit()
    changed.close()
    with zipfile.ZipFile(folder / "newer.zip", "w") as archive:
        for path in (folder / "unpacked").iterdir():
            archive.write(path, path.name)


async def backed_up(shop: Shop, folder: Path, name: str = "shop.zip") -> Path:
    said = await says(shop.settings, folder, "backup", name)
    assert said.status == 0, said.err
    return folder / name


async def moves(shop: Shop, backup: Path, new: Path) -> None:
    """The shop's owner restores it in another place and opens it there."""
    await shop.stop()
    settings = shop.settings.model_copy(update={"database": url_of(new)})
    said = await says(settings, backup.parent, "restore", str(backup))
    assert said.status == 0, said.err
    await shop.start(database=url_of(new))


async def books_agree(file: Path) -> int:
    """Journal, orders and stock of a restored shop belong to one moment. Returns how many orders are paid."""
    database = Database(url_of(file))
    paid = 0
    try:
        async with SqlUnitOfWork(database).reading() as look:
            for state in OrderState:
                async with database.reading() as connection:
                    ids = await connection.execute(
                        sa.select(orders.c.id).where(orders.c.state == state.value)
                    )
                for (order_id,) in ids:
                    order = await look.orders.get(order_id)
                    assert order is not None
                    balance = Balance.of(list(await look.payments.journal(order_id)), "EUR")
                    expected = order.total if state is OrderState.PAID else Money.zero("EUR")
                    assert balance.paid == expected
                    paid += state is OrderState.PAID
                    for line in order.lines:
                        book = await look.books.get(line.book_id)
                        assert book is not None
                        assert book.stock == await look.stock.sums(line.book_id)
    finally:
        await database.close()
    return paid


async def test_backups_made_while_orders_are_placed_each_hold_one_moment(shop: Shop, tmp_path: Path) -> None:
    ann = await at_summary(shop, "Ann", "dune")
    await ann.taps("Pay")
    await ann.pays()
    await ann.waits_for("received. Order B-")
    made: list[Path] = []

    async def back_up() -> None:
        for number in range(3):
            made.append(await backed_up(shop, tmp_path, f"{number}.zip"))

    backing_up = asyncio.create_task(back_up())
    placed = 1
    while not backing_up.done() and placed < 10:
        await pays_once_more(ann, "dune")
        placed += 1
    await backing_up
    found = []
    for backup in made:
        there = tmp_path / backup.stem / "shop.db"
        settings = shop.settings.model_copy(update={"database": url_of(there)})
        said = await says(settings, tmp_path, "restore", str(backup))
        assert said.status == 0, said.err
        found.append(await books_agree(there))
    assert 1 <= found[0] <= found[1] <= found[2] <= placed
    assert found[0] < placed, "nothing was ordered while the back-ups were made"


async def test_the_shop_opens_elsewhere_and_its_customers_are_logged_in(shop: Shop, tmp_path: Path) -> None:
    ann = await with_reservation(shop, "Ann", "dune")
    backup = await backed_up(shop, tmp_path)
    await moves(shop, backup, tmp_path / "elsewhere" / "shop.db")
    await ann.types("/orders")
    ann.sees("Reserved: order B-", "Dune")
    await pays_once_more(ann, "emma")


async def test_without_its_secret_everybody_has_to_log_in_again(shop: Shop, tmp_path: Path) -> None:
    """So that the test before this one does not succeed for another reason."""
    ann = await with_reservation(shop, "Ann", "dune")
    backup, poorer = await backed_up(shop, tmp_path), tmp_path / "poorer.zip"
    with zipfile.ZipFile(backup) as all_of_it, zipfile.ZipFile(poorer, "w") as most_of_it:
        for name in all_of_it.namelist():
            if not name.endswith(".secret"):
                most_of_it.writestr(name, all_of_it.read(name))
    await moves(shop, poorer, tmp_path / "elsewhere" / "shop.db")
    await ann.types("/orders")
    ann.sees("please log in")


async def test_what_was_handled_before_the_backup_is_not_handled_again(shop: Shop, tmp_path: Path) -> None:
    await with_reservation(shop, "Ann", "dune")
    async with shop.app.database.reading() as connection:
        handled = (await connection.execute(sa.select(updates.c.update_id))).scalars().all()
    assert handled
    await moves(shop, await backed_up(shop, tmp_path), tmp_path / "elsewhere" / "shop.db")
    async with shop.app.unit_of_work.writing() as work:
        for update_id in handled:
            assert not await work.inbox.claim(shop.app.bot.id, update_id, shop.clock.now())


async def test_an_open_shop_is_not_restored_over(shop: Shop, tmp_path: Path) -> None:
    ann = await with_reservation(shop, "Ann", "dune")
    backup = await backed_up(shop, tmp_path)
    before = names_in(tmp_path)
    said = await says(shop.settings, tmp_path, "restore", str(backup))
    assert (said.status, said.out) == (1, "")
    assert "is in use: close the shop first" in said.err
    assert names_in(tmp_path) == before
    await ann.types("/orders")
    ann.sees("Reserved: order B-")


async def test_what_was_there_before_a_restore_is_kept_beside_it(shop: Shop, tmp_path: Path) -> None:
    await with_reservation(shop, "Ann", "dune")
    backup = await backed_up(shop, tmp_path)
    await with_reservation(shop, "Ben", "emma")
    await moves(shop, backup, file_of(shop))
    (aside,) = names_in(tmp_path, "shop0-before-*.db")
    async with shop.app.database.reading() as connection:
        assert (await connection.execute(sa.select(sa.func.count()).select_from(orders))).scalar_one() == 1
    kept = sqlite3.connect(tmp_path / aside)
    try:
        assert kept.execute("SELECT count(*) FROM orders").fetchone() == (2,)
    finally:
        kept.close()


async def test_a_shop_whose_file_is_ruined_is_restored(shop: Shop, tmp_path: Path) -> None:
    ann = await with_reservation(shop, "Ann", "dune")
    backup = await backed_up(shop, tmp_path)
    await shop.stop()
    ruin(file_of(shop))
    await moves(shop, backup, file_of(shop))
    await ann.types("/orders")
    ann.sees("Reserved: order B-")


async def test_a_shop_that_died_is_backed_up_with_what_it_committed_last(shop: Shop, tmp_path: Path) -> None:
    """It stands in the write-ahead log alone then."""
    ann = await with_reservation(shop, "Ann", "dune")
    file, dead = file_of(shop), tmp_path / "dead"
    dead.mkdir()
    for end in ("", "-wal"):
        shutil.copy(f"{file}{end}", dead / f"shop.db{end}")
    shutil.copy(file.with_suffix(".secret"), dead / "shop.secret")
    await shop.stop()
    shop.settings = shop.settings.model_copy(update={"database": url_of(dead / "shop.db")})
    await moves(shop, await backed_up(shop, tmp_path), tmp_path / "elsewhere" / "shop.db")
    await ann.types("/orders")
    ann.sees("Reserved: order B-")


async def test_nobody_else_may_read_a_backup_or_what_is_restored(shop: Shop, tmp_path: Path) -> None:
    backup = await backed_up(shop, tmp_path)
    new = tmp_path / "elsewhere" / "shop.db"
    await moves(shop, backup, new)
    for file in (backup, new, new.with_suffix(".secret")):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file.name


async def test_a_folder_gets_a_file_with_the_time_in_its_name(shop: Shop, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    assert (await says(shop.settings, tmp_path, "backup", str(folder))).status == 0
    assert names_in(folder) == names_in(folder, "bookstall-????????-??????.zip") != []


async def test_a_backup_replaces_no_file(shop: Shop, tmp_path: Path) -> None:
    there = tmp_path / "shop.zip"
    there.write_text("the only copy of something else")
    said = await says(shop.settings, tmp_path, "backup", "shop.zip")
    assert said.status == 1
    assert "exists already" in said.err
    assert there.read_text() == "the only copy of something else"


async def test_a_damaged_shop_is_not_backed_up_as_if_it_were_sound(shop: Shop, tmp_path: Path) -> None:
    await with_reservation(shop, "Ann", "dune")
    await shop.stop()
    damage(file_of(shop))
    said = await says(shop.settings, tmp_path, "backup", "shop.zip")
    assert (said.status, said.out) == (1, "")
    assert not (tmp_path / "shop.zip").exists()
    assert names_in(tmp_path, ".bookstall-*") == []


async def test_what_is_no_sound_backup_changes_nothing(shop: Shop, tmp_path: Path) -> None:
    ann = await with_reservation(shop, "Ann", "dune")
    backup = await backed_up(shop, tmp_path)
    await shop.stop()
    whole = backup.read_bytes()
    middle = len(whole) // 2
    (tmp_path / "text.zip").write_text("not a back-up")
    (tmp_path / "half.zip").write_bytes(whole[:middle])
    (tmp_path / "flipped.zip").write_bytes(
        whole[:middle] + bytes([whole[middle] ^ 0xFF]) + whole[middle + 1 :]
    )
    of_a_newer_program(backup, tmp_path)
    for name, why in [
        ("none.zip", "No such file"),
        ("text.zip", "is no back-up of Bookstall"),
        ("half.zip", "is no back-up of Bookstall"),
        ("flipped.zip", "is no back-up of Bookstall"),
        ("newer.zip", "is of another version of the program (9999)"),
    ]:
        said = await says(shop.settings, tmp_path, "restore", name)
        assert (said.status, said.out) == (1, ""), name
        assert why in said.err
        assert "Nothing was changed." in said.err
    assert names_in(tmp_path, "*-before-*") == []
    await shop.start()
    await ann.types("/orders")
    ann.sees("Reserved: order B-")
