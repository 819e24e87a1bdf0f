from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from pytest_django import Settings

from minassa.registry.demonstration import NotADemonstration, accounts
from minassa.registry.models import Account, Body, Enterprise, Mandate, Park
from minassa.registry.public import actor_of
from minassa.vocabulary.identifiers import check_affiliation, check_ice

pytestmark = pytest.mark.django_db
PASSWORD = "un mot de passe de démonstration"


def test_every_account_enters_and_has_the_rights_it_says() -> None:
    made = {each.email.partition("@")[0]: each for each in accounts(PASSWORD)}
    assert {"prepare", "sign", "accountant", "cnss", "cnss-chef", "p2i", "cto", "secretariat", "copil"} <= set(made)
    for name, each in made.items():
        account = Account.objects.get(email=each.email)
        actor = actor_of(account)
        assert account.check_password(PASSWORD), name
        assert actor.mandates or actor.appointments, name
        assert each.second_factor == actor.needs_second_factor, name
        assert Authenticator.objects.filter(user=account).exists() == each.second_factor, name
    accountant = actor_of(Account.objects.get(email="accountant@minassa.example"))
    assert len(accountant.enterprises("prepare")) > 1
    assert actor_of(Account.objects.get(email="p2i@minassa.example")).places == (101,)


def test_firms_are_visibly_invented_and_their_numbers_hold() -> None:
    accounts(PASSWORD)
    firms = list(Enterprise.objects.all())
    assert len(firms) >= 12
    for firm in firms:
        assert "EXEMPLE" in firm.name
        assert not check_ice(firm.ice)
        assert not check_affiliation(str(firm.affiliation))
        assert "exemple" in firm.search


def test_a_second_time_changes_nothing_and_tells_no_password_it_does_not_know() -> None:
    accounts(PASSWORD)
    models = (Account, Body, Enterprise, Mandate, Park, Authenticator)
    before = [model.objects.count() for model in models]
    again = accounts()
    assert [model.objects.count() for model in models] == before
    assert {each.password for each in again} == {""}
    assert Account.objects.get(email="admin@minassa.example").check_password(PASSWORD)


def test_never_on_a_platform_in_service(settings: Settings) -> None:
    settings.MINASSA_DEMONSTRATION = False
    with pytest.raises(NotADemonstration):
        accounts(PASSWORD)
    assert not Account.objects.exists()
