"""Where the steps of an account lead: back to where they were entered from, logged in or not."""

from __future__ import annotations

from bot.actions import Action, LogIn, ShowHome
from bot.codec import decode, encode
from bot.conversation import Turn
from bot.screen import Result
from bot.texts import Texts
from domain.errors import NotLoggedIn, ShopError
from domain.services.login import LoggedIn


def way_back(turn: Turn) -> Action:
    """Where the present steps were entered from; it is forgotten with this. Home if nobody said."""
    kept = turn.dialogue.data.pop("return", None)
    return (decode(kept) if isinstance(kept, str) else None) or ShowHome()


def come_back_to(turn: Turn, action: Action) -> None:
    turn.dialogue.data["return"] = encode(action)


def arrive(turn: Turn, texts: Texts, logged_in: LoggedIn, greeting: str) -> Result:
    """The dialogue carries the login from now on, speaks the customer's language, and goes on where it was left.

    ``greeting`` is the id of a message about ``name``.
    """
    customer = logged_in.customer
    turn.log_in(logged_in.token)
    turn.leave()
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
