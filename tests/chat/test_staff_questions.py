"""Customers' questions in the staff's group: a card each; whoever answers it answers the customer."""

from __future__ import annotations

from datetime import timedelta

from domain.question import LONGEST_ANSWER
from sandbox.persons import Person
from tests.catalogue.test_barcode import as_jpeg, back_cover
from tests.chat.shop import Shop
from tests.chat.test_ask_the_shop import NOWHERE, asks, asks_for, asks_for_the_chair, questions

QUESTION = 'Have you <b>maps</b> & "globes"?'


def card(person: Person, text: str = "Question ·") -> int:
    """The newest card with that text."""
    found = [one["message_id"] for one in person.messages if text in one.get("text", "")]
    return int(found[-1])


async def test_a_reply_to_the_card_goes_to_the_customer(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    ann = await shop.person("Ann")
    await asks(ann, QUESTION)
    await tom.waits_for("Question · Ann")
    await tom.types('Two <i>left</i> & one "atlas".', reply_to=card(tom))
    tom.sees("Your answer goes to Ann.", "by Tom", "[ Bring the question here ]")
    tom.does_not_see("reply to this message")
    assert tom.transcript().count("Question · Ann") == 1
    await ann.waits_for(f"The shop answers your question about “{QUESTION}”:")
    ann.sees('Two <i>left</i> & one "atlas".', "[ Ask further ]")
    ann.does_not_see("Tom")
    assert await questions(shop) == 0


async def test_a_second_reply_is_sent_as_well_and_both_are_on_the_card(shop: Shop) -> None:
    tom, mia = await shop.staff("Tom", "Mia")
    ann = await shop.person("Ann")
    await asks(ann, QUESTION)
    await tom.waits_for("Question · Ann")
    await tom.types("Two.", reply_to=card(tom))
    await shop.restart()
    await mia.looks()
    await mia.types("Three, that is.", reply_to=card(mia))
    mia.sees("by Tom", "by Mia")
    await ann.looks()
    assert ann.transcript().count("The shop answers your question") == 2
    assert "Three, that is." in ann.transcript()


async def test_a_reply_to_what_is_said_of_the_first_one_is_sent_as_well(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    ann = await shop.person("Ann")
    await asks(ann, QUESTION)
    await tom.waits_for("Question · Ann")
    await tom.sends_sticker(reply_to=card(tom))
    await tom.types("Two.", reply_to=card(tom, "I can pass on a text only"))
    await ann.waits_for("Two.")
    await tom.types("Three, that is.", reply_to=card(tom, "Your answer goes to Ann."))
    await ann.waits_for("Three, that is.")
    await tom.taps("Bring the question here")
    assert "Question · Ann" in tom.messages[-1]["text"]
    assert tom.transcript().count("Question · Ann") == 1


async def test_an_answer_leads_to_the_book_and_to_a_further_question(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    ann = await shop.person("Ann")
    await asks_for_the_chair(ann)
    await ann.taps("Send")
    await tom.waits_for("Can we get this book?")
    await tom.types("Yes, for €12.", reply_to=card(tom))
    await ann.waits_for("about “The Silver Chair of Nowhere”:")
    await ann.taps("Ask further")
    ann.sees("What would you like to ask the shop?", "About: The Silver Chair of Nowhere")
    await ann.types("Signed?")
    await ann.taps("Send")
    await tom.waits_for("“Signed?”")
    tom.sees("Going on from: “The Silver Chair of Nowhere”", "[ Stock ]")
    await ann.taps("Open: The Silver Chair of Nowhere")
    ann.sees("Ada Unpriced", "[ Ask the shop ]")


async def test_a_long_answer_is_cut_and_both_are_told(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    ann = await shop.person("Ann")
    await asks(ann, QUESTION)
    await tom.waits_for("Question · Ann")
    await tom.types("📚<&>" * (LONGEST_ANSWER // 5) + " the very end", reply_to=card(tom))
    tom.sees("longer than a message may be", "Reply again with the rest")
    await ann.waits_for("The answer was longer than a message may be, and ends here.")
    ann.sees("📚<&>")
    ann.does_not_see("the very end")


async def test_what_is_no_text_is_not_passed_on_and_that_is_said(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    await shop.telegram.promote(shop.group)
    ann = await shop.person("Ann")
    await asks(ann, QUESTION)
    await tom.waits_for("Question · Ann")
    for nothing in (
        tom.sends_sticker(reply_to=card(tom)),
        tom.sends_photo(as_jpeg(back_cover("9780340839935")), "a caption", reply_to=card(tom)),
    ):
        await nothing
        tom.sees("I can pass on a text only")
        tom.does_not_see("on hand")
    await ann.looks()
    assert "The shop answers" not in ann.transcript()


async def test_what_needs_no_answer_is_done_and_can_be_opened_again(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    ann = await shop.person("Ann")
    await asks(ann, "Thank you!")
    await tom.waits_for("Question · Ann")
    done = tom.button("Done")
    await tom.taps("Done", times=2)
    tom.sees("says Tom: no answer needed", "[ Open again ]")
    assert await questions(shop) == 0
    await tom.presses(done)
    assert "done already" in tom.toast
    await tom.taps("Open again")
    tom.sees("reply to this message", "[ Done ]")
    assert await questions(shop) == 1
    await tom.taps("Done")
    await tom.types("With pleasure.", reply_to=card(tom))
    await ann.waits_for("With pleasure.")


async def test_nobody_but_the_staff_answers(shop: Shop) -> None:
    """The group that was the staff's before has the old cards still."""
    (tom,) = await shop.staff("Tom")
    ann = await shop.person("Ann")
    await asks(ann, QUESTION)
    await tom.waits_for("Question · Ann")
    old = card(tom)
    done = tom.button("Done")
    (mia,) = await shop.staff("Mia")
    await tom.types("I am still here.", reply_to=old)
    await tom.presses(done)
    assert "only in the shop's own group" in tom.transcript() + tom.toast
    await ann.looks()
    assert "The shop answers" not in ann.transcript()
    await mia.types("/questions@sandbox_bot")
    await mia.waits_for("Question · Ann")
    mia.sees("Question · Ann")
    await mia.types("Two.", reply_to=card(mia))
    await ann.waits_for("Two.")


async def test_other_messages_of_the_group_are_nobodys_answer(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    await shop.telegram.promote(shop.group)
    ann = await shop.person("Ann")
    await asks(ann, QUESTION)
    await tom.waits_for("Question · Ann")
    await tom.types("Does anybody know?")
    await tom.types("I don't.", reply_to=tom.messages[-1]["message_id"])
    assert await questions(shop) == 1


async def test_questions_follow_the_group_when_it_becomes_a_supergroup(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    ann = await shop.person("Ann")
    await asks(ann, QUESTION)
    there = tom.at(await shop.telegram.migrate(shop.group))
    await asks(ann, "And charts?")
    await there.waits_for("And charts?")
    await there.types("/questions@sandbox_bot")
    await there.waits_for("2 open questions")
    await there.waits_for("Have you <b>maps</b>")
    await there.types("Two.", reply_to=card(there, "Have you <b>maps</b>"))
    await ann.waits_for("Two.")


async def test_the_staff_hear_that_a_customer_takes_no_messages_any_more(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    ann = await shop.person("Ann")
    await asks(ann, QUESTION)
    await ann.blocks()
    await tom.looks()
    await tom.types("Two.", reply_to=card(tom))
    await tom.waits_for("not delivered")
    ben = await shop.person("Ben")
    await asks(ben, "And I?")
    await tom.waits_for("Question · Ben")


async def test_open_questions_are_brought_to_the_end_of_the_chat(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    await tom.types("/questions@sandbox_bot")
    tom.sees("No open questions.")
    ann = await shop.person("Ann")
    await asks(ann, "First?")
    await asks(ann, "Second?")
    await tom.looks()
    await tom.types("Yes.", reply_to=card(tom, "First?"))
    await tom.types("/questions@sandbox_bot")
    await tom.looks()
    assert "1 open question" in tom.transcript()
    assert "Second?" in tom.messages[-1]["text"]
    assert tom.transcript().count("“Second?”") == 1


async def test_a_customer_hears_after_a_crash_and_a_day(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    ann = await shop.person("Ann")
    await asks_for(ann, NOWHERE)
    await ann.taps("Send")
    await tom.looks()
    await shop.crash()
    await tom.types("It comes on Monday.", reply_to=card(tom))
    await shop.start()
    await ann.waits_for("It comes on Monday.")
    await shop.pass_time(timedelta(days=1))
    assert ann.transcript().count("It comes on Monday.") == 1
