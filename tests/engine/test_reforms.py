from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minassa.engine import Table, changed_rules, read_reform, reform
from minassa.engine.errors import InvalidReform
from minassa.vocabulary.periods import month_index
from minassa.vocabulary.statuses import Status, rank
from tests.engine.country import CODES, patch, population, populations
from tests.engine.evaluating import ALL_RULES, OFFER, computed, village

MAY_2022 = month_index(2022, 5)


def miller_under(text: str, month: int = MAY_2022) -> dict[str, object]:
    return computed(village(month), reform(OFFER, patch(text)))["miller"].row(0, named=True)


@settings(max_examples=10)
@given(populations, st.sampled_from(["{name: x}", "{name: x, figures: {bread_rate: 1733}, starts: 2022-01-01}"]))
def test_a_reform_that_changes_nothing_changes_no_amount(frames: dict[str, pl.DataFrame], text: str) -> None:
    before, after = (computed(frames, offer, wanted=ALL_RULES) for offer in (OFFER, reform(OFFER, patch(text))))
    for grain, frame in before.items():
        assert after[grain].drop("bread_status", strict=False).equals(frame.drop("bread_status", strict=False))


def test_a_figure_changes_from_its_last_value_on() -> None:
    text = "{name: dearer, figures: {bread_rate: 2000}}"
    assert miller_under(text)["bread_amount"] == 163_580  # 20 % of 2,726.33, three shares: 163,579.8
    assert miller_under(text)["bread_status"] == rank(Status.PROPOSED)


def test_a_figure_changes_between_two_months_alone() -> None:
    text = "{name: x, starts: 2022-05-01, ends: 2022-05-31, figures: {bread_rate: 0}}"
    months = [month_index(2022, number) for number in (4, 5, 6)]
    assert [miller_under(text, month)["bread_amount"] for month in months] == [141_742, 0, 141_742]


def test_what_is_proposed_weakens_the_status() -> None:
    text = "{name: x, figures: {dam_share: 300}}"
    mill = computed(village(MAY_2022), reform(OFFER, patch(text)))["mill"].row(0, named=True)
    assert (mill["dam_amount"], mill["dam_status"]) == (15_000, rank(Status.PROPOSED))


def test_one_place_changes_in_a_table_and_the_others_stay() -> None:
    base, made = OFFER.figures["toll"], reform(OFFER, patch("{name: x, figures: {toll: {middle: 1}}}")).figures["toll"]
    assert made.require(MAY_2022).value == Table(((1, 1500), (2, 1), (7, 1500)), 300)
    assert made.require(month_index(2021, 6)) == base.require(month_index(2021, 6))
    both = reform(OFFER, patch("{name: x, starts: 2019-01-01, figures: {toll: {middle: 1, '*': 0}}}")).figures["toll"]
    assert both.require(month_index(2021, 6)).value == Table(((1, 1200), (2, 1), (7, 1200)), 0)
    assert both.require(MAY_2022).value == Table(((1, 1500), (2, 1), (7, 1500)), 0)


def test_a_condition_is_switched_by_its_own_name() -> None:
    frames = village(MAY_2022, mill={"roofed": False})
    assert computed(frames)["miller"]["bread_amount"].to_list() == [0]
    opened = reform(OFFER, patch("{name: x, conditions: {bread_good_mill: false}}"))
    assert computed(frames, opened)["miller"]["bread_amount"].to_list() == [141_742]


def test_a_measure_ends_earlier_or_later_and_starts_earlier_or_later() -> None:
    def dam(text: str, year: int) -> object:
        return computed(village(month_index(year, 5)), reform(OFFER, patch(text)))["mill"]["dam_amount"].to_list()[0]

    assert dam("{name: x, dates: {dam: {ends: 2021-12-31}}}", 2021) == 12_500
    assert dam("{name: x, dates: {dam: {ends: 2021-11-30}}}", 2021) is None
    assert dam("{name: x, dates: {dam: {ends: 2023-12-31}}}", 2023) == 12_500
    assert dam("{name: x, dates: {dam: {starts: 2021-01-01}}}", 2020) is None
    assert dam("{name: x, dates: {dam: {starts: 2019-01-01}}}", 2019) is None  # its figure is not known so early


def test_the_base_is_never_touched_and_what_does_not_change_is_shared() -> None:
    digest = OFFER.digest
    made = reform(OFFER, patch("{name: dearer, figures: {bread_rate: 2000}}"))
    assert OFFER.digest == digest
    assert made.digest != digest
    assert made.figures["toll"] is OFFER.figures["toll"]
    assert made.rules is OFFER.rules
    assert (OFFER.reforms, made.reforms) == ((), ("dearer",))
    assert reform(made, patch("{name: again}")).reforms == ("dearer", "again")


def test_changed_rules_are_those_that_read_what_changed_directly_or_not() -> None:
    base = OFFER.at("miller", MAY_2022)

    def changed(text: str, *above: str) -> frozenset[str]:
        return changed_rules(base, reform(OFFER, patch(text)).at("miller", MAY_2022), above)

    assert changed("{name: x}") == frozenset()
    assert changed("{name: x, figures: {bread_rate: 1}}") == {"bread_amount"}
    assert changed("{name: x, figures: {toll: {lower: 1}}}") == {"toll_paid", "taxed_wage", "flour_tax", "bread_amount"}
    assert changed("{name: x}", "mill_thrives") == {"bread_good_mill", "bread_entitled", "bread_amount"}
    assert changed("{name: x, starts: 2022-06-01, figures: {bread_rate: 1}}") == frozenset()


def test_a_reform_is_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "reform.yaml"
    path.write_text("name: hausse\ndescription: essai\nfigures: {bread_rate: 2000}\n", encoding="utf-8")
    assert read_reform(path, CODES).name == "hausse"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{name: x, figures: {salt_tax: 1}}", "Pas de chiffre salt_tax dans l'offre ; chiffres : bread_children_max, "),
        (
            "{name: x, figures: {bread_rate: dear}}",
            "Réforme du chiffre bread_rate : 'dear' n'est pas une valeur en basis",
        ),
        ("{name: x, figures: {bread_rate: true}}", "True n'est pas une valeur en basis_points"),
        ("{name: x, figures: {toll: {moon: 1}}}", "Réforme du chiffre toll : la clé moon ne désigne rien"),
        ("{name: x, figures: {toll: 5}}", "Réforme du chiffre toll : une table par valley se donne par clés"),
        ("{name: x, figures: {flour_tax_scale: [[5, 1]]}}", "Réforme du chiffre flour_tax_scale : un barème"),
        (
            "{name: x, conditions: {bread_low_wage: false}}",
            "que l'on puisse activer ; .* : bread_good_mill, bread_no_appr",
        ),
        ("{name: x, dates: {salt: {ends: 2021-12-31}}}", "Pas de mesure salt ; mesures : bread, dam"),
        ("{name: x, ends: 2018-12-31, figures: {bread_rate: 1}}", "la réforme ne changerait rien. .* 2019-01 à …"),
        ("{name: x, starts: 2021-01-01, figures: {flour_tax_rate: 1}}", "n'a pas de valeur de 2021-01"),
    ],
)
def test_what_a_reform_cannot_do_is_refused_and_told(text: str, told: str) -> None:
    with pytest.raises(InvalidReform, match=told):
        reform(OFFER, patch(text))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{figures: {}}", "ne suit pas son modèle : name : "),
        ("{name: x, figure: {}}", "figure : "),
        ("{name: x, starts: 2021-01-02}", "Dates de la réforme : 2021-01-02 n'est pas le premier jour"),
        ("{name: x, dates: {dam: {ends: 2021-01-30}}}", "2021-01-30 n'est pas le dernier jour"),
        ("{name: x, starts: 2021-01-01, ends: 2020-12-31}", "la fin .2020-12-31. précède le début"),
        ("{name: x, figures: {a: 1, a: 2}}", "la clé a est écrite deux fois"),
        ("{name: x", "La réforme n'est pas un YAML lisible"),
    ],
)
def test_a_reform_badly_written_is_refused_and_told(text: str, told: str) -> None:
    with pytest.raises(InvalidReform, match=told):
        patch(text)


def test_amounts_follow_the_rate() -> None:
    frames = population(seed=5, millers=200)
    amounts = [
        computed(frames, reform(OFFER, patch(f"{{name: x, starts: 2019-01-01, figures: {{bread_rate: {rate}}}}}")))[
            "miller"
        ]["bread_amount"]
        for rate in (0, 1733, 4000)
    ]
    assert amounts[0].drop_nulls().sum() == 0
    assert (amounts[1] <= amounts[2]).drop_nulls().all()
    assert amounts[1].sum() < amounts[2].sum()
