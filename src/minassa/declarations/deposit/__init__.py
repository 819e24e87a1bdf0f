"""Files deposited into the lake: read, checked, kept and committed. This is its door."""

from __future__ import annotations

from minassa.declarations.deposit.depositing import deposit
from minassa.declarations.deposit.summary import DepositSummary
from minassa.declarations.deposit.walking import NothingToDeposit

__all__ = ["DepositSummary", "NothingToDeposit", "deposit"]
