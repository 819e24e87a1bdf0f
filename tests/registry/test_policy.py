from __future__ import annotations

import pytest

from minassa.registry.policy import Policy
from minassa.registry.public import (
    SIGNED_IN,
    VISITOR,
    Actor,
    Appointed,
    Forbidden,
    Mandated,
    UnknownAction,
    action,
    allowed,
    body_actor,
    require,
    rules,
    system_actor,
)

OFFICER = Actor(account_id=1, appointments=(Appointed("officer", 10, "cnss"),))
SIGNER = Actor(
    account_id=2, mandates=(Mandated(7, frozenset({"sign", "prepare"})), Mandated(8, frozenset({"prepare"})))
)


@pytest.fixture
def own_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Policy, "_rules", dict(rules()))


def test_an_action_without_rule_is_an_error_not_a_refusal() -> None:
    with pytest.raises(UnknownAction):
        allowed(OFFICER, "nobody.wrote.this", None)


@pytest.mark.usefixtures("own_table")
def test_two_rules_for_one_action_are_an_error() -> None:
    action("test.twice")(lambda _actor, _subject: True)
    with pytest.raises(UnknownAction):
        action("test.twice")(lambda _actor, _subject: True)


@pytest.mark.usefixtures("own_table")
def test_the_gate_comes_before_the_predicate() -> None:
    action("test.gate", roles=("officer",))(lambda _actor, subject: subject == "mine")
    assert allowed(OFFICER, "test.gate", "mine")
    assert not allowed(OFFICER, "test.gate", "other")
    assert not allowed(SIGNER, "test.gate", "mine")
    assert not allowed(VISITOR, "test.gate", "mine")


@pytest.mark.usefixtures("own_table")
def test_powers_and_systems_are_gates_too() -> None:
    action("test.powers", powers=("sign",), clients=True)(lambda _actor, _subject: True)
    assert allowed(SIGNER, "test.powers")
    assert allowed(body_actor("dgi"), "test.powers")
    assert not allowed(OFFICER, "test.powers")
    assert not allowed(system_actor("timer"), "test.powers")


def test_a_refusal_bears_a_code_and_a_sentence() -> None:
    with pytest.raises(Forbidden) as refusal:
        require(VISITOR, SIGNED_IN)
    assert refusal.value.code == "forbidden"
    assert refusal.value.message.endswith(".")


@pytest.mark.parametrize(
    ("actor", "name"),
    [
        (OFFICER, "account:1"),
        (body_actor("cnss"), "body:cnss"),
        (system_actor("timer"), "system:timer"),
        (VISITOR, "visitor"),
    ],
)
def test_actors_are_named_without_personal_data(actor: Actor, name: str) -> None:
    assert str(actor) == name


def test_an_enterprise_gives_each_power_apart() -> None:
    assert SIGNER.enterprises("sign") == {7}
    assert SIGNER.enterprises() == {7, 8}
    assert SIGNER.may_act_for(8, "prepare", "sign")
    assert not SIGNER.may_act_for(8, "sign")
    assert not SIGNER.may_act_for(9)


def test_a_body_is_reached_by_role_or_by_its_own_system() -> None:
    assert OFFICER.in_body("cnss")
    assert not OFFICER.in_body("cnss", "supervisor")
    assert not OFFICER.in_body("dgi")
    assert body_actor("dgi").in_body("dgi")


def test_the_second_factor_is_for_the_appointed_and_for_who_signs() -> None:
    assert OFFICER.needs_second_factor
    assert SIGNER.needs_second_factor
    assert not Actor(account_id=3, mandates=(Mandated(8, frozenset({"prepare"})),)).needs_second_factor
