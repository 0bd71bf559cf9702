"""The things that Telegram keeps: users, chats, messages, files."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]
ChatType = Literal["private", "group", "supergroup"]

ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_change_info",
    "can_delete_messages",
    "can_invite_users",
    "can_restrict_members",
    "can_pin_messages",
    "can_promote_members",
    "can_manage_video_chats",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)


@dataclass
class User:
    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = "en"
    is_bot: bool = False
    blocked: bool = False
    """The person has blocked the bot."""
    started: bool = False
    """The person has written to the bot, so that it may write to them."""
    known: bool = False
    """The bot has met the person somewhere, if only in a group."""

    def view(self) -> Json:
        """The Bot API's `User`."""
        shown: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        if self.last_name:
            shown["last_name"] = self.last_name
        if self.username:
            shown["username"] = self.username
        if self.language_code and not self.is_bot:
            shown["language_code"] = self.language_code
        return shown


@dataclass
class Member:
    status: Literal["creator", "administrator", "member", "left", "kicked"]
    rights: dict[str, bool] = field(default_factory=dict)

    @property
    def inside(self) -> bool:
        return self.status in ("creator", "administrator", "member")

    @property
    def is_admin(self) -> bool:
        return self.status in ("creator", "administrator")

    def can(self, right: str) -> bool:
        """Creators can everything, administrators what they were given."""
        return self.status == "creator" or (self.status == "administrator" and self.rights.get(right, False))


@dataclass
class Chat:
    id: int
    type: ChatType
    title: str = ""
    members: dict[int, Member] = field(default_factory=dict)
    forum: bool = False
    migrated_to: int = 0
    migrated_from: int = 0
    last_message_id: int = 0
    keyboards: dict[int, Json] = field(default_factory=dict)
    """The reply keyboard or force reply that shows now, by user."""
    pinned: list[int] = field(default_factory=list)
    known: bool = False
    """The bot was in it once, so that it can name it."""
    bot_wrote: bool = False
    """The bot has written here; as the only bot it was then the last one to do so."""

    def member(self, user_id: int) -> Member:
        return self.members.get(user_id) or Member("left")


@dataclass
class Message:
    chat_id: int
    message_id: int
    date: int
    sender: int
    content: Json
    """The Bot API's content fields: text, entities, photo, caption, invoice, new_chat_members, ..."""
    markup: Json | None = None
    reply_to: int = 0
    thread: int = 0
    via_bot: bool = False
    forward_origin: Json | None = None
    protected: bool = False
    edit_date: int = 0
    version: int = 1
    deleted: int = 0
    """The id of who deleted it, 0 while it is there."""
    details: Json = field(default_factory=dict)
    """What only the person's side shows: invoice details, silence."""
    inline_id: str = ""

    @property
    def kind(self) -> str:
        """`text`, `photo`, `document`, ... or `service`."""
        for kind in CONTENT_KINDS:
            if kind in self.content:
                return kind
        return "service"

    @property
    def inline_keyboard(self) -> Json | None:
        return self.markup if self.markup and "inline_keyboard" in self.markup else None


MEDIA_KINDS = ("photo", "document", "video", "audio", "animation", "voice")
CONTENT_KINDS = ("text", "animation", "photo", "document", "video", "audio", "voice", "sticker", "invoice",
                 "location", "contact", "dice")  # fmt: skip


@dataclass
class StoredFile:
    file_id: str
    unique_id: str
    kind: str
    name: str
    mime: str
    size: int
    width: int = 0
    height: int = 0
    source: str = ""
    """The file id that this one is a smaller picture of; its bytes are drawn when they are asked for."""
    path: str = ""
    """The `file_path` of `getFile`."""
