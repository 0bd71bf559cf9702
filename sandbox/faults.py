"""Faults on demand: what a bot meets on a bad day."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sandbox.clock import Clock
from sandbox.errors import ApiError, PersonError, too_many_requests
from sandbox.model import Json
from sandbox.params import Args
from sandbox.updates import Pending

CALL_KINDS = {
    "429", "500", "502", "504", "error", "timeout_before", "timeout_after", "drop_before", "drop_after", "slow",
}  # fmt: skip
UPDATE_KINDS = {"update_duplicate", "update_delay", "update_reorder"}
PROXY_PAGE = "<html>\r\n<head><title>{0}</title></head>\r\n<body>\r\n<center><h1>{0}</h1></center>\r\n</body>\r\n</html>\r\n"
PROXY_TITLES = {"502": "502 Bad Gateway", "504": "504 Gateway Time-out"}


@dataclass
class Fault:
    id: int
    kind: str
    method: str = ""
    chat_id: str = ""
    left: int = 1
    """How often it still strikes; -1 for ever."""
    skip: int = 0
    retry_after: int = 3
    seconds: float = 60.0
    code: int = 400
    description: str = "Bad Request: fault"
    update_type: str = ""
    count: int = 2
    held: list[Pending] = field(default_factory=list)

    def view(self) -> Json:
        return {key: value for key, value in vars(self).items() if key != "held"}

    def error(self) -> ApiError:
        """The refusal of the kinds that are one."""
        if self.kind == "429":
            return too_many_requests(self.retry_after)
        if self.kind == "500":
            return ApiError(500, "Internal Server Error")
        return ApiError(self.code, self.description)


class Faults:
    """The faults that wait to strike, in the order in which they were asked for."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._faults: list[Fault] = []
        self._last_id = 0

    def add(self, wish: Json) -> Fault:
        """Asks for a fault; PersonError for one that does not exist."""
        kind = str(wish.get("kind", ""))
        if kind not in CALL_KINDS | UPDATE_KINDS:
            raise PersonError(400, f"there is no fault of kind {kind!r}")
        self._last_id += 1
        known: dict[str, Any] = {
            name: convert(wish[name])
            for name, convert in (
                ("skip", int), ("retry_after", int), ("seconds", float), ("code", int), ("description", str),
                ("update_type", str), ("count", int), ("chat_id", str),
            )
            if name in wish
        }  # fmt: skip
        times = int(wish.get("times", 1))
        fault = Fault(self._last_id, kind, str(wish.get("method", "")).lower(), left=times or -1, **known)
        self._faults.append(fault)
        return fault

    def shown(self) -> list[Json]:
        return [fault.view() for fault in self._faults]

    def remove(self, fault_id: int | None = None) -> list[Pending]:
        """Removes one or all; returns the updates that a reordering still held back."""
        gone = [one for one in self._faults if fault_id in (None, one.id)]
        self._faults = [one for one in self._faults if one not in gone]
        return [pending for one in gone for pending in one.held]

    def strike(self, method: str, args: Args) -> Fault | None:
        """The fault that this call meets; getUpdates only if the fault names it."""
        for fault in self._faults:
            if fault.kind not in CALL_KINDS or fault.method not in ("", method):
                continue
            if not fault.method and method == "getupdates":
                continue
            if fault.chat_id and fault.chat_id != args.text("chat_id"):
                continue
            if self._use(fault):
                return fault
        return None

    def shape_update(self, one: Pending) -> list[Pending]:
        """What becomes of a new update: itself, itself twice, later, or with others in reverse order."""
        for fault in self._faults:
            if fault.kind not in UPDATE_KINDS or (fault.update_type and fault.update_type not in one.body):
                continue
            if fault.kind == "update_reorder":
                fault.held.append(one)
                if len(fault.held) < fault.count:
                    return []
                released = fault.held[::-1]
                fault.held = []
                self._use(fault)
                return released
            if not self._use(fault):
                continue
            if fault.kind == "update_delay":
                one.due = self._clock.now() + fault.seconds
                return [one]
            return [one, Pending(one.update_id, one.body, one.added, one.due, repeat=True)]
        return [one]

    def _use(self, fault: Fault) -> bool:
        if fault.skip > 0:
            fault.skip -= 1
            return False
        if fault.left > 0:
            fault.left -= 1
            if fault.left == 0:
                self._faults.remove(fault)
        return True
