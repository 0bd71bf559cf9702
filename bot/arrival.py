"""Where the steps of an account lead: back to where they were entered from, logged in or not."""

from __future__ import annotations

from bot.actions import Action, ChangePassword, DeleteAccount, ForgotPassword, LogIn, Register, ShowHome
from bot.codec import decode, encode
from bot.conversation import Turn
from bot.screen import Result
from bot.texts import Texts
from domain.errors import NotLoggedIn, ShopError
from domain.services.login import LoggedIn

_OFFERED = "return"
_BACK = "back"
_STEPS = ("login", "register", "forgot", "password", "delete")
"""The first words of the account's steps."""
_BEGIN: dict[str, Action] = {
    "login": LogIn(),
    "register": Register(),
    "forgot": ForgotPassword(),
    "password": ChangePassword(),
    "delete": DeleteAccount(),
}


def come_back_to(turn: Turn, action: Action) -> None:
    """For a screen that offers to log in or to register: whoever does so from there comes back to ``action``."""
    turn.dialogue.data[_OFFERED] = {"to": encode(action), "at": turn.dialogue.version}


def set_out(turn: Turn) -> None:
    """The account's steps begin. If the screen before offered them, they lead back to where it said; if they only go on
    (another address, a forgotten password), to where they led before; otherwise home."""
    offered = turn.dialogue.data.pop(_OFFERED, None)
    if isinstance(offered, dict) and offered.get("at") in (turn.dialogue.version, turn.dialogue.version - 1):
        turn.dialogue.data[_BACK] = offered.get("to")
    elif turn.dialogue.step.partition(".")[0] not in _STEPS:
        turn.dialogue.data.pop(_BACK, None)


def set_out_from(turn: Turn, action: Action) -> None:
    """The same for steps that begin at once and lead back to ``action``."""
    turn.dialogue.data[_BACK] = encode(action)


def rest(turn: Turn) -> None:
    """No step any more, but the screen offers to go on with another: the way back is kept for it."""
    turn.leave()
    kept = turn.dialogue.data.get(_BACK)
    action = decode(kept) if isinstance(kept, str) else None
    if action is not None:
        come_back_to(turn, action)


def interrupted(turn: Turn) -> str:
    """Another page is shown in the middle of the account's steps: which (see `again`), with their way back kept; empty: in none."""
    step = turn.dialogue.step.partition(".")[0]
    if step not in _BEGIN:
        return ""
    rest(turn)
    return step


def again(step: str) -> Action | None:
    """What begins the steps anew that were interrupted."""
    return _BEGIN.get(step)


def way_back(turn: Turn) -> Action:
    """Where the present steps lead back to; it is forgotten with this. Home if nobody said."""
    kept = turn.dialogue.data.pop(_BACK, None)
    return (decode(kept) if isinstance(kept, str) else None) or ShowHome()


def arrive(turn: Turn, texts: Texts, logged_in: LoggedIn, greeting: str) -> Result:
    """The dialogue carries the login from now on, speaks the customer's language, and goes on where it was left.

    ``greeting`` is the id of a message about ``name``.
    """
    customer = logged_in.customer
    turn.log_in(logged_in.token)
    turn.leave()
    turn.greeted = True
    if customer.language and texts.speaks(customer.language):
        turn.dialogue.language = customer.language
        turn.words = texts.words(customer.language)
    words = turn.words
    said = [words.plain(greeting, name=customer.name)]
    if logged_in.left_out:
        said.append(words.plain("login-left-out", count=logged_in.left_out))
    return Result(go=way_back(turn), toast=" ".join([*said, *deletion_notice(turn)]))


def deletion_notice(turn: Turn) -> list[str]:
    """What to say, if anything, about the message that held a password."""
    return [turn.words.plain("password-stays")] if turn.deletion_failed else []


async def ask_to_log_in(turn: Turn, action: Action, error: ShopError) -> Result | None:
    """For routes whose action needs a login: log in, and come back to exactly there."""
    if not isinstance(error, NotLoggedIn):
        return None
    come_back_to(turn, action)
    return Result(go=LogIn(), toast=turn.words.plain("error-not-logged-in"))


def forget_person(turn: Turn) -> None:
    """Leave nothing of the person in the dialogue: whoever uses this chat next is a guest. The language stays."""
    turn.log_in("")
    turn.leave()
    turn.dialogue.data.clear()
