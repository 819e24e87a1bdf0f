"""How django-allauth behaves here: accounts by invitation only, secrets encrypted, the language of the account."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation

from minassa.registry.accounts import Account
from minassa.registry.actors import actor_of
from minassa.registry.encryption import box


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up; who signs in goes home in their own language."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Never: an account is opened by an invitation."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The home of the account, in its language."""
        language = getattr(request.user, "language", "fr")
        with translation.override(language):
            return reverse("home")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        """The sign-in page."""
        return reverse("account_login")

    def reauthenticate(self, user: Account, password: str) -> bool:
        """Whether it is the password of the account; counted and limited as a sign-in is."""
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def send_notification_mail(
        self, template_prefix: str, user: Account, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell the person by mail that the means of entering their account changed."""
        super().send_notification_mail(template_prefix, user, context, email or user.email)


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of second factors are kept encrypted with the keys of encrypted fields."""

    def encrypt(self, text: str) -> str:
        """Encrypt with the first key."""
        return box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt with any key in force."""
        return box().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        """The name under which authenticator applications show the code."""
        return "Minassa"

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whether the person may go without: not while one of their rights asks for it."""
        return not actor_of(authenticator.user).needs_second_factor


class OutsideIdentity(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """A provider of identity opens the door of an account that was invited, and never makes one nor gives a right."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002
        """Never."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Tie the identity to the invited account of the same address, when the provider says it verified it."""
        if sociallogin.is_existing:
            return
        account = _vouched_account(sociallogin)
        if account is None:
            raise ImmediateHttpResponse(redirect("account-unknown-identity"))
        sociallogin.connect(request, account)


def _vouched_account(sociallogin: SocialLogin) -> Account | None:
    verified = [address.email for address in sociallogin.email_addresses if address.verified]
    found = Account.objects.filter(email__in=[email.lower() for email in verified], is_active=True)
    return found.first() if len(verified) == 1 else None
