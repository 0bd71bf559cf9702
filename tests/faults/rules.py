"""Guards that are rules of the shop. Several faults are prevented by each."""

from __future__ import annotations

from tests.faults.guard import rewritten

AGREED = rewritten(
    "the second look at the cart",
    "domain.services.checkout:Checkout.place",
    "fingerprint(view, self._shop) != agreed or view.problem or len(view.lines) != len(cart.lines)",
)
WHOLE_AMOUNT = rewritten(
    "the amount of a charge",
    "domain.services.settlement:Settlement._fate",
    "charge.amount != attempt.amount or charge.amount != order.total",
)
DUE_BACK = rewritten(
    "making a charge that is not wanted due back",
    "domain.services.settlement:Settlement._give_back",
    "await self._lifecycle.refunds.charge_due(work, order, paid)",
    "None",
)
STAFF_TOLD = rewritten(
    "telling the staff of money that has to go back",
    "domain.services.settlement:Settlement._give_back",
    "await self._lifecycle.tell_staff_of_refund(work, order, paid.amount, fate.value)",
    "None",
)
STILL_THERE = rewritten(
    "the look whether an expired order's copies are still there",
    "domain.services.settlement:Settlement._fate",
    "await self._lifecycle.holds.can_take_again(work, order)",
    "True",
)
HELD_AGAIN = rewritten(
    "holding an expired order's copies again",
    "domain.services.lifecycle:Lifecycle.move",
    "await self.holds.take_again(work, order)",
    "None",
)
SAME_GATEWAY_AND_CURRENCY = rewritten(
    "the currency and the gateway of a charge",
    "domain.services.settlement:Settlement.charged",
    "charge.amount.currency != order.total.currency or charge.gateway != attempt.gateway",
)
AWAITS_PAYMENT = rewritten(
    "the order's state at a pre-checkout",
    "domain.services.payments:OnlinePayments.approve",
    "order.state is not OrderState.AWAITING_PAYMENT",
)
OPEN_ATTEMPT = rewritten(
    "the attempt's state at a pre-checkout",
    "domain.services.payments:OnlinePayments.approve",
    "attempt.state not in _OPEN_ATTEMPT",
)
GONE_THERE = rewritten(
    "asking a gateway that refuses how much went back already",
    "domain.services.reconciliation:Reconciliation._give_back",
    "await self._refunds.gone_there(attempt, due)",
    "None",
)
