from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from typing import Any

import pytest

from minassa.engine import Input, Offer, Rule, condition, rule, weakest_behind
from minassa.engine.errors import CyclicRules, InvalidRule, OutsideDates, OverlappingDates, UnknownName
from minassa.vocabulary.periods import month_index
from minassa.vocabulary.statuses import Status
from tests.engine.country import FIRST, GRAINS, INPUTS, LAST, figures
from tests.engine.evaluating import OFFER

DATED: dict[str, Any] = {"starts": "2019-01-01", "texts": ("gazette",), "status": Status.PRESS}


def made(body: Any, **declared: Any) -> Rule:  # noqa: ANN401
    """One rule from a function made on the spot."""
    rule(**{"grain": "miller", "unit": "cents", **DATED, **declared})(body)
    found = body.__minassa_rules__[-1]
    assert isinstance(found, Rule)
    return found


def with_rules(*rules: Rule, **changes: Any) -> Offer:  # noqa: ANN401
    return replace(OFFER, rules=(*OFFER.rules, *rules), **changes)


def test_the_law_of_a_month_is_shared_and_frozen() -> None:
    law = OFFER.at("miller", month_index(2022, 5))
    assert OFFER.at("miller", month_index(2022, 5)) is law
    assert OFFER.at("miller", month_index(2022, 6)).rules is law.rules
    with pytest.raises(TypeError):
        law.rules["salt"] = law.rules["flour_tax"]  # type: ignore[index]
    with pytest.raises(FrozenInstanceError):
        law.month = 3  # type: ignore[misc]
    with pytest.raises(TypeError):
        OFFER.figures["salt"] = OFFER.figures["toll"]  # type: ignore[index]


def test_versions_follow_one_another() -> None:
    before, after = (
        OFFER.at("miller", month).rules["flour_tax"] for month in (month_index(2020, 12), month_index(2021, 1))
    )
    assert (before.inputs, after.inputs) == (("wage_month", "flour_tax_rate"), ("taxed_wage", "flour_tax_scale"))


def test_intervals_cover_every_month_once_with_its_own_law() -> None:
    for grain in GRAINS:
        intervals = OFFER.intervals(grain, FIRST, LAST)
        assert [month for start, end, _ in intervals for month in range(start, end + 1)] == list(range(FIRST, LAST + 1))
        for start, end, law in intervals:
            for month in range(start, end + 1):
                assert OFFER.at(grain, month).rules == law.rules
                assert OFFER.at(grain, month).figures.items() >= {
                    (n, law.figures[n]) for r in law.rules for n in law.figures_behind(r)
                }


def test_the_law_before_the_first_date_is_empty() -> None:
    assert dict(OFFER.at("miller", FIRST - 1).rules) == {}
    with pytest.raises(
        OutsideDates, match=r"Pas de règle flour_tax \(miller\) en 2018-12 : règles en vigueur : aucune"
    ):
        OFFER.at("miller", FIRST - 1).require("flour_tax")


def test_a_rule_whose_figure_has_ended_is_refused_and_so_is_what_rests_on_it() -> None:
    half = replace(OFFER, figures={**figures(), "bread_rate": figures()["flour_tax_rate"]})
    law = half.at("miller", month_index(2021, 1))
    assert "bread_amount" not in law.rules
    with pytest.raises(
        OutsideDates, match=r"Pas de règle bread_amount .* : elle lit bread_rate, sans valeur ce mois-là"
    ):
        law.require("bread_amount")


def test_a_condition_whose_switch_has_no_value_refuses_the_entitlement() -> None:
    half = replace(OFFER, figures={**figures(), "bread_requires_roof": _until_2021(figures()["bread_requires_roof"])})
    assert "bread_entitled" in half.at("miller", month_index(2021, 3)).rules
    law = half.at("miller", month_index(2021, 4))
    assert {"bread_good_mill", "bread_entitled", "bread_amount"} <= law.refused.keys()
    assert "flour_tax" in law.rules


def _until_2021(figure: Any) -> Any:  # noqa: ANN401
    return replace(figure, values=figure.values[:1])


def test_entitlement_is_what_the_active_conditions_say_together() -> None:
    entitled = [
        OFFER.at("miller", month).rules["bread_entitled"] for month in (month_index(2021, 3), month_index(2021, 4))
    ]
    assert [rule.inputs for rule in entitled] == [("bread_low_wage",), ("bread_good_mill", "bread_low_wage")]
    assert entitled[1].texts == ("code-du-pain#2",)


def test_a_measure_whose_conditions_are_all_off_asks_nothing() -> None:
    alone = condition(measure="salt", grain="mill", switch="bread_refuses_apprentices", **DATED)

    def rich(roofed: Any) -> Any:  # noqa: ANN401
        """The mill is rich."""
        return roofed

    (rule_made,) = alone(rich).__minassa_rules__  # type: ignore[attr-defined]
    law = with_rules(rule_made).at("mill", month_index(2022, 1))
    assert law.rules["salt_entitled"].body() is True


def test_overlapping_versions_are_refused() -> None:
    with pytest.raises(OverlappingDates, match=r"Règle flour_tax \(miller\) : .* 2021-01 et en 2022-01 se chevauchent"):
        with_rules(made(lambda wage_month: wage_month, name="flour_tax", starts="2022-01-01"))


def test_names_that_a_grain_cannot_see_are_refused() -> None:
    with pytest.raises(UnknownName, match="La règle salt lit pepper : ni règle, ni chiffre, ni colonne déclarée"):
        with_rules(made(lambda pepper: pepper, name="salt"))
    with pytest.raises(UnknownName, match=r"La règle salt lit wage_month : .* que voie le grain mill"):
        with_rules(made(lambda wage_month: wage_month, name="salt", grain="mill"))
    with pytest.raises(UnknownName, match="Des règles portent sur le grain baker, non déclaré ; grains : mill, miller"):
        with_rules(made(lambda wage_month: wage_month, name="salt", grain="baker"))
    with pytest.raises(UnknownName, match="Grain inconnu : baker"):
        OFFER.at("baker", FIRST)


def test_circles_are_refused() -> None:
    offer = with_rules(made(lambda pepper: pepper, name="salt"), made(lambda salt: salt, name="pepper"))
    with pytest.raises(CyclicRules, match=r"en cercle : (salt → pepper → salt|pepper → salt → pepper)"):
        offer.at("miller", FIRST)


def test_the_name_of_an_entitlement_is_kept_for_the_engine() -> None:
    with pytest.raises(InvalidRule, match="Le nom bread_entitled est celui que le moteur donne"):
        with_rules(made(lambda apprentice: apprentice, name="bread_entitled", unit="boolean"))


def test_the_weakest_status_is_looked_for_in_parents_too() -> None:
    law = OFFER.at("miller", month_index(2022, 5))
    assert weakest_behind(OFFER, law, "bread_amount") == Status.PRESS
    assert weakest_behind(OFFER, law, "bread_amount", ["mill"]) == Status.INFERRED
    assert weakest_behind(OFFER, law, "flour_tax", ["mill"]) == Status.PRESS


def test_the_fingerprint_tells_two_offers_apart() -> None:
    again = Offer(OFFER.rules, dict(OFFER.figures), dict(INPUTS), GRAINS)
    assert again is not OFFER
    assert again.digest == OFFER.digest
    toll = OFFER.figures["toll"]
    other = replace(toll, values=(replace(toll.values[0], status=Status.ASSUMED), *toll.values[1:]))
    assert OFFER.with_figures({"toll": other}, "x").digest != OFFER.digest
    assert replace(OFFER, rules=tuple(r for r in OFFER.rules if r.name != "dam_amount")).digest != OFFER.digest


def test_two_offers_are_the_same_only_when_they_are_one() -> None:
    again = Offer(OFFER.rules, dict(OFFER.figures), dict(INPUTS), GRAINS)
    assert again != OFFER
    assert len({OFFER, again, OFFER}) == 2


def test_a_declared_column_may_be_read_by_several_grains() -> None:
    salt = Input("salt", ("mill", "miller"), "cents", "Salt")
    offer = with_rules(
        made(lambda salt: salt, name="pepper", grain=("mill", "miller")), inputs={**INPUTS, "salt": salt}
    )
    assert offer.rule_names("mill") >= {"pepper", "dam_amount"}
    assert offer.unit_of("miller", "pepper") == "cents"
    assert offer.measures == ("bread", "dam")
