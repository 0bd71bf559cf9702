"""Every button, typed. A button's action is what it does when pressed, whoever presses it, whenever, however often.

An action that changes something carries what the person saw (``seen``) and what shall be (``to``), so that a second tap does
nothing more and an old button is recognised. ``anywhere`` actions only show something or check for themselves: they may be
pressed in any message; the others only in the live one. Fields are int, str or bool; `bot.codec` packs them into 64 bytes.
"""

from __future__ import annotations

from bot.actions.account import (
    ChangePassword,
    ConfirmDeletion,
    DeleteAccount,
    ExportMyData,
    ForgotPassword,
    GiveUp,
    LogIn,
    LogOut,
    LogOutEverywhere,
    Register,
    ResendCode,
    ShowAccount,
    ShowMyData,
    UseName,
)
from bot.actions.action import Action
from bot.actions.browsing import (
    Browse,
    SearchAsTyped,
    SearchFor,
    SetFilter,
    SetSort,
    ShowBook,
    ShowEditions,
    ShowFilters,
    ShowHome,
    ShowPage,
    ShowShelves,
    StartSearch,
)
from bot.actions.cart import (
    AddToCart,
    EmptyCart,
    OrderMore,
    SetQuantity,
    ShowCart,
    UndoEmpty,
)
from bot.actions.checkout import (
    CheckOut,
    Pay,
    PlaceOrder,
    ReserveInstead,
    StartPayment,
)
from bot.actions.orders import (
    CancelOrder,
    ConfirmCancel,
    OrderAgain,
    SendReceipt,
    ShowOrder,
    ShowOrders,
)
from bot.actions.questions import (
    AskForBook,
    AskFurther,
    AskInPerson,
    SearchInstead,
    SendQuestion,
    WriteQuestion,
)
from bot.actions.shop import (
    SetLanguage,
    ShowHelp,
    ShowLanguages,
    ShowPrivacy,
    ShowSupport,
    ShowTerms,
    Still,
)
from bot.actions.staff import (
    LinkGroup,
    StaffAccept,
    StaffCancel,
    StaffCancelFor,
    StaffClose,
    StaffCloseQuestion,
    StaffCount,
    StaffDecide,
    StaffDoubt,
    StaffFind,
    StaffHandOver,
    StaffHelp,
    StaffImport,
    StaffImportRead,
    StaffLeaveFile,
    StaffLookUp,
    StaffOrders,
    StaffQuestion,
    StaffQuestions,
    StaffReady,
    StaffRefunded,
    StaffShow,
    StaffStock,
    StaffStockBeneath,
    StaffTakeIn,
)

__all__ = [
    "ACTIONS",
    "Action",
    "AddToCart",
    "AskForBook",
    "AskFurther",
    "AskInPerson",
    "Browse",
    "CancelOrder",
    "ChangePassword",
    "CheckOut",
    "ConfirmCancel",
    "ConfirmDeletion",
    "DeleteAccount",
    "EmptyCart",
    "ExportMyData",
    "ForgotPassword",
    "GiveUp",
    "LinkGroup",
    "LogIn",
    "LogOut",
    "LogOutEverywhere",
    "OrderAgain",
    "OrderMore",
    "Pay",
    "PlaceOrder",
    "Register",
    "ResendCode",
    "ReserveInstead",
    "SearchAsTyped",
    "SearchFor",
    "SearchInstead",
    "SendQuestion",
    "SendReceipt",
    "SetFilter",
    "SetLanguage",
    "SetQuantity",
    "SetSort",
    "ShowAccount",
    "ShowBook",
    "ShowCart",
    "ShowEditions",
    "ShowFilters",
    "ShowHelp",
    "ShowHome",
    "ShowLanguages",
    "ShowMyData",
    "ShowOrder",
    "ShowOrders",
    "ShowPage",
    "ShowPrivacy",
    "ShowShelves",
    "ShowSupport",
    "ShowTerms",
    "StaffAccept",
    "StaffCancel",
    "StaffCancelFor",
    "StaffClose",
    "StaffCloseQuestion",
    "StaffCount",
    "StaffDecide",
    "StaffDoubt",
    "StaffFind",
    "StaffHandOver",
    "StaffHelp",
    "StaffImport",
    "StaffImportRead",
    "StaffLeaveFile",
    "StaffLookUp",
    "StaffOrders",
    "StaffQuestion",
    "StaffQuestions",
    "StaffReady",
    "StaffRefunded",
    "StaffShow",
    "StaffStock",
    "StaffStockBeneath",
    "StaffTakeIn",
    "StartPayment",
    "StartSearch",
    "Still",
    "UndoEmpty",
    "UseName",
    "WriteQuestion",
]


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
