"""What is taken away bites at the very next request: no right and no session is remembered from one to another."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.utils import timezone

from minassa.onestop.models import Case
from minassa.registry.models import Account, Mandate
from minassa.registry.public import end_mandate
from tests.onestop.world import World
from tests.web.api.conftest import Caller, person

pytestmark = pytest.mark.django_db
ANSWERS = {"answers": {"export_share": 70}}


def save(caller: Caller, case: Case) -> int:
    case.refresh_from_db()
    path = f"/cases/{case.reference}/answers"
    return caller.post(path, ANSWERS, method="PUT", if_match=f'"{case.version}"').status_code


def test_a_mandate_that_ended(world: World, draft: Case, firm: Caller) -> None:
    assert save(firm, draft) == 200
    for mandate in Mandate.objects.filter(account=world.preparer.account_id):
        end_mandate(world.signer, mandate, timezone.now())
    assert save(firm, draft) == 404
    assert firm.get(f"/cases/{draft.reference}").status_code == 404


def test_a_session_that_was_ended(draft: Case, firm: Caller) -> None:
    assert save(firm, draft) == 200
    Session.objects.all().delete()
    assert save(firm, draft) == 401


def test_an_account_that_was_closed(world: World, draft: Case, firm: Caller) -> None:
    assert save(firm, draft) == 200
    Account.objects.filter(pk=world.preparer.account_id or 0).update(is_active=False)
    assert save(firm, draft) == 401


def test_a_password_that_changed_ends_the_session(world: World, draft: Case, firm: Caller) -> None:
    assert save(firm, draft) == 200
    Account.objects.filter(pk=world.preparer.account_id or 0).update(password="!changed")
    assert save(firm, draft) == 401


def test_a_second_factor_that_was_removed(world: World, draft: Case) -> None:
    caller = person(world.signer)
    assert save(caller, draft) == 200
    Authenticator.objects.filter(user=world.signer.account_id).delete()
    assert save(caller, draft) == 403
