"""The card gateway for tests: customers who pay on its page, banks that answer late, and a network that fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.model import Json

if TYPE_CHECKING:
    from sandbox.client import SandboxClient


class CardClient:
    """``card = CardClient(telegram)``, with a `SandboxClient`. A payment is named by its id; it is the newest if that is empty."""

    def __init__(self, sandbox: SandboxClient) -> None:
        self._sandbox = sandbox

    async def payments(self) -> list[Json]:
        """All payments, oldest first, with their refunds."""
        found: list[Json] = (await self._sandbox.request("GET", "/card/payments"))["payments"]
        return found

    async def payment(self, payment_id: str = "") -> Json:
        return next(one for one in reversed(await self.payments()) if payment_id in ("", one["id"]))

    async def pays(self, payment_id: str = "", *, telling: str = "once", after: float = 0.0) -> Json:
        """The customer pays: ``telling`` is once, twice or never; the bank takes ``after`` seconds (of the sandbox's clock)."""
        return await self._do("pay", payment_id, {"telling": telling, "after": after})

    async def declines(
        self, payment_id: str = "", *, reason: str = "insufficient_funds", last: bool = False
    ) -> Json:
        """The bank says no; the page asks for another card, unless it was the last that the gateway takes."""
        return await self._do("decline", payment_id, {"reason": reason, "last": last})

    async def refunds(self, payment_id: str = "", *, amount: int | None = None) -> Json:
        """The shop's owner gives money back at the provider's desk: what is left of it, or so much."""
        return await self._do("refund", payment_id, {} if amount is None else {"amount": amount})

    async def tells(self, payment_id: str = "") -> Json:
        """The gateway tells (again) how the payment stands."""
        return await self._do("tell", payment_id, {})

    async def events(self) -> list[Json]:
        found: list[Json] = (await self._sandbox.request("GET", "/card/events"))["events"]
        return found

    async def events_to(self, url: str) -> None:
        """Where the shop takes events; what has waited is sent at once."""
        await self._sandbox.request("PUT", "/card/webhook", {"url": url})

    async def calls(self) -> list[Json]:
        """What the shop asked of the API, oldest first."""
        found: list[Json] = (await self._sandbox.request("GET", "/card/calls"))["calls"]
        return found

    async def fault(self, kind: str, operation: str = "", *, times: int = 1, seconds: float = 60.0) -> None:
        """The next calls of an operation meet ``500``, ``timeout_before``, ``timeout_after``, ``drop_before`` or ``drop_after``."""
        wish = {"kind": kind, "operation": operation, "times": times, "seconds": seconds}
        await self._sandbox.request("POST", "/card/faults", wish)

    async def clear_faults(self) -> None:
        await self._sandbox.request("DELETE", "/card/faults")

    async def _do(self, what: str, payment_id: str, body: Json) -> Json:
        found = await self.payment(payment_id)
        return await self._sandbox.request("POST", f"/card/payments/{found['id']}/{what}", body)
