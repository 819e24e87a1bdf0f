"""What can be wrong with an act on Talent Visas: a stable code, a sentence for people."""

from __future__ import annotations

from minassa.vocabulary.errors import MinassaError


class VisaError(MinassaError):
    """An act on Talent Visas that cannot be done as asked."""

    code = "visa-act-refused"


class NoShortage(VisaError):
    """Nothing to put on a list: no gaps are known, or no occupation meets the criteria."""

    code = "visa-no-shortage"


class ListOver(VisaError):
    """The proposed list was decided already."""

    code = "visa-list-decided"


class QuotaFull(VisaError):
    """No place is left under one of the quotas."""

    code = "visa-quota-full"
