from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

from minassa.engine import amount, condition, rule, rules_of
from minassa.engine.errors import InvalidRule
from minassa.engine.rules import Rule
from minassa.vocabulary.periods import month_index
from minassa.vocabulary.statuses import Status
from tests.engine import country_rules
from tests.engine.evaluating import OFFER

DATED: dict[str, Any] = {"starts": "2020-01-01", "texts": ("gazette",), "status": Status.PRESS}


def salt(wage: Any) -> Any:  # noqa: ANN401
    """The salt.

    More on the salt.
    """
    return wage


def declared(**changes: Any) -> Rule:  # noqa: ANN401
    def body(wage: Any) -> Any:  # noqa: ANN401
        return salt(wage)

    rule(**{"grain": "miller", "unit": "cents", **DATED, **changes})(body)
    (made,) = body.__minassa_rules__  # type: ignore[attr-defined]
    assert isinstance(made, Rule)
    return made


def test_a_rule_is_what_was_declared() -> None:
    made = declared(name="salt", ends="2021-06-30", grain=("mill", "miller"))
    assert (made.name, made.grains, made.inputs, made.kind) == ("salt", ("mill", "miller"), ("wage",), "value")
    assert (made.starts, made.ends) == (month_index(2020, 1), month_index(2021, 6))
    assert [made.in_force(month_index(*at)) for at in ((2019, 12), (2020, 1), (2021, 6), (2021, 7))] == [
        False,
        True,
        True,
        False,
    ]


def test_one_function_may_be_several_dated_rules() -> None:
    module = ModuleType("salt_rules")

    @rule(grain="mill", unit="cents", **{**DATED, "starts": "2021-01-01"})
    @rule(grain="mill", unit="cents", ends="2020-12-31", **DATED)
    def pepper(wage: Any) -> Any:  # noqa: ANN401
        """The pepper."""
        return wage

    pepper.__module__ = module.__name__
    vars(module)["pepper"] = pepper
    assert [(made.name, made.starts) for made in rules_of(module)] == [
        ("pepper", month_index(2020, 1)),
        ("pepper", month_index(2021, 1)),
    ]
    assert rules_of(module)[0].meaning == "The pepper."


def test_rules_of_a_module_leave_out_what_it_imports() -> None:
    assert {made.name for made in rules_of(country_rules)} == {made.name for made in OFFER.rules}
    assert rules_of(ModuleType("empty")) == ()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"unit": "dirhams"}, "a pour unité dirhams .* unités possibles : cents"),
        ({"unit": "cents/0"}, "a pour unité cents/0"),
        ({"kind": "law"}, "pour nature law .* natures possibles : amount, condition"),
        ({"starts": "2020-01-02"}, "Règle body, début : 2020-01-02 n'est pas le premier jour"),
        ({"starts": "soon"}, "Règle body, début"),
        ({"ends": "2021-06-29"}, "Règle body, fin : 2021-06-29 n'est pas le dernier jour"),
        ({"ends": "2019-06-30"}, "finit avant de commencer"),
    ],
)
def test_what_a_rule_cannot_be_is_refused(changes: dict[str, str], told: str) -> None:
    with pytest.raises(InvalidRule, match=told):
        declared(**changes)


def test_parts_of_a_centime_are_a_unit() -> None:
    assert declared(unit="cents/120000").unit == "cents/120000"


def test_a_parameter_names_one_quantity() -> None:
    with pytest.raises(InvalidRule, match=r"a le paramètre \*wages"):
        rule(grain="mill", unit="cents", **DATED)(lambda *wages: wages)
    with pytest.raises(InvalidRule, match="a le paramètre wage=3"):
        rule(grain="mill", unit="cents", **DATED)(lambda wage=3: wage)


def test_an_amount_has_the_name_of_its_measure() -> None:
    with pytest.raises(InvalidRule, match="s'appelle salt_amount, pas salt_aid"):
        amount(measure="salt", grain="mill", name="salt_aid", **DATED)


def test_a_condition_is_true_or_false() -> None:
    @condition(measure="salt", grain="mill", switch="salt_on", **DATED)
    def rich(wage: Any) -> Any:  # noqa: ANN401
        """The mill is rich."""
        return wage > 3

    (made,) = rich.__minassa_rules__  # type: ignore[attr-defined]
    assert (made.unit, made.kind, made.measure, made.switch) == ("boolean", "condition", "salt", "salt_on")


def test_the_fingerprint_follows_everything_declared() -> None:
    base = declared()
    for change in ({"unit": "count"}, {"ends": "2020-06-30"}, {"grain": "mill"}, {"texts": ("code",)}, {"name": "x"}):
        assert declared(**change).digest != base.digest
    assert declared(status=Status.ASSUMED).digest != base.digest
    assert declared().digest == base.digest
