"""Every button, typed. A button's action is what it does when pressed, whoever presses it, whenever, however often.

An action that changes something carries what the person saw (``seen``) and what shall be (``to``), so that a second tap does
nothing more and an old button is recognised. ``anywhere`` actions only show something or check for themselves: they may be
pressed in any message; the others only in the live one. Fields are int, str or bool; `bot.codec` packs them into 64 bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Action:
    """``tag`` names the action inside a button; it is never reused for another meaning, as old buttons live for years."""

    tag: ClassVar[str] = ""
    anywhere: ClassVar[bool] = True

    def instead(self) -> Action | None:
        """What to show when the button was pressed in an older message and may not act; None: the present screen."""
        return None


# --- looking around -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShowHome(Action):
    tag = "h"


@dataclass(frozen=True, slots=True)
class StartSearch(Action):
    tag = "s"


@dataclass(frozen=True, slots=True)
class SearchFor(Action):
    """Not a button: what ``/search dune`` asks for. ``text`` is as typed."""

    tag = "sf"
    text: str


@dataclass(frozen=True, slots=True)
class ShowShelves(Action):
    """``by`` is ``subject``, ``language`` or ``price``."""

    tag = "sh"
    by: str = "subject"


@dataclass(frozen=True, slots=True)
class Browse(Action):
    """A shelf: ``kind`` is new, picks, subject, language, price, author, series or similar. ``key`` is the subject's or
    the language's code, or a range such as ``1000-1499`` in minor units; for author, series and similar the id of a
    book that has it (a name would not fit)."""

    tag = "b"
    kind: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class ShowPage(Action):
    """A page (from 0) of the dialogue's listing. ``listing`` is its serial: another one is an old button."""

    tag = "p"
    listing: int
    page: int


@dataclass(frozen=True, slots=True)
class ShowFilters(Action):
    """What the listing can be narrowed by; ``by`` (subject, language, price, year, sort) opens one of them."""

    tag = "f"
    listing: int
    by: str = ""


@dataclass(frozen=True, slots=True)
class SetFilter(Action):
    """``name`` is a field of `domain.ports.books.Filters`, or ``price`` or ``year`` for a range such as ``10-20``; an
    empty ``value`` takes the filter away."""

    tag = "fs"
    listing: int
    name: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class SetSort(Action):
    tag = "so"
    listing: int
    sort: str


@dataclass(frozen=True, slots=True)
class SearchAsTyped(Action):
    """Search again without mending the spelling."""

    tag = "lit"
    listing: int


@dataclass(frozen=True, slots=True)
class ShowBook(Action):
    """``quantity`` is what the stepper beside "Add to cart" stands at."""

    tag = "k"
    book_id: int
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class ShowEditions(Action):
    """The editions of a book's work. ``quantity`` copies were asked for."""

    tag = "ed"
    book_id: int
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class AskForBook(Action):
    """How to ask the shop for a book that cannot be bought here (no price, not to be had); 0: one that was not found."""

    tag = "ask"
    book_id: int


# --- the cart ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AddToCart(Action):
    """From a book's page. The button was drawn when ``seen`` copies were in the cart; afterwards there are ``to``."""

    tag = "a"
    anywhere = False
    book_id: int
    seen: int
    to: int

    def instead(self) -> Action:
        return ShowBook(self.book_id)


@dataclass(frozen=True, slots=True)
class SetQuantity(Action):
    """In the cart. ``to`` 0 removes the line."""

    tag = "q"
    anywhere = False
    book_id: int
    seen: int
    to: int

    def instead(self) -> Action:
        return ShowCart()


@dataclass(frozen=True, slots=True)
class OrderMore(Action):
    """As `SetQuantity`, knowing that some of the copies are not in the shop and have to be ordered."""

    tag = "qo"
    anywhere = False
    book_id: int
    seen: int
    to: int

    def instead(self) -> Action:
        return ShowCart()


@dataclass(frozen=True, slots=True)
class ShowCart(Action):
    tag = "c"
    page: int = 0


@dataclass(frozen=True, slots=True)
class EmptyCart(Action):
    """``seen`` copies were in it when the button was drawn."""

    tag = "ce"
    anywhere = False
    seen: int

    def instead(self) -> Action:
        return ShowCart()


@dataclass(frozen=True, slots=True)
class UndoEmpty(Action):
    """Put back what `EmptyCart` took out (kept in the dialogue)."""

    tag = "cu"
    anywhere = False

    def instead(self) -> Action:
        return ShowCart()


# --- checking out and paying --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CheckOut(Action):
    tag = "co"


@dataclass(frozen=True, slots=True)
class PlaceOrder(Action):
    """Confirm the summary that was shown. ``way`` is ``counter`` or a gateway's name."""

    tag = "o"
    checkout_id: str
    fingerprint: str
    way: str


@dataclass(frozen=True, slots=True)
class Pay(Action):
    """Pay an order that awaits it: a new try, or the present one shown again."""

    tag = "py"
    order_id: int
    gateway: str


@dataclass(frozen=True, slots=True)
class StartPayment(Action):
    """Not a button: what follows a commit, outside of any transaction. Calls the gateway for a payment attempt."""

    tag = "sp"
    attempt_id: str


@dataclass(frozen=True, slots=True)
class ReserveInstead(Action):
    """An order that awaits payment is to be paid at the counter."""

    tag = "ri"
    order_id: int


# --- orders -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShowOrders(Action):
    tag = "os"
    page: int = 0


@dataclass(frozen=True, slots=True)
class ShowOrder(Action):
    tag = "oo"
    order_id: int


@dataclass(frozen=True, slots=True)
class CancelOrder(Action):
    """Asks whether to."""

    tag = "oc"
    order_id: int


@dataclass(frozen=True, slots=True)
class ConfirmCancel(Action):
    tag = "ox"
    order_id: int


@dataclass(frozen=True, slots=True)
class OrderAgain(Action):
    tag = "oa"
    order_id: int


@dataclass(frozen=True, slots=True)
class SendReceipt(Action):
    tag = "or"
    order_id: int


# --- the customer's account ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShowAccount(Action):
    tag = "ac"


@dataclass(frozen=True, slots=True)
class LogIn(Action):
    tag = "li"


@dataclass(frozen=True, slots=True)
class Register(Action):
    tag = "re"


@dataclass(frozen=True, slots=True)
class ForgotPassword(Action):
    tag = "fp"


@dataclass(frozen=True, slots=True)
class ResendCode(Action):
    tag = "rc"
    anywhere = False


@dataclass(frozen=True, slots=True)
class UseName(Action):
    """Take the name that was offered."""

    tag = "un"
    anywhere = False


@dataclass(frozen=True, slots=True)
class GiveUp(Action):
    """Leave the present step and go back to where it was entered from."""

    tag = "x"


@dataclass(frozen=True, slots=True)
class LogOut(Action):
    tag = "lo"


@dataclass(frozen=True, slots=True)
class LogOutEverywhere(Action):
    tag = "le"


@dataclass(frozen=True, slots=True)
class ChangePassword(Action):
    tag = "cp"


@dataclass(frozen=True, slots=True)
class ShowMyData(Action):
    tag = "md"


@dataclass(frozen=True, slots=True)
class ExportMyData(Action):
    tag = "me"


@dataclass(frozen=True, slots=True)
class DeleteAccount(Action):
    """Asks whether to."""

    tag = "da"


@dataclass(frozen=True, slots=True)
class ConfirmDeletion(Action):
    tag = "dx"
    anywhere = False


# --- the shop -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShowLanguages(Action):
    tag = "ls"


@dataclass(frozen=True, slots=True)
class SetLanguage(Action):
    tag = "lg"
    language: str


@dataclass(frozen=True, slots=True)
class ShowHelp(Action):
    tag = "he"


@dataclass(frozen=True, slots=True)
class ShowTerms(Action):
    tag = "te"


@dataclass(frozen=True, slots=True)
class ShowPrivacy(Action):
    tag = "pr"


@dataclass(frozen=True, slots=True)
class ShowSupport(Action):
    tag = "su"


@dataclass(frozen=True, slots=True)
class Still(Action):
    """A label that does nothing when tapped, such as the number between − and +."""

    tag = "-"


# --- the staff's chat ---------------------------------------------------------------------------------------------------


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
    """The money that is owed was given back at the payment provider."""

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


def _by_tag() -> dict[str, type[Action]]:
    """A dataclass with slots is made anew by its decorator, so each name has two classes: the later one counts."""
    found: dict[str, type[Action]] = {}
    for kind in Action.__subclasses__():
        if kind.tag in found and found[kind.tag].__name__ != kind.__name__:
            raise ValueError(f"{kind.__name__} and {found[kind.tag].__name__} have one tag: {kind.tag}")
        found[kind.tag] = kind
    return found


ACTIONS: dict[str, type[Action]] = _by_tag()
"""Every action by its tag."""
