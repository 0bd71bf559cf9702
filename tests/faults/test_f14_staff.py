"""F14: staff never told because one chat failed, or the group moved to a supergroup."""

from __future__ import annotations

from datetime import timedelta

from tests.chat.buying import with_reservation
from tests.chat.shop import Shop
from tests.faults.guard import fault_if, prevented_by, replaced, rewritten
from tests.faults.kept import without_condition

LANES = replaced(
    "messages that wait only for those of their own chat",
    "storage.outbox:HEADS",
    without_condition("ahead.lane", always=True),
)
FOLLOWED = rewritten(
    "following a group by Telegram's refusal",
    "bot.delivery:Delivery._notify",
    "await self._follow(chat_id, ChatId(error.new_chat_id))",
    "None",
    ("Later(timedelta(0), 'the group became a supergroup')", "Later(timedelta(minutes=1), 'refused')"),
)
MOVED = rewritten(
    "following a group by its own message",
    "bot.conversations.staff:StaffConversation.moved",
    "await turn.work.staff.move(moved.old, moved.new)",
    "None",
)
WAITS_FOR_A_CHAT = rewritten(
    "that orders wait for a staff chat",
    "bot.delivery:Delivery._staff_chat",
    "Later(timedelta(seconds=20), 'no staff chat is linked')",
    "Undeliverable('no staff chat is linked')",
)


@prevented_by(LANES)
async def test_f14_the_staff_are_told_though_a_customers_chat_fails(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    ann = await with_reservation(shop, "Ann", "Emma")
    await tom.waits_for("Emma")
    await shop.telegram.fault("500", chat_id=str(ann.id), times=0)
    await tom.taps("Accept")
    await tom.taps("Ready")  # its notice to Ann fails, and is tried again and again
    await with_reservation(shop, "Ben", "dune messiah")
    await tom.looks()
    fault_if(
        "Dune Messiah" not in tom.transcript(), "the staff do not hear of an order because Ann's chat fails"
    )


@prevented_by((FOLLOWED, MOVED))
async def test_f14_the_staff_are_told_though_their_group_became_a_supergroup(shop: Shop) -> None:
    """Telegram says it twice: by a message in the group, and by refusing the old id."""
    (tom,) = await shop.staff("Tom")
    there = tom.at(await shop.telegram.migrate(shop.group))
    await with_reservation(shop, "Ann", "Emma")
    await shop.pass_time(timedelta(minutes=2))
    await there.looks()
    fault_if("Emma" not in there.transcript(), "the group moved, and the orders stayed behind")


@prevented_by(FOLLOWED)
async def test_f14_the_staff_are_told_though_the_shop_never_saw_their_group_move(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    await shop.telegram.fault("update_delay", seconds=3600)
    there = tom.at(await shop.telegram.migrate(shop.group))
    await with_reservation(shop, "Ann", "Emma")
    await shop.pass_time(timedelta(minutes=2))
    await there.looks()
    fault_if("Emma" not in there.transcript(), "the group moved unseen, and the orders stayed behind")


@prevented_by(WAITS_FOR_A_CHAT)
async def test_f14_an_order_that_came_before_there_was_a_staff_chat_comes_there(shop: Shop) -> None:
    await with_reservation(shop, "Ann", "Emma")
    (tom,) = await shop.staff("Tom")
    await shop.pass_time(timedelta(minutes=2))
    await tom.looks()
    fault_if("Emma" not in tom.transcript(), "an order was told to nobody, and is never told")
