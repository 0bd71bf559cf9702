"""Asking the shop's people: two taps send what was not found; what is typed takes its place; nothing is sent twice."""

from __future__ import annotations

import json
from datetime import timedelta

from domain.question import KEPT_FOR, LONGEST_QUESTION, MOST_A_DAY, MOST_OPEN
from sandbox.persons import Person
from tests.catalogue.test_barcode import as_jpeg, back_cover
from tests.chat.shop import PASSWORD, Shop

NOWHERE = "qwrtzplk xvbnmjh"
STRANGER = "9791034304899"


async def asks_for(person: Person, text: str) -> None:
    """Searches in vain, and is about to ask the shop for it."""
    await person.types(text)
    await person.taps("Ask the shop")


async def asks(person: Person, text: str) -> None:
    await asks_for(person, NOWHERE)
    await person.types(text)
    await person.taps("Send")


async def asks_for_the_chair(person: Person) -> None:
    """The same of a book that has no price."""
    await person.types("silver chair of nowhere")
    await person.taps("1")
    await person.taps("Ask the shop")


async def questions(shop: Shop) -> int:
    async with shop.app.unit_of_work.reading() as look:
        return len(await look.questions.open_ones(1000))


async def test_what_was_not_found_is_asked_for_in_two_taps(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    ann = await shop.person("Ann")
    await asks_for(ann, NOWHERE)
    ann.sees(f"Shall I ask the shop for “{NOWHERE}”?", "[ Send ]", "[ Write something else ]", "[ Back ]")
    ann.does_not_see("No, search for it")
    await ann.taps("Send")
    ann.sees("The shop has your question. The answer comes here", "12 Mill Lane")
    await tom.waits_for("Question · Ann")
    tom.sees(
        "in English", f"Searched for, and not found here: “{NOWHERE}”", "reply to this message", "[ Done ]"
    )
    tom.does_not_see("Logged in as", "Stock")
    await ann.taps("Back")
    ann.sees(f"Nothing here for “{NOWHERE}”")


async def test_a_text_takes_the_place_of_what_was_offered(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    ann = await shop.person("Ann")
    await asks_for(ann, NOWHERE)
    await ann.taps("Write something else")
    ann.sees("What would you like to ask the shop?")
    await ann.types('Have you <b>maps</b> & "globes"?')
    ann.sees("Shall I send this to the shop?", '“Have you <b>maps</b> & "globes"?”')
    ann.does_not_see("No, search for it")
    await ann.taps("Send")
    await tom.waits_for('“Have you <b>maps</b> & "globes"?”')
    assert NOWHERE not in tom.transcript()


async def test_what_was_typed_without_being_asked_for_can_still_be_a_search(shop: Shop) -> None:
    await shop.staff("Tom")
    ann = await shop.person("Ann")
    await asks_for(ann, NOWHERE)
    await ann.types("dune messiah")
    ann.sees("Shall I send this to the shop?", "[ No, search for it ]")
    await ann.taps("No, search for it")
    ann.sees("Dune Messiah", "Frank Herbert")
    await ann.types("emma")  # no step any more
    ann.sees("Emma", "Jane Austen")
    assert await questions(shop) == 0


async def test_a_book_that_cannot_be_bought_is_asked_for_with_its_name(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    ann = await shop.customer("Ann")
    await asks_for_the_chair(ann)
    ann.sees("Shall I ask the shop for “The Silver Chair of Nowhere”?")
    await ann.taps("Send")
    await tom.waits_for("Can we get this book?")
    tom.sees("About: The Silver Chair of Nowhere · Ada Unpriced", "[ Done ] [ Stock ]")
    tom.does_not_see("ann@example.org")
    await tom.taps("Stock")
    await tom.waits_for("0 on hand")
    assert "Can we get this book?" in tom.transcript()
    await ann.taps("Back")
    ann.sees("ask for the price")


async def test_who_asks_is_named_as_in_telegram_and_as_logged_in(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    ann = await shop.person("Ann")
    await ann.types("/login")
    await ann.taps("I am new here")
    await ann.types("ann@example.org")
    await ann.types("Ann <B.> & Co")
    await ann.types(PASSWORD)
    await asks(ann, "Have you maps?")
    await tom.waits_for("Question · Ann ·")
    tom.sees("Logged in as Ann <B.> & Co")


async def test_wishes_are_asked_for_as_they_were_typed(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    ann = await shop.person("Ann")
    await asks_for(ann, "dune in german")
    ann.sees("Shall I ask the shop for “dune in german”?")
    await ann.taps("Send")
    await tom.waits_for("not found here: “dune in german”")


async def test_an_unknown_isbn_is_asked_for_by_photo_and_by_hand(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    ann = await shop.person("Ann")
    await ann.types("emma")
    await ann.sends_photo(as_jpeg(back_cover(STRANGER)))
    await ann.taps("Ask the shop")
    ann.sees(f"Shall I ask the shop for “{STRANGER}”?")
    await ann.taps("Send")
    await tom.waits_for(f"not found here: “{STRANGER}”")
    await asks_for(ann, "9780306406157")
    await ann.taps("Send")
    await tom.waits_for("not found here: “9780306406157”")


async def test_send_sends_once_however_often_it_is_tapped(shop: Shop) -> None:
    await shop.staff("Tom")
    ann = await shop.person("Ann")
    await asks_for(ann, NOWHERE)
    old = ann.button("Send")
    await ann.taps("Send", times=3)
    assert await questions(shop) == 1
    await shop.restart()
    await ann.presses(old)
    assert "That is sent already." in ann.toast
    assert await questions(shop) == 1


async def test_an_old_send_sends_nothing_that_was_written_since(shop: Shop) -> None:
    await shop.staff("Tom")
    ann = await shop.person("Ann")
    await asks_for(ann, NOWHERE)
    old = ann.button("Send")
    await ann.types("Have you maps?")
    await ann.presses(old)
    ann.sees("from an older message", "“Have you maps?”")
    assert await questions(shop) == 0
    await ann.taps("Home")
    await ann.presses(old)
    assert await questions(shop) == 0


async def test_a_draft_outlives_a_restart(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    ann = await shop.person("Ann")
    await asks_for(ann, NOWHERE)
    await shop.restart()
    await ann.types("Have you maps?")
    await shop.restart()
    await ann.taps("Send")
    await tom.waits_for("“Have you maps?”")


async def test_what_is_no_text_is_answered_kindly_and_the_draft_stays(shop: Shop) -> None:
    await shop.staff("Tom")
    ann = await shop.person("Ann")
    await asks_for(ann, NOWHERE)
    for nothing in (
        ann.sends_photo(as_jpeg(back_cover(STRANGER))),
        ann.sends_sticker(),
        ann.types("?!"),
    ):
        await nothing
        ann.sees("Here I need a few typed words.", f"“{NOWHERE}”")
    await ann.types("x" * (LONGEST_QUESTION + 1))
    ann.sees("A question can have 500 characters, and yours has 501.", f"“{NOWHERE}”")
    await ann.types("x" * LONGEST_QUESTION)
    ann.sees("Shall I send this to the shop?")
    await ann.taps("Send")
    assert await questions(shop) == 1


async def test_five_questions_may_wait_and_no_more(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    ann, ben = await shop.person("Ann"), await shop.person("Ben")
    for number in range(MOST_OPEN):
        await asks(ann, f"Question number {number}?")
    await asks(ann, "One more?")
    ann.sees("5 questions of yours are waiting for an answer already")
    await asks(ben, "May I?")
    ben.sees("The shop has your question.")
    await tom.looks()
    await tom.taps("Done")
    assert await questions(shop) == MOST_OPEN
    card = next(one for one in tom.messages if "number 0?" in one.get("text", ""))
    await tom.types("Yes.", reply_to=card["message_id"])
    await ann.taps("Send")
    ann.sees("The shop has your question.")


async def test_so_many_questions_a_day_and_no_more(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    ann = await shop.person("Ann")
    for number in range(MOST_A_DAY):
        await asks(ann, f"Question number {number}?")
        await tom.looks()
        await tom.taps("Done")
    await asks(ann, "One more?")
    ann.sees("More than 20 questions a day")
    await shop.pass_time(timedelta(days=1))
    await ann.taps("Send")
    ann.sees("The shop has your question.")


async def test_without_a_staffs_chat_the_shop_is_asked_in_person(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await asks_for(ann, NOWHERE)
    ann.sees(NOWHERE, "Mail: hello@corner.example", "12 Mill Lane")
    ann.does_not_see("[ Send ]")


async def test_a_group_that_is_given_up_meanwhile_gets_nothing(shop: Shop) -> None:
    await shop.staff("Tom")
    ann = await shop.person("Ann")
    await asks_for(ann, NOWHERE)
    async with shop.app.unit_of_work.writing() as work:
        await work.staff.unlink()
        await work.commit()
    await ann.taps("Send")
    ann.sees(NOWHERE, "Mail: hello@corner.example")
    ann.does_not_see("The shop has your question")
    assert await questions(shop) == 0


async def test_whoever_wants_to_talk_to_the_shop_can_write_at_once(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.types("/support")
    ann.does_not_see("Ask the shop")
    (tom,) = await shop.staff("Tom")
    await ann.types("dune")
    await ann.types("/support")
    await ann.taps("Ask the shop")
    ann.sees("What would you like to ask the shop?")
    ann.does_not_see("dune")
    await ann.types("Do you buy old books?")
    await ann.taps("Send")
    await tom.waits_for("“Do you buy old books?”")
    tom.does_not_see("Going on from")


async def test_the_other_ways_to_ask_stay_within_reach(shop: Shop) -> None:
    await shop.staff("Tom")
    ann = await shop.person("Ann")
    await asks_for(ann, NOWHERE)
    await ann.taps("Phone, mail, opening hours")
    ann.sees(NOWHERE, "Mail: hello@corner.example", "12 Mill Lane")
    await ann.taps("Back")
    ann.sees(f"Shall I ask the shop for “{NOWHERE}”?")
    await ann.taps("Home")
    await ann.types("dune")
    ann.sees("Frank Herbert")


async def test_questions_are_in_ones_data_and_go_with_the_account(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    ann = await shop.person("Ann")
    await asks(ann, "Asked as a guest?")
    await shop.register(ann, "ann@example.org")
    await asks(ann, "Asked by Ann?")
    await tom.waits_for("Asked by Ann?")
    await tom.types("Certainly.", reply_to=tom.last["message_id"])
    await ann.waits_for("Certainly.")
    further = ann.button("Ask further")
    await ann.types("/start")
    await ann.taps("Ann")
    await ann.taps("My data")
    await ann.taps("Send me the file")
    document = [message for message in ann.messages if "document" in message][-1]
    found = json.loads(await ann.picture(document))["questions"]
    assert [(one["text"], [said["text"] for said in one["answers"]]) for one in found] == [
        ("Asked as a guest?", []),
        ("Asked by Ann?", ["Certainly."]),
    ]
    await ann.taps("Delete my account")
    ann.sees("questions to the shop are deleted")
    await ann.taps("Yes, go on")
    await ann.types(PASSWORD)
    ann.sees("Your account is deleted.")
    assert await questions(shop) == 0
    await tom.looks()
    assert tom.transcript().count("A question was here.") == 2
    assert "Asked" not in tom.transcript()
    await ann.presses(further)
    ann.sees("What would you like to ask the shop?")
    await tom.types("Still there?", reply_to=tom.last["message_id"])
    tom.sees("That question is no longer kept, so nothing was sent.")


async def test_questions_are_forgotten_in_time_and_the_privacy_page_says_when(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    ann, ben = await shop.person("Ann"), await shop.person("Ben")
    await asks(ann, "Have you maps?")
    await ann.types("/privacy")
    ann.sees("Questions to the shop:", f"we keep it for {KEPT_FOR.days} days")
    await shop.pass_time(KEPT_FOR - timedelta(hours=1))
    assert await questions(shop) == 1
    await tom.looks()
    await tom.deletes(tom.last["message_id"])  # what is no longer there holds up nothing
    await shop.pass_time(timedelta(hours=2))
    assert await questions(shop) == 0
    await asks(ben, "And I?")
    await tom.waits_for("Question · Ben")
    assert "maps" not in tom.transcript()


async def test_it_is_asked_in_german_as_well(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    ann = await shop.person("Ann", language="de")
    await ann.types(NOWHERE)
    await ann.taps("Im Laden fragen")
    ann.sees(f"Soll ich im Laden nach „{NOWHERE}“ fragen?", "[ Abschicken ]")
    await ann.taps("Abschicken")
    ann.sees("Ihre Frage ist im Laden.")
    await tom.waits_for("in German")
    await tom.types("Ja, ab Dienstag.", reply_to=tom.last["message_id"])
    await ann.waits_for(f"Der Laden antwortet auf Ihre Frage zu „{NOWHERE}“:")
    ann.sees("Ja, ab Dienstag.", "[ Weiterfragen ]")
