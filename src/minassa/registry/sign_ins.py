"""Sign-ins, refusals, second factors told to the journal by account number: no address, no name, no machine."""

from __future__ import annotations

from typing import Any, Final

from allauth.account.signals import password_changed, password_reset
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed
from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from minassa.journal.public import append
from minassa.registry.accounts import Account
from minassa.registry.actors import Actor
from minassa.registry.limits import take

STREAM: Final = "sign-ins"
"""Stream of the journal where they are told."""
REFUSED, UNKNOWN = "page.refused", "page.unknown"
"""A page that the policy refused, and one about what the person may not know of, or what is not there."""
TOLD_AT_ONCE, THEN_EVERY_SECONDS = 30, 60.0


@receiver(user_logged_in, dispatch_uid="minassa-opened")
def _opened(user: Account, **_: Any) -> None:  # noqa: ANN401 (Django's signals)
    _tell("session.opened", user)


@receiver(user_logged_out, dispatch_uid="minassa-closed")
def _closed(user: Account | None, **_: Any) -> None:  # noqa: ANN401
    if user is not None:
        _tell("session.closed", user)


@receiver(user_login_failed, dispatch_uid="minassa-refused")
def _refused(credentials: dict[str, Any], **_: Any) -> None:  # noqa: ANN401
    # An address that belongs to nobody is told as nobody: the journal must not keep what people mistype.
    address = str(credentials.get("email") or "").lower()
    _tell("session.refused", Account.objects.filter(email=address).first())


@receiver(authentication_failed, dispatch_uid="minassa-code-refused")
def _code_refused(user: Account, **_: Any) -> None:  # noqa: ANN401
    _tell("second-factor.refused", user)


@receiver(authenticator_added, dispatch_uid="minassa-factor-added")
def _factor_added(request: HttpRequest, user: Account, **_: Any) -> None:  # noqa: ANN401
    """A session opened by password alone elsewhere must not outlive the day a second factor is asked for."""
    _tell("second-factor.added", user)
    for session in UserSession.objects.filter(user=user).exclude(session_key=request.session.session_key or ""):
        session.end()


@receiver(authenticator_removed, dispatch_uid="minassa-factor-removed")
def _factor_removed(user: Account, **_: Any) -> None:  # noqa: ANN401
    _tell("second-factor.removed", user)


@receiver(password_changed, dispatch_uid="minassa-password-changed")
@receiver(password_reset, dispatch_uid="minassa-password-reset")
def _password_changed(user: Account, **_: Any) -> None:  # noqa: ANN401
    _tell("password.changed", user)


def tell_refusal(kind: str, actor: Actor, action: str) -> None:
    """A page was refused to a person (`REFUSED` or `UNKNOWN`) who wanted to do an action.

    Thirty at once from one account, then one a minute: a page that is asked for in a loop does not fill the journal.
    """
    if take(kind, str(actor), capacity=TOLD_AT_ONCE, seconds=THEN_EVERY_SECONDS):
        with transaction.atomic():
            append(STREAM, kind, str(actor), {"action": action}, timezone.now())


def _tell(kind: str, account: Account | None) -> None:
    actor = f"account:{account.pk}" if account else "visitor"
    with transaction.atomic():
        append(STREAM, kind, actor, {}, timezone.now())
