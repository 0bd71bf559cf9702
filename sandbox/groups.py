"""Groups: who is in them, with what rights, and how a group becomes a supergroup.

Service messages and member updates as core.telegram.org/bots/api#chatmemberupdated describes them.
"""

from __future__ import annotations

from typing import Literal

from sandbox.errors import PersonError
from sandbox.model import ADMIN_RIGHTS, Chat, ChatType, Json, Member, Message, User
from sandbox.world import SUPERGROUP_BASE, World

FIRST_GROUP = 4001
FIRST_SUPERGROUP = 2_000_000_001


class Groups:
    """What people do to groups; the bot hears of it as Telegram tells it."""

    def __init__(self, world: World) -> None:
        self._world = world

    def create(self, title: str, creator: User, members: list[User], kind: ChatType, *, forum: bool) -> Chat:
        """A new group with these people, the creator first."""
        world = self._world
        if kind == "group":
            number = -world.next_number("group", FIRST_GROUP)
        else:
            number = SUPERGROUP_BASE - world.next_number("supergroup", FIRST_SUPERGROUP)
        chat = Chat(number, kind, title, {creator.id: Member("creator")}, forum=forum)
        world.save_chat(chat)
        created = "group_chat_created" if kind == "group" else "supergroup_chat_created"
        people = [user for user in members if user.id not in (creator.id, world.bot.id)]
        for user in people:
            chat.members[user.id] = Member("member")
        if world.bot in members:
            self._change(chat, world.bot, Member("member"), by=creator)
        world.save_chat(chat)
        world.post(chat, creator.id, {created: True})
        self._tell(chat)
        return chat

    def add(self, chat: Chat, user: User, by: User) -> None:
        """Somebody adds somebody; 403 if they are not in the group themselves."""
        self._require(chat, by)
        if chat.member(user.id).inside:
            raise PersonError(409, f"{user.first_name} is in this group already")
        if user is self._world.bot and not self._world.profile["can_join_groups"]:
            raise PersonError(403, "this bot cannot be added to groups")
        self._change(chat, user, Member("member"), by=by)
        shown = user.view()
        self._world.post(
            chat,
            by.id,
            {"new_chat_participant": shown, "new_chat_member": shown, "new_chat_members": [shown]},
        )
        self._tell(chat)

    def remove(self, chat: Chat, user: User, by: User) -> None:
        """Somebody leaves, or is removed by an administrator (or, from a basic group, by who may)."""
        if not chat.member(user.id).inside:
            raise PersonError(404, f"{user.first_name} is not in this group")
        if by.id != user.id:
            self._require(chat, by, right="can_restrict_members")
        status: Literal["left", "kicked"] = "left" if by.id == user.id else "kicked"
        before = self._world.audience(chat)
        if by.id == user.id:
            self._farewell(chat, user, by)
            self._change(chat, user, Member(status), by=by)
        else:
            self._change(chat, user, Member(status), by=by)
            self._farewell(chat, user, by)
        self._tell(chat, before)

    def _farewell(self, chat: Chat, user: User, by: User) -> None:
        shown = user.view()
        self._world.post(chat, by.id, {"left_chat_participant": shown, "left_chat_member": shown})

    def promote(self, chat: Chat, user: User, status: str, rights: dict[str, bool] | None, by: User) -> None:
        """Makes somebody an administrator, or an ordinary member again."""
        self._require(chat, by, right="can_promote_members")
        if status not in ("administrator", "member"):
            raise PersonError(400, "a status is administrator or member")
        if not chat.member(user.id).inside or chat.member(user.id).status == "creator":
            raise PersonError(409, f"{user.first_name} cannot be promoted here")
        if status == "member":
            member = Member("member")
        else:
            given = (
                rights
                if rights is not None
                else {right: right != "can_promote_members" for right in ADMIN_RIGHTS}
            )
            unknown = set(given) - set(ADMIN_RIGHTS)
            if unknown:
                raise PersonError(400, f"there is no right {sorted(unknown)[0]}")
            member = Member(
                "administrator", {**dict.fromkeys(ADMIN_RIGHTS, False), "can_manage_chat": True, **given}
            )
        self._change(chat, user, member, by=by)
        self._tell(chat)

    def rename(self, chat: Chat, title: str, by: User) -> None:
        """A new title, with its service message."""
        self._require(chat, by)
        chat.title = title
        self._world.save_chat(chat)
        self._world.post(chat, by.id, {"new_chat_title": title})
        self._tell(chat)

    def migrate(self, chat: Chat, by: User) -> Chat:
        """The group becomes a supergroup with a new id; both sides get their service message."""
        world = self._world
        if chat.type != "group" or chat.migrated_to:
            raise PersonError(409, "only a basic group can become a supergroup, and only once")
        number = SUPERGROUP_BASE - world.next_number("supergroup", FIRST_SUPERGROUP)
        new = Chat(
            number, "supergroup", chat.title, {**chat.members}, migrated_from=chat.id, known=chat.known
        )
        world.save_chat(new)
        world.post(chat, by.id, {"migrate_to_chat_id": new.id})
        chat.migrated_to = new.id
        world.save_chat(chat)
        world.post(new, by.id, {"migrate_from_chat_id": chat.id})
        self._tell(chat)
        self._tell(new)
        return new

    def pin(self, chat: Chat, message: Message, by: int, *, pinned: bool) -> None:
        """Pins (with a service message) or unpins."""
        if pinned:
            if message.message_id in chat.pinned:
                chat.pinned.remove(message.message_id)
            chat.pinned.append(message.message_id)
            self._world.save_chat(chat)
            self._world.post(chat, by, {"pinned_message_id": message.message_id})
        elif message.message_id in chat.pinned:
            chat.pinned.remove(message.message_id)
            self._world.save_chat(chat)
        self._tell(chat)

    def leave(self, chat: Chat) -> None:
        """The bot leaves by itself."""
        self.remove(chat, self._world.bot, by=self._world.bot)

    def _require(self, chat: Chat, by: User, right: str = "") -> None:
        if chat.type == "private":
            raise PersonError(400, "that is a private chat")
        if chat.migrated_to:
            raise PersonError(409, f"this group became the supergroup {chat.migrated_to}")
        member = chat.member(by.id)
        if not member.inside or (right and not member.can(right)):
            raise PersonError(403, f"{by.first_name} may not do that here")

    def _change(self, chat: Chat, user: User, member: Member, by: User) -> None:
        """Sets a membership; the bot hears of its own always, of others' as an administrator (`chat_member`)."""
        world = self._world
        old = chat.member(user.id)
        chat.members[user.id] = member
        mine = user is world.bot
        if mine:
            chat.known = True
        world.save_chat(chat)
        if not chat.member(world.bot.id).inside and not mine:
            return
        if not mine and not chat.member(world.bot.id).is_admin:
            return
        world.meet(by.id)
        update: Json = {
            "chat": world.views.chat(chat),
            "from": by.view(),
            "date": world.clock.unix(),
            "old_chat_member": world.views.member(user.id, old, chat),
            "new_chat_member": world.views.member(user.id, member, chat),
        }
        world.updates.add("my_chat_member" if mine else "chat_member", update)

    def _tell(self, chat: Chat, audience: frozenset[int] = frozenset()) -> None:
        shown = self._world.views.group(chat)
        people = audience | self._world.audience(chat)
        self._world.events.tell("chat", {"chat_id": chat.id, "chat": shown}, people)
