"""A trade's file in the staff's chat: read, decided upon, imported, reported; and who may."""

from __future__ import annotations

import contextlib
import csv
import gzip
import io
import zipfile
from datetime import timedelta

import pytest

from bot import feed_jobs
from bot.commandline.staff import make_link_code
from domain.errors import PassingFailure
from domain.feed_job import FeedFile, JobState
from domain.ids import UserId
from sandbox.model import Json
from sandbox.persons import Person
from tests.catalogue.feeds.messages import onix, product
from tests.chat.conftest import OpenShop
from tests.chat.shop import Shop

LIST = """isbn13,title,authors,year,language,price,on_hand
9780061054884,The Word for World Is Forest,Ursula K. Le Guin,1972,eng,9.50,2
9780441013593,Dune,Frank Herbert,1965,eng,11.50,
,Solaris,Stanisław Lem,1961,eng,8.00,1
"""
BROKEN = LIST + "9780441013590,Wrong,Somebody,1999,eng,1.00,1\n"


async def sent(
    shop: Shop, person: Person, content: str | bytes, name: str = "books.csv", caption: str = "/import"
) -> None:
    data = content.encode() if isinstance(content, str) else content
    await person.sends_document(data, name, caption)
    await shop.run_jobs()


def document(person: Person) -> Json:
    """The newest document of the bot's."""
    return next(
        message["document"]
        for message in reversed(person.messages)
        if "document" in message and message["from"]["is_bot"]
    )


async def table(person: Person) -> list[dict[str, str]]:
    newest = next(
        message
        for message in reversed(person.messages)
        if "document" in message and message["from"]["is_bot"]
    )
    return list(csv.DictReader(io.StringIO((await person.picture(newest)).decode("utf-8-sig"))))


async def test_a_file_is_read_first_and_imported_on_a_tap(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    ann = await shop.person("Ann")
    await sent(shop, tom, LIST)
    await tom.waits_for("Importing it would mean")
    tom.sees("books.csv · 3 records", "Nothing has changed yet", "3 new books")
    await ann.types("solaris")
    ann.does_not_see("Stanisław Lem")
    await tom.taps("Import")
    await tom.waits_for("is imported")
    tom.sees("books.csv is imported · 3 records", "3 new books")
    await ann.types("solaris")
    ann.sees("Stanisław Lem")


async def test_what_was_refused_comes_as_a_table(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    await sent(shop, tom, BROKEN)
    await tom.waits_for("1 record refused")
    assert document(tom)["file_name"] == "books.csv-report.csv"
    (line,) = await table(tom)
    assert (line["line"], line["record"], line["reference"]) == ("5", "4", "9780441013590")
    assert "3 would be right" in line["explanation"]


async def test_importing_once_more_changes_nothing_and_asks_nothing(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    await sent(shop, tom, LIST)
    await tom.waits_for("Importing it would mean")
    await tom.taps("Import", times=2)
    await tom.waits_for("is imported")
    await sent(shop, tom, LIST)
    await tom.waits_for("There is nothing new in it")
    tom.sees("3 books as they were")
    assert len([text for text in texts(tom) if "is imported" in text]) == 1


async def test_a_file_can_be_left_alone(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    ann = await shop.person("Ann")
    await sent(shop, tom, LIST)
    await tom.waits_for("Importing it would mean")
    await tom.looks()
    bring = tom.button("Import")
    await tom.taps("Leave it")
    tom.sees("was left alone")
    await tom.presses(bring)
    assert "decided already" in tom.toast
    await ann.types("solaris")
    ann.does_not_see("Stanisław Lem")


async def test_only_admins_of_the_group_change_the_catalogue(shop: Shop) -> None:
    tom, mia = await shop.staff("Tom", "Mia")
    await sent(shop, mia, LIST)
    await mia.waits_for("Only admins of this group")
    assert await jobs(shop) == 0
    await tom.client.promote(shop.group, mia)
    await sent(shop, mia, LIST)
    await mia.waits_for("Importing it would mean")
    await tom.client.promote(shop.group, mia, "member")
    await mia.taps("Import")
    assert mia.alerted
    assert "Only admins" in mia.toast
    await tom.taps("Import")
    await tom.waits_for("is imported")


async def test_an_admin_answers_a_colleagues_file_with_the_command(shop: Shop) -> None:
    tom, mia = await shop.staff("Tom", "Mia")
    message = await mia.sends_document(LIST.encode(), "books.csv")
    assert await jobs(shop) == 0
    await tom.types("/import", reply_to=message["message_id"])
    await tom.waits_for("Importing it would mean")


async def test_the_command_alone_says_how(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    await tom.types("/import")
    tom.sees("Send me the file here", "CSV, ONIX 3, MARC 21")


async def test_where_the_bot_sees_everything_a_document_is_enough(shop: Shop) -> None:
    tom, mia = await shop.staff("Tom", "Mia")
    await shop.telegram.promote(shop.group)
    await sent(shop, mia, b"the menu of the day", "menu.docx", "")
    assert not [text for text in texts(mia) if "admins" in text]
    await sent(shop, tom, gzip.compress(LIST.encode()), "books.csv.gz", "")
    await tom.waits_for("Importing it would mean")


async def test_what_cannot_be_read_is_said_in_a_sentence(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_jobs, "MOST_UNPACKED", 3_000_000)
    (tom,) = await shop.staff("Tom")
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(4):
            archive.writestr(f"{number}.csv", b"title\n" + b"\n" * 1_000_000)
    cases: list[tuple[str, str | bytes, str]] = [
        ("old.xml", '<ONIXMessage release="2.1"><Header/></ONIXMessage>', "This is ONIX 2.1"),
        ("nothing.csv", " ", "The file is empty"),
        ("tune.mp3", b"\x00\x01\x02\x03" * 9, "none of the kinds of file"),
        ("table.csv", "name,price\nDune,1\n", "No column of the first line"),
        ("bomb.zip", bomb.getvalue(), "larger than the"),
        ("head.csv", "title\n", "There is no book in it"),
    ]
    for name, content, said in cases:
        await sent(shop, tom, content, name)
        await tom.waits_for(said, timeout=20)
        tom.sees(f"{name} was not imported")


async def test_two_files_at_once_are_read_one_after_the_other(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    await tom.sends_document(LIST.encode(), "one.csv", "/import")
    await sent(shop, tom, BROKEN, "two.csv")
    await tom.waits_for("two.csv · 4 records")
    said = [text for text in texts(tom) if "csv" in text]
    assert [text.splitlines()[0] for text in said] == [
        "two.csv waits its turn: I am still at another file.",
        "one.csv · 3 records",
        "two.csv · 4 records",
    ]


async def test_a_file_that_breaks_off_says_so_before_and_after(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    await sent(shop, tom, onix(product()).replace("</ONIXMessage>", ""), "cut.xml")
    await tom.waits_for("Importing it would mean")
    tom.sees("1 new book", "The file breaks off in line 4")
    await tom.taps("Import")
    await tom.waits_for("is imported")
    tom.sees("1 new book", "The file breaks off in line 4")


async def test_a_file_over_telegrams_limit_is_told_how_else(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    await sent(shop, tom, b"title\n" + b"Dune\n" * 4_200_000)
    tom.sees("larger than the 20 MB", "python -m bot catalogue import")
    assert await jobs(shop) == 0


async def test_a_restart_in_the_middle_goes_on_and_reports_once(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    many = LIST + "".join(f",A Book of Number {number},Ivy Many,1999,eng,5.00,\n" for number in range(3000))
    await sent(shop, tom, many)
    await tom.waits_for("Importing it would mean", timeout=20)
    tom.sees("3,003 new books")
    await tom.taps("Import")
    await shop.eventually(lambda: taken(shop, 500), 20)
    await shop.restart()
    await tom.waits_for("is imported", timeout=30)
    tom.sees("3,003 new books")
    assert len([text for text in texts(tom) if "is imported" in text]) == 1


async def test_a_file_that_a_killed_program_was_at_is_taken_up_at_the_next_start(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    await sent(shop, tom, " ", "nothing.csv")
    unseen = await tom.sends_document(LIST.encode(), "books.csv")
    file = FeedFile(unseen["document"]["file_id"], "books.csv", 300, UserId(tom.id), "Tom")
    now = shop.clock.now()
    async with shop.app.unit_of_work.writing() as work:
        await work.feed_jobs.add(file, now)
        await work.feed_jobs.claim(now, now + timedelta(hours=1))
        await work.commit()
    await shop.run_jobs()
    await tom.looks()
    assert not [text for text in texts(tom) if "Importing it would mean" in text]
    await shop.restart()
    await shop.run_jobs()
    await tom.waits_for("Importing it would mean")


async def test_what_telegram_does_not_give_out_is_told_in_the_end(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    await shop.telegram.fault("error", "getFile", times=0)
    await tom.sends_document(LIST.encode(), "books.csv", "/import")
    for _ in range(10):
        with contextlib.suppress(PassingFailure):
            await shop.run_jobs()
        shop.clock.pass_time(timedelta(minutes=10))
    await tom.waits_for("Something went wrong again and again")


async def test_nobody_elsewhere_gets_anything_imported(shop: Shop) -> None:
    await shop.staff("Tom")
    eve = await shop.person("Eve")
    there = eve.at(await shop.telegram.group("Elsewhere", eve))
    await shop.telegram.promote(there.chat)
    await sent(shop, there, LIST, caption="")
    await there.types("/import")
    await sent(shop, eve, LIST)
    assert await jobs(shop) == 0
    there.does_not_see("Send me the file")


async def test_the_report_is_in_the_groups_language(open_shop: OpenShop) -> None:
    shop = await open_shop()
    tom = await shop.telegram.person("Tom", language="de")
    group = await shop.telegram.group("Orders", tom, bot=False)
    code = await make_link_code(shop.app.unit_of_work, shop.clock)
    await tom.client.request("POST", f"/users/{tom.id}/start", {"payload": f"link_{code}", "chat": group})
    tom = tom.at(group)
    await tom.waits_for("Diese Gruppe bekommt")
    await sent(shop, tom, BROKEN)
    await tom.waits_for("Noch ist nichts geändert")
    tom.sees("3 neue Bücher", "1 Datensatz abgelehnt")
    await tom.taps("Importieren")
    await tom.waits_for("ist importiert")


def texts(person: Person) -> list[str]:
    return [message.get("text", "") for message in person.messages]


async def jobs(shop: Shop) -> int:
    """How many files the shop ever took."""
    async with shop.app.unit_of_work.reading() as look:
        return len([1 for number in range(1, 50) if await look.feed_jobs.get(number) is not None])


async def taken(shop: Shop, most: int) -> bool:
    """Whether the first file's import has come so far, and not to its end."""
    async with shop.app.unit_of_work.reading() as look:
        job = await look.feed_jobs.get(1)
    assert job is not None
    return job.state is JobState.TO_IMPORT and job.taken >= most
