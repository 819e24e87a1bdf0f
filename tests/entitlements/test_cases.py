"""A case that is wrong is refused with a code and the key that is wrong, in French; never a traceback."""

from __future__ import annotations

import contextlib
import copy
import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minassa.entitlements.case_values import LARGEST_SALARY
from minassa.entitlements.cases import InvalidCase, read_case
from minassa.entitlements.simulation import simulate
from minassa.vocabulary.errors import MinassaError
from minassa.vocabulary.periods import month_index

CASE: dict[str, Any] = {
    "title": "Cas d'EXEMPLE",
    "source": "EXEMPLE",
    "period": 2026,
    "as_of": "2027-12",
    "firm": {"place": "casanearshore", "accounts": {2026: {"turnover": 1000, "export_turnover": 1000}}},
    "employees": {"a": {"hired": dt.date(2026, 1, 1), "salary": 25000}},
}


def changed(way: str, value: object) -> dict[str, Any]:
    """The case with one key changed."""
    made = copy.deepcopy(CASE)
    *path, last = way.split(".")
    inside = made
    for step in path:
        inside = inside[step]
    inside[last] = value
    return made


WRONG: list[tuple[str, object, str]] = [
    ("zzz", 1, "zzz : clé inconnue"),
    ("source", "", "source : ne doit pas être vide"),
    ("source", "worked by hand", "calcul"),
    ("period", "2026-13", "period : Le mois 13"),
    ("period", "2026-01/", "period"),
    ("period", "a/b/c", "period"),
    ("period", "", "period"),
    ("period", -1, "period"),
    ("as_of", "9999-12", "as_of"),
    ("rules", ["nothing_of_the_kind"], "nothing_of_the_kind"),
    ("rules", "air_amount", "rules : on attend une liste"),
    ("firm", None, "firm : on attend des clés"),
    ("firm.place", "atlantide", "firm.place : Lieu inconnu"),
    ("firm.filiere", "XYZ", "firm.filiere : Filière inconnue"),
    ("firm.started", "2015-13-01", "firm.started : on attend une date"),
    ("firm.started", dt.date(1800, 1, 1), "firm.started : la date"),
    ("firm.tax_certificate", "non", "firm.tax_certificate"),
    ("firm.headcount", {"2026-01": -1}, "firm.headcount : un effectif"),
    ("firm.headcount", {"2026-01": 10**9}, "déposez plutôt des fichiers"),
    ("firm.headcount", {"janvier": 1}, "firm.headcount.janvier"),
    ("firm.accounts", {2026: {"turnover": -1}}, "turnover : le montant est négatif"),
    ("firm.accounts", {2026: {"turnover": 10**13}}, "vérifiez le montant"),
    ("firm.accounts", {1: {}}, "firm.accounts.1"),
    ("employees", ["a"], "employees : on attend des clés"),
    ("employees.a", {}, "employees.a.hired : clé manquante"),
    ("employees.a.left", dt.date(2025, 12, 31), "précède l'embauche"),
    ("employees.a.salary", -1, "employees.a.salary : le montant est négatif"),
    ("employees.a.salary", "beaucoup", "employees.a.salary : Montant illisible"),
    ("employees.a.salary", True, "employees.a.salary : on attend un montant"),
    ("employees.a.salary", {}, "employees.a.salary : on attend un montant"),
    ("employees.a.salary", {"2026-00": 1}, "employees.a.salary : Le mois 0"),
    ("employees.a.salary", 1e300, "employees.a.salary"),
    ("employees.a.salary", LARGEST_SALARY // 100 + 1, "vérifiez le montant"),
    ("employees.a.salary", "1234.567", "employees.a.salary : Montant illisible"),
    ("employees.a.contract", "STAGE", "attendu : CDI, CDD"),
    ("employees.a.situations", {"2026-03": "XX"}, "attendu : SO, DE"),
    ("employees.a.days", {"2026-03": 32}, "31 jours"),
    ("employees.a.dependants", 1.5, "employees.a.dependants : on attend un nombre entier"),
    ("employees.a.qualification", 9, "employees.a.qualification : au plus 8"),
    ("employees.a.nationality", "marocaine", "employees.a.nationality"),
    ("employees.a.in_register", "peut-être", "employees.a.in_register : on attend true ou false"),
    ("employees.a.statement", {2026: "jamais"}, "employees.a.statement.2026"),
    ("employees.a.statement", {2026: {"withheld": -5}}, "withheld : le montant est négatif"),
    ("employees.a.other_aid", {"code": "TAHFIZ"}, "employees.a.other_aid.until : clé manquante"),
]


@pytest.mark.parametrize(("way", "value", "said"), WRONG)
def test_a_wrong_key_is_named(way: str, value: object, said: str) -> None:
    with pytest.raises(InvalidCase) as refused:
        simulate(changed(way, value))
    assert said in str(refused.value)
    assert refused.value.code == "CASE-INVALID"
    assert "Input should be" not in str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "3",
        "[]",
        "- a",
        "{",
        "a: 1\na: 2",
        "title: !!python/object:os.system x",
        "\x00",
        "[" * 600,
        "{? : }",
    ],
)
def test_a_text_that_is_no_case_is_refused(text: str) -> None:
    with pytest.raises(InvalidCase):
        read_case(text)


def test_a_key_written_twice_is_refused() -> None:
    with pytest.raises(InvalidCase, match="écrite deux fois"):
        read_case("employees: {a: {hired: 2026-01-01}, a: {hired: 2026-02-01}}")


def test_a_path_that_is_no_text_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidCase, match="n'existe pas"):
        simulate(tmp_path / "rien.yaml")
    with pytest.raises(InvalidCase, match="ne peut pas être lu"):
        simulate(tmp_path)
    (tmp_path / "image.yaml").write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(InvalidCase, match="UTF-8"):
        simulate(tmp_path / "image.yaml")


@settings(max_examples=40)
@given(
    st.sampled_from([way for way, _, _ in WRONG]),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.dates(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
        max_leaves=5,
    ),
)
def test_whatever_stands_under_a_key_is_read_or_refused(way: str, value: object) -> None:
    with contextlib.suppress(MinassaError):
        assert read_case(changed(way, value)).entry.source


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        (2026, "2026-01", "2026-12"),
        ("2026", "2026-01", "2026-12"),
        ("2026-03", "2026-03", "2026-03"),
        ("2025-01/2025-06", "2025-01", "2025-06"),
        (None, "2027-01", "2027-12"),
    ],
)
def test_the_period_looked_at(period: object, first: str, last: str) -> None:
    case = read_case(changed("period", period))
    assert (case.first, case.last) == tuple(month_index(*map(int, text.split("-"))) for text in (first, last))


def test_what_a_case_leaves_out_is_known_up_to_the_last_thing_it_tells() -> None:
    case = changed("as_of", None)
    assert read_case(case).as_of == month_index(2026, 12)
    case["employees"]["a"]["salary"] = {"2026-01": 25000, "2027-03": 26000}
    assert read_case(case).as_of == month_index(2027, 3)
    case["employees"]["a"]["statement"] = {2028: "none"}
    assert read_case(case).as_of == month_index(2028, 12)
    case["employees"] = {}
    assert read_case(case).as_of == month_index(2026, 12)


@pytest.mark.parametrize(
    ("way", "value"),
    [
        ("employees", {}),
        ("employees.a.salary", 0),
        ("employees.a.hired", dt.date(2030, 1, 1)),
        ("firm.accounts", {}),
        ("firm.accounts", {2026: {"closes": dt.date(2028, 2, 29), "taxable_profit": -5}}),
        ("as_of", "2005-01"),
        ("rules", ["pae_amount_expected"]),
        ("firm.tax_certificate", "none"),
    ],
)
def test_a_case_of_which_little_is_known_still_gives_an_answer(way: str, value: object) -> None:
    told = simulate(changed(way, value))
    assert set(told) == {"title", "as_of", "employees", "firm"}
    measures = [line for one in told["employees"].values() for name, line in one.items() if name != "rules"]
    assert all(line["amount_cents"] >= 0 for line in measures)


def test_the_largest_salary_passes_every_product() -> None:
    told = simulate(changed("employees.a.salary", LARGEST_SALARY // 100))
    income = 12 * LARGEST_SALARY
    assert told["employees"]["a"]["paf"]["amount_cents"] == income * 350 // 10_000
    assert 0 < told["employees"]["a"]["air"]["amount_cents"] < income // 2


def test_a_simulation_has_the_keys_that_were_promised() -> None:
    told = simulate(CASE)
    line = told["employees"]["a"]["air"]
    assert line["period"] == "2026-01/2026-12"
    assert isinstance(line["amount_cents"], int)
    assert set(line["conditions"].values()) <= {True, False}
    assert line["status"] in {"official", "press", "inferred", "proposed", "assumed"}
    assert told["firm"]["ais"]["period"] == "2026"
