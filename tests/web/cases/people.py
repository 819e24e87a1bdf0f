"""Browsers in which someone of the small world is signed in."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from minassa.onestop.models import Case
from minassa.registry.models import Account
from tests.onestop.world import World, drafted, submitted

__all__ = ["client_of", "now_drafted", "now_submitted", "of"]


def client_of(name: str) -> Client:
    account = Account.objects.get(email=f"{name}@minassa.example")
    if not Authenticator.objects.filter(user=account).exists():
        TOTP.activate(account, generate_totp_secret())
    client = Client()
    client.force_login(account)
    return client


def now_drafted(world: World) -> Case:
    return drafted(world, timezone.now())


def now_submitted(world: World) -> Case:
    return submitted(world, timezone.now())


def of(name: str, case: Case, *rest: str) -> str:
    return reverse(name, args=[case.uuid, *rest])
