"""Codes of the second factor serve once, for as long as they are accepted."""

from __future__ import annotations

from typing import Final

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm

from minassa.registry.models import Account
from minassa.registry.public import peek, take

PURPOSE: Final = "second-factor-code"
ACCEPTED_SECONDS: Final = 120
"""Longer than any code is accepted: its half minute, the one before and the one after."""


class EnterForm(AuthenticateForm):  # type: ignore[misc]
    """Signing in. django-allauth remembers a code for half a minute only, and accepts it for a minute and a half."""

    def clean_code(self) -> str:
        """The code, when it is right and did not serve yet."""
        return _once(self.user, super().clean_code())


class ConfirmForm(ReauthenticateForm):  # type: ignore[misc]
    """Proving oneself again, under the same rule."""

    def clean_code(self) -> str:
        """The code, when it is right and did not serve yet."""
        return _once(self.user, super().clean_code())


def is_fresh(account: Account, code: str) -> bool:
    """Whether a code did not serve yet."""
    return peek(PURPOSE, f"{account.pk}:{code}", capacity=1, seconds=ACCEPTED_SECONDS)


def _once(account: Account, code: str) -> str:
    if not take(PURPOSE, f"{account.pk}:{code}", capacity=1, seconds=ACCEPTED_SECONDS):
        raise get_adapter().validation_error("incorrect_code")
    return code
