"""Buttons of the staff's chat."""

from __future__ import annotations

from dataclasses import dataclass

from bot.actions.action import Action


@dataclass(frozen=True, slots=True)
class StaffShow(Action):
    """The order's card as it stands; ``anew``: sent again at the end of the chat, instead of where it was."""

    tag = "wo"
    order_id: int
    anew: bool = False


@dataclass(frozen=True, slots=True)
class StaffOrders(Action):
    tag = "wl"
    page: int = 0


@dataclass(frozen=True, slots=True)
class StaffHelp(Action):
    """Not a button: ``/help`` or ``/start`` in the staff's chat."""

    tag = "wm"


@dataclass(frozen=True, slots=True)
class StaffAccept(Action):
    tag = "wa"
    order_id: int


@dataclass(frozen=True, slots=True)
class StaffReady(Action):
    tag = "wr"
    order_id: int


@dataclass(frozen=True, slots=True)
class StaffHandOver(Action):
    """``tender`` is ``cash`` or ``card`` for an order that is paid now, empty for one that was paid online."""

    tag = "wh"
    order_id: int
    tender: str = ""


@dataclass(frozen=True, slots=True)
class StaffCancel(Action):
    """Asks for the reason."""

    tag = "wc"
    order_id: int


@dataclass(frozen=True, slots=True)
class StaffCancelFor(Action):
    """``reason`` is ``sold_out``, ``damaged``, ``customer``, ``not_collected`` or ``other``."""

    tag = "wx"
    order_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class StaffRefunded(Action):
    """The money that is owed was given back at the payment provider. ``owed`` is what the card said, in minor units."""

    tag = "wf"
    order_id: int
    owed: int


@dataclass(frozen=True, slots=True)
class StaffFind(Action):
    """Not a button: ``/start pickup_<code>``, which the QR picture at the counter leads to."""

    tag = "wp"
    code: str


@dataclass(frozen=True, slots=True)
class LinkGroup(Action):
    """Not a button: ``/start link_<code>`` in a group makes it the staff's chat."""

    tag = "wk"
    code: str


@dataclass(frozen=True, slots=True)
class StaffClose(Action):
    """The close of a day, such as ``2026-11-25``; empty: today's."""

    tag = "wz"
    day: str = ""


@dataclass(frozen=True, slots=True)
class StaffTakeIn(Action):
    """Count what the gateway has of this order and that day, and our books lack. ``number`` is the order's."""

    tag = "wb"
    day: str
    number: str


@dataclass(frozen=True, slots=True)
class StaffDoubt(Action):
    """A payment of which nobody knows what came of it."""

    tag = "we"
    attempt_id: str


@dataclass(frozen=True, slots=True)
class StaffDecide(Action):
    """Whoever looked at the provider says whether it was paid."""

    tag = "wg"
    attempt_id: str
    paid: bool


@dataclass(frozen=True, slots=True)
class StaffImport(Action):
    """Not a button: ``/import``, as a document's caption or in answer to one. Empty: in answer to nothing."""

    tag = "wi"
    file_id: str = ""
    name: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True)
class StaffImportRead(Action):
    """Bring a file that was read into the catalogue."""

    tag = "wj"
    job_id: int


@dataclass(frozen=True, slots=True)
class StaffLeaveFile(Action):
    """Do nothing with a file that was read."""

    tag = "wn"
    job_id: int


@dataclass(frozen=True, slots=True)
class StaffStock(Action):
    """A book's card of stock."""

    tag = "ws"
    book_id: int


@dataclass(frozen=True, slots=True)
class StaffStockBeneath(Action):
    """The same as a message of its own, for a card that is about something else."""

    tag = "wv"
    book_id: int


@dataclass(frozen=True, slots=True)
class StaffQuestion(Action):
    """Brings a question's card to the end of the chat. What answers a message whose first button is this one, or
    `StaffCloseQuestion`, goes to the customer."""

    tag = "wt"
    question_id: int


@dataclass(frozen=True, slots=True)
class StaffQuestions(Action):
    """Not a button: ``/questions``, which brings the cards of the open ones to the end of the chat."""

    tag = "wy"


@dataclass(frozen=True, slots=True)
class StaffCloseQuestion(Action):
    """The question needs no answer; not ``done``: it does after all."""

    tag = "wd"
    question_id: int
    done: bool


@dataclass(frozen=True, slots=True)
class StaffCount(Action):
    """``to`` copies are on hand instead of the ``seen`` ones."""

    tag = "wq"
    book_id: int
    seen: int
    to: int


@dataclass(frozen=True, slots=True)
class StaffLookUp(Action):
    """Not a button: ``/stock``, with an ISBN or words."""

    tag = "wu"
    words: str = ""
