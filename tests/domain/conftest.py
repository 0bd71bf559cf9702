"""Services over the memory."""

from __future__ import annotations

import pytest

from tests.domain.accounts import Accounts


@pytest.fixture
def accounts() -> Accounts:
    """The account services of a shop that sends mails."""
    return Accounts()


@pytest.fixture
def mailless() -> Accounts:
    """The account services of a shop that sends none."""
    return Accounts(by_mail=False)
