"""Groups: privacy mode, members, rights, supergroups, pins."""

from __future__ import annotations

import pytest

from sandbox.client import SandboxClient, SandboxError
from sandbox.persons import Person
from tests.sandbox.conftest import Bot, Json, Refusal


@pytest.fixture
async def tom(telegram: SandboxClient) -> Person:
    return await telegram.person("Tom", id=102)


@pytest.fixture
async def staff(bot: Bot, telegram: SandboxClient, ann: Person, tom: Person) -> int:
    group = await telegram.group("Staff", ann, tom)
    await bot.updates()
    return group


async def texts(bot: Bot) -> list[str]:
    updates = await bot("getUpdates", offset=bot.offset)
    if updates:
        bot.offset = updates[-1]["update_id"] + 1
    return [update["message"].get("text", "service") for update in updates if "message" in update]


async def test_the_bot_hears_that_it_was_added(bot: Bot, telegram: SandboxClient, ann: Person) -> None:
    """core.telegram.org/bots/api#chatmemberupdated: my_chat_member with the old and the new status, and the service
    message."""
    group = await telegram.group("Staff", ann)
    start, added, created = await bot.updates()
    change = added["my_chat_member"]
    assert change["chat"]["id"] == group
    assert change["chat"]["type"] == "group"
    assert change["from"]["id"] == ann.id
    assert (change["old_chat_member"]["status"], change["new_chat_member"]["status"]) == ("left", "member")
    assert created["message"]["group_chat_created"] is True
    assert start["message"]["text"] == "/start"


async def test_privacy_mode_shows_only_what_concerns_the_bot(
    bot: Bot, telegram: SandboxClient, staff: int, ann: Person, tom: Person
) -> None:
    """core.telegram.org/bots/features#privacy-mode: commands for it, general commands if it was the last bot to write
    there, replies to it, service messages; nothing else."""
    there = ann.at(staff)
    for text in ("hello", "/status", "/status@other_bot", "hello @sandbox_bot", "/status@Sandbox_Bot now"):
        await there.types(text)
    assert await texts(bot) == ["/status@Sandbox_Bot now"]
    card = await bot.says(staff, "An order")
    await there.types("/status")
    await there.types("on it", reply_to=card["message_id"])
    await there.types("hello")
    await telegram.request("POST", f"/chats/{staff}/title", {"title": "The staff", "by": ann.id})
    assert await texts(bot) == ["/status", "on it", "service"]


async def test_an_administrator_and_a_bot_without_privacy_mode_see_everything(
    bot: Bot, telegram: SandboxClient, staff: int, ann: Person
) -> None:
    """The same page: bots that were added as admins, and bots with privacy mode disabled, receive all messages."""
    await telegram.promote(staff)
    await ann.at(staff).types("hello")
    assert (await texts(bot))[-1] == "hello"
    await telegram.promote(staff, status="member")
    await ann.at(staff).types("unheard")
    await telegram.bot_settings(can_read_all_group_messages=True)
    assert (await bot("getMe"))["can_read_all_group_messages"] is True
    await ann.at(staff).types("heard")
    assert await texts(bot) == ["heard"]


async def test_a_removed_bot_is_told_why_it_cannot_write(
    bot: Bot, telegram: SandboxClient, staff: int, ann: Person
) -> None:
    """telegram-bot-api Client.cpp check_chat_access: kicked and left, basic group and supergroup."""
    await telegram.request("DELETE", f"/chats/{staff}/members/bot?by={ann.id}")
    with pytest.raises(Refusal) as refused:
        await bot.says(staff, "x")
    assert (refused.value.status, refused.value.text) == (
        403,
        "Forbidden: bot was kicked from the group chat",
    )
    updates = await bot.updates()
    assert [
        update["my_chat_member"]["new_chat_member"]["status"]
        for update in updates
        if "my_chat_member" in update
    ] == ["kicked"]
    await telegram.request("POST", f"/chats/{staff}/members", {"user": "bot", "by": ann.id})
    await bot.says(staff, "back")
    assert await bot("leaveChat", chat_id=staff) is True
    assert (
        await bot.refusal("sendMessage", chat_id=staff, text="x")
        == "Forbidden: bot is not a member of the group chat"
    )
    big = await telegram.group("Big", ann, kind="supergroup")
    await telegram.request("DELETE", f"/chats/{big}/members/bot?by={ann.id}")
    assert await bot.refusal("getChat", chat_id=big) == "Forbidden: bot was kicked from the supergroup chat"


async def test_a_group_the_bot_never_met_is_not_found(bot: Bot, telegram: SandboxClient, ann: Person) -> None:
    """telegram-bot-api Client.cpp check_chat: "chat not found"."""
    group = await telegram.group("Secret", ann, bot=False)
    assert await bot.refusal("getChat", chat_id=group) == "Bad Request: chat not found"


async def test_a_group_becomes_a_supergroup(
    bot: Bot, telegram: SandboxClient, staff: int, ann: Person
) -> None:
    """telegram-bot-api Client.cpp check_chat_access: 400 with migrate_to_chat_id; core.telegram.org/bots/api#message:
    migrate_to_chat_id and migrate_from_chat_id."""
    await bot.says(staff, "before")
    new = await telegram.migrate(staff)
    assert new < -1_000_000_000_000
    with pytest.raises(Refusal) as refused:
        await bot.says(staff, "x")
    assert refused.value.text == "Bad Request: group chat was upgraded to a supergroup chat"
    assert (refused.value.status, refused.value.parameters) == (400, {"migrate_to_chat_id": new})
    old_side, new_side = [update["message"] for update in await bot.updates()]
    assert (old_side["chat"]["id"], old_side["migrate_to_chat_id"]) == (staff, new)
    assert (new_side["chat"]["id"], new_side["migrate_from_chat_id"]) == (new, staff)
    assert (await bot.says(new, "after"))["chat"] == {"id": new, "title": "Staff", "type": "supergroup"}
    with pytest.raises(SandboxError, match="became the supergroup"):
        await ann.at(staff).types("old")


async def test_messages_of_the_old_group_can_still_be_edited_but_not_deleted(
    bot: Bot, telegram: SandboxClient, staff: int
) -> None:
    """telegram-bot-api Client.cpp: edits need Edit access, which an upgraded group still gives; deletions need Write."""
    card = await bot.says(staff, "card")
    await telegram.migrate(staff)
    place = {"chat_id": staff, "message_id": card["message_id"]}
    assert (await bot("editMessageText", **place, text="changed"))["text"] == "changed"
    assert (
        await bot.refusal("deleteMessage", **place)
        == "Bad Request: group chat was upgraded to a supergroup chat"
    )


async def test_members_are_listed_and_counted(
    bot: Bot, telegram: SandboxClient, staff: int, ann: Person, tom: Person
) -> None:
    """core.telegram.org/bots/api#getchatmember, #getchatadministrators, #getchatmembercount, #chatmember."""
    assert (await bot("getChatMember", chat_id=staff, user_id=ann.id))["status"] == "creator"
    assert (await bot("getChatMember", chat_id=staff, user_id=tom.id))["status"] == "member"
    assert (await bot("getChatMember", chat_id=staff, user_id=bot.sandbox.settings.bot_id))[
        "status"
    ] == "member"
    assert await bot("getChatMemberCount", chat_id=staff) == 3
    # telegram-bot-api Client.cpp methods_: the name from before Bot API 5.3 still works.
    assert await bot("getChatMembersCount", chat_id=staff) == 3
    await telegram.promote(staff, tom)
    admins = await bot("getChatAdministrators", chat_id=staff)
    assert [(one["user"]["id"], one["status"]) for one in admins] == [
        (ann.id, "creator"),
        (tom.id, "administrator"),
    ]
    assert admins[1]["can_delete_messages"] is True
    await telegram.request("DELETE", f"/chats/{staff}/members/{tom.id}?by={tom.id}")
    assert (await bot("getChatMember", chat_id=staff, user_id=tom.id))["status"] == "left"
    assert await bot.refusal("getChatMember", chat_id=staff, user_id=999) == "Bad Request: member not found"
    assert await bot.refusal("getChatMember", chat_id=staff) == "Bad Request: invalid user_id specified"
    assert await bot.refusal("getChatAdministrators", chat_id=ann.id) == (
        "Bad Request: there are no administrators in the private chat"
    )
    assert (await bot("getChatMember", chat_id=ann.id, user_id=ann.id))["status"] == "member"


async def test_others_memberships_are_told_to_an_administrator_who_asked(
    bot: Bot, telegram: SandboxClient, staff: int, ann: Person
) -> None:
    """core.telegram.org/bots/api#update: chat_member; "The bot must be an administrator in the chat and must explicitly
    specify chat_member in the list of allowed_updates"."""
    await bot("getUpdates", offset=bot.offset, allowed_updates=["chat_member"])
    eve = await telegram.person("Eve")
    await telegram.request("POST", f"/chats/{staff}/members", {"user": eve.id, "by": ann.id})
    await telegram.promote(staff)
    await telegram.request("DELETE", f"/chats/{staff}/members/{eve.id}?by={ann.id}")
    (update,) = await bot.updates()
    change = update["chat_member"]
    assert (change["old_chat_member"]["user"]["id"], change["new_chat_member"]["status"]) == (
        eve.id,
        "kicked",
    )


async def test_who_comes_and_goes_shows_in_the_chat(
    bot: Bot, telegram: SandboxClient, staff: int, ann: Person
) -> None:
    """core.telegram.org/bots/api#message: new_chat_members, left_chat_member; service messages pass privacy mode."""
    eve = await telegram.person("Eve")
    await telegram.request("POST", f"/chats/{staff}/members", {"user": eve.id, "by": ann.id})
    await telegram.request("DELETE", f"/chats/{staff}/members/{eve.id}?by={eve.id}")
    came, went = [update["message"] for update in await bot.updates()]
    assert [user["id"] for user in came["new_chat_members"]] == [eve.id]
    assert went["left_chat_member"]["id"] == went["from"]["id"] == eve.id


async def test_people_do_only_what_they_may(
    telegram: SandboxClient, staff: int, ann: Person, tom: Person
) -> None:
    """A stranger sees and does nothing in a group; an ordinary member promotes nobody."""
    eve = await telegram.person("Eve")
    with pytest.raises(SandboxError, match="403"):
        await eve.at(staff).types("hello")
    with pytest.raises(SandboxError, match="403"):
        await telegram.request("POST", f"/chats/{staff}/promote", {"user": tom.id, "by": tom.id})
    with pytest.raises(SandboxError, match="409"):
        await telegram.request("POST", f"/chats/{staff}/members", {"user": tom.id, "by": ann.id})


async def test_a_message_is_pinned_with_a_notice(
    bot: Bot, telegram: SandboxClient, staff: int, ann: Person
) -> None:
    """core.telegram.org/bots/api#pinchatmessage, #message pinned_message, #chatfullinfo; telegram-bot-api Client.cpp
    need_skip_update_message: the bot hears of its own pin."""
    card = await bot.says(staff, "card")
    assert await bot("pinChatMessage", chat_id=staff, message_id=card["message_id"]) is True
    (update,) = await bot.updates()
    assert update["message"]["pinned_message"]["text"] == "card"
    assert (await bot("getChat", chat_id=staff))["pinned_message"]["message_id"] == card["message_id"]
    assert await bot("unpinChatMessage", chat_id=staff) is True
    assert await bot.refusal("unpinChatMessage", chat_id=staff) == "Bad Request: message to unpin not found"
    assert "pinned_message" not in await bot("getChat", chat_id=staff)
    for text in ("one", "two"):
        await bot("pinChatMessage", chat_id=staff, message_id=(await bot.says(staff, text))["message_id"])
    assert await bot("unpinAllChatMessages", chat_id=staff) is True
    assert "pinned_message" not in await bot("getChat", chat_id=staff)
    big = await telegram.group("Big", ann, kind="supergroup")
    note = await bot.says(big, "note")
    refusal = await bot.refusal("pinChatMessage", chat_id=big, message_id=note["message_id"])
    assert refusal == "Bad Request: not enough rights to manage pinned messages in the chat"


async def test_a_deep_link_can_lead_into_a_group(bot: Bot, telegram: SandboxClient, ann: Person) -> None:
    """core.telegram.org/bots/features#deep-linking: ?startgroup= adds the bot and sends /start@bot payload."""
    group = await telegram.group("Staff", ann, bot=False)
    await telegram.request("POST", f"/users/{ann.id}/start", {"payload": "link-1", "chat": group})
    messages = [update["message"] for update in await bot.updates() if "message" in update]
    assert messages[-1]["text"] == "/start@sandbox_bot link-1"


async def test_supergroups_number_their_messages_for_themselves(
    bot: Bot, telegram: SandboxClient, ann: Person
) -> None:
    """core.telegram.org/api/updates: each channel and supergroup has its own message sequence."""
    big = await telegram.group("Big", ann, kind="supergroup")
    first: Json = await bot.says(big, "one")
    assert (await bot.says(big, "two"))["message_id"] == first["message_id"] + 1
    assert first["message_id"] == 2


async def test_forum_topics_are_kept_apart(bot: Bot, telegram: SandboxClient, ann: Person) -> None:
    """core.telegram.org/bots/api#sendmessage: message_thread_id, of forum supergroups only; td: "Message thread not found"."""
    body = {"title": "Forum", "creator": ann.id, "members": ["bot"], "forum": True}
    forum = int((await telegram.request("POST", "/chats", body))["id"])
    topic = await bot.says(forum, "Orders")
    message = await bot.says(forum, "one", message_thread_id=topic["message_id"])
    assert (message["message_thread_id"], message["is_topic_message"]) == (topic["message_id"], True)
    refusal = await bot.refusal("sendMessage", chat_id=forum, text="x", message_thread_id=999)
    assert refusal == "Bad Request: message thread not found"


async def test_blocking_is_told_to_the_bot(bot: Bot, ann: Person) -> None:
    """core.telegram.org/bots/api#chatmemberbanned: in private chats my_chat_member when the bot is blocked or unblocked;
    writing again unblocks."""
    await bot.updates()
    await ann.blocks()
    await ann.types("sorry")
    blocked, unblocked, message = await bot.updates()
    assert blocked["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert unblocked["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert message["message"]["text"] == "sorry"
