"""The table of what may become of an order."""

from __future__ import annotations

import itertools

import pytest

from domain.errors import TransitionRefused
from domain.order import OPEN, TRANSITIONS, OrderState, check_transition

FINAL = {OrderState.COLLECTED, OrderState.CANCELLED, OrderState.REFUNDED}


@pytest.mark.parametrize(("old", "new"), list(itertools.product(OrderState, OrderState)))
def test_only_what_the_table_has_is_allowed(old: OrderState, new: OrderState) -> None:
    if new in TRANSITIONS[old]:
        check_transition("B-7K4Q", old, new)
    else:
        with pytest.raises(TransitionRefused):
            check_transition("B-7K4Q", old, new)


def test_what_is_final_stays_and_only_late_money_opens_an_expired_order() -> None:
    assert {state for state in OrderState if not TRANSITIONS[state]} == FINAL
    assert TRANSITIONS[OrderState.EXPIRED] == {OrderState.PAID}


def test_every_open_order_has_a_way_to_its_end() -> None:
    for state in OPEN:
        reached, ahead = set[OrderState](), {state}
        while ahead:
            reached |= ahead
            ahead = set().union(*(TRANSITIONS[one] for one in ahead)) - reached
        assert OrderState.COLLECTED in reached
        assert reached & FINAL


def test_a_paid_order_is_never_cancelled_or_expired_without_its_refund() -> None:
    assert TRANSITIONS[OrderState.PAID] == {OrderState.READY, OrderState.REFUNDED}
