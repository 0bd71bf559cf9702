"""What a conversation is given and what it offers: the contract between the turn and `bot.conversations`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, TypeVar

from bot.actions import Action
from bot.inputs import Command, File, Input, Photo, Text, Who
from bot.screen import Document, Result, Screen
from bot.texts import Texts, Words
from domain.cart import CartOwner
from domain.errors import NotLoggedIn, ShopError
from domain.ids import CustomerId, OrderId, QuestionId
from domain.ports.dialogues import Dialogue
from domain.ports.identity import Mail, Tokens
from domain.ports.outbox import Message
from domain.ports.unit_of_work import Look, Work
from domain.question import QuestionCard
from domain.session import Session
from domain.shop import Shop

T = TypeVar("T")


@dataclass
class _Scene:
    """What a turn and its preparation both know."""

    who: Who
    dialogue: Dialogue
    words: Words
    shop: Shop
    now: datetime
    tokens: Tokens

    @property
    def step_data(self) -> dict[str, Any]:
        """The facts given to `Turn.enter`."""
        data = self.dialogue.data.get("step")
        return dict(data) if isinstance(data, dict) else {}

    async def _session(self, look: Look) -> Session | None:
        claims = self.tokens.verify(self.dialogue.token) if self.dialogue.token else None
        if claims is None or claims.chat_id != self.who.chat_id or claims.expires_at <= self.now:
            return None
        session = await look.sessions.get(claims.session_id)
        if session is None or session.revoked_at is not None or session.customer_id != claims.customer_id:
            return None
        return session


@dataclass
class Before(_Scene):
    """For slow work ahead of the transaction. ``dialogue`` is a copy; if it turns out to have changed, all is done again."""

    reading: Callable[[], AbstractAsyncContextManager[Look]]
    message_to_delete: int | None = None
    """Set it to have the person's message deleted, before anything is written: it holds a password."""

    async def customer_id(self, look: Look) -> CustomerId | None:
        session = await self._session(look)
        return None if session is None else session.customer_id

    async def owner(self, look: Look) -> CartOwner:
        return CartOwner(await self.customer_id(look), self.who.chat_id, self.who.user_id)


@dataclass
class Turn(_Scene):
    """One update's transaction. Change the domain through services with ``work``; change ``dialogue``; return a Result."""

    work: Work
    prepared: Any = None
    deletion_failed: bool = False
    """Telegram refused to delete the person's message (see `Before.message_to_delete`)."""
    tapped: int | None = None
    """In a group, the message whose button was pressed; what is shown takes its place."""
    entered: bool = False
    """A handler called `enter`."""
    greeted: bool = False
    """What is said above the screen greets the person already."""
    _verified: Session | bool | None = field(default=False, repr=False)

    async def session(self) -> Session | None:
        """The login that the dialogue carries, if signature, expiry, chat and revocation all are right."""
        if isinstance(self._verified, bool):
            self._verified = await self._session(self.work)
        return self._verified

    async def customer_id(self) -> CustomerId | None:
        session = await self.session()
        return None if session is None else session.customer_id

    async def require_customer(self) -> CustomerId:
        """NotLoggedIn if nobody is."""
        customer_id = await self.customer_id()
        if customer_id is None:
            raise NotLoggedIn
        return customer_id

    async def owner(self) -> CartOwner:
        return CartOwner(await self.customer_id(), self.who.chat_id, self.who.user_id)

    def log_in(self, token: str) -> None:
        self.dialogue.token = token
        self._verified = False

    def enter(self, step: str, **data: str | int | bool | None) -> None:
        """The next text is for ``step``. ``data`` are that step's facts; they replace those of the step before.

        A button or a command whose handlers enter no step ends the present one.
        """
        self.entered = True
        self.dialogue.step = step
        self.dialogue.data["step"] = dict(data)

    def leave(self) -> None:
        """No step any more: the next text is a search."""
        self.dialogue.step = ""
        self.dialogue.data.pop("step", None)

    def brought(self, kind: type[T]) -> T:
        """What the route's `prepare` returned."""
        if not isinstance(self.prepared, kind):
            raise TypeError(f"prepared {type(self.prepared).__name__}, not {kind.__name__}")
        return self.prepared


Handler = Callable[[Turn, Any], Awaitable[Result]]
"""``(turn, action)`` for a button or a command's action, ``(turn, input)`` for a step."""
Prepare = Callable[[Before, Any], Awaitable[Any]]
Recover = Callable[[Turn, Any, ShopError], Awaitable[Result | None]]
"""Called in a fresh transaction after a ShopError rolled everything back; None: say it in the general words."""


@dataclass(frozen=True, slots=True)
class Route:
    """``prepare`` does slow work (network, Argon2, search, pictures) outside of the transaction.

    ``staff``: only in the staff's chat. ``anywhere_chat``: in any chat. Otherwise only in a private chat.
    """

    handle: Handler
    prepare: Prepare | None = None
    recover: Recover | None = None
    staff: bool = False
    anywhere_chat: bool = False


StepInput = Text | Photo | File
Step = Route


@dataclass(frozen=True, slots=True)
class Occasion:
    """An outbox message that is being sent: its facts, and reality as it is now (a notice is drawn from that, not from
    what was true when it was written)."""

    data: Mapping[str, str | int | bool | None]
    look: Look
    texts: Texts
    shop: Shop
    now: datetime
    written_at: datetime


@dataclass(frozen=True, slots=True)
class Notice:
    """A message nobody tapped for. ``card``, ``question``: it is the staff's card of this order or question, sent once and
    edited from then on."""

    screen: Screen
    card: OrderId | None = None
    question: QuestionId | None = None
    instead_of: QuestionCard | None = None
    """The message that this takes the place of, if it is still there; nothing is sent anew."""
    anew: bool = False
    """The card is sent again at the end of the chat, and deleted where it was."""
    documents: tuple[Document, ...] = ()


NoticeRender = Callable[[Occasion], Awaitable[Notice | None]]
"""None: there is nothing to tell any more."""
MailRender = Callable[[Occasion], Awaitable[Mail | None]]
GivenUp = Callable[[Work, Message, datetime], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Routes:
    """``actions`` by type; ``steps`` by the name given to `Turn.enter` (they get the `Text`); ``inputs`` by type for what is
    neither a button nor a step's text (a photo, a payment, a moved group, a text that is a search)."""

    actions: Mapping[type[Action], Route] = field(default_factory=dict)
    steps: Mapping[str, Route] = field(default_factory=dict)
    inputs: Mapping[type[Input], Route] = field(default_factory=dict)
    commands: Mapping[str, Callable[[Command], Action] | Action] = field(default_factory=dict)
    group_commands: Mapping[str, Callable[[Command], Action] | Action] = field(default_factory=dict)
    """What a command does in a group: the staff's."""
    group_inputs: Mapping[type[Input], Route] = field(default_factory=dict)
    """What is not a button or a command, in a group: a file for the staff, a group that moved, the bot's membership."""
    group_answers: Mapping[type[Action], Route] = field(default_factory=dict)
    """What answers the bot's message whose first button is this one, in a group, whatever it is: a text, a photo, a sticker."""
    deep_links: Mapping[str, Callable[[str], Action | None]] = field(default_factory=dict)
    """By the word before the first ``_`` of a ``/start`` payload: ``book_12`` is ``deep_links["book"]("12")``."""
    notices: Mapping[str, NoticeRender] = field(default_factory=dict)
    """By the kind of `domain.ports.outbox.Message`, for the lanes of chats and of the staff."""
    undelivered: Mapping[str, GivenUp] = field(default_factory=dict)
    """What follows when a notice of that kind can never be delivered, in the transaction that says so."""
    mails: Mapping[str, MailRender] = field(default_factory=dict)
    """By kind, for the lanes of mail addresses."""


class Conversation(Protocol):
    def routes(self) -> Routes: ...
