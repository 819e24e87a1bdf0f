from __future__ import annotations

import io
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minassa.declarations.tabular import (
    ACCOUNTS_SCHEMA,
    FIRM_SCHEMA,
    STAFF_SCHEMA,
    read_firm_sheet,
    read_staff_register,
    read_yearly_accounts,
    write_firm_sheet,
    write_staff_register,
    write_yearly_accounts,
)
from minassa.declarations.tabular.staff_form import COUNTRIES, OTHER_AIDS
from minassa.vocabulary.identifiers import ice_with_key, immatriculation_with_key
from minassa.vocabulary.periods import month_index
from minassa.vocabulary.places import places

titles = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=10)
amounts = st.integers(0, 10**12)


@st.composite
def staff(draw: st.DrawFn) -> dict[str, object]:
    hired = draw(st.dates(date(2020, 1, 1), date(2025, 12, 31)))
    left = draw(st.none() | st.dates(hired, date(2026, 6, 1)))
    aid = draw(st.sampled_from(["", *OTHER_AIDS]))
    country = draw(st.sampled_from(["MA", *COUNTRIES]))
    return {
        "affiliation": 9900003,
        "as_of_month": month_index(2025, 12),
        "sex": draw(st.integers(0, 2)),
        "birth_year": draw(st.just(0) | st.integers(1950, 2004)),
        "moroccan": country == "MA",
        "nationality": country,
        "contract": draw(st.sampled_from([1, 2, 3, 4, 9])),
        "hired_on": hired,
        "left_on": left,
        "establishment": draw(st.integers(1, 9999)),
        "filiere": draw(st.integers(0, 5)),
        "job_title": draw(titles),
        "qualification": draw(st.integers(0, 8)),
        "other_aid": aid,
        "other_aid_until_month": draw(st.integers(month_index(2024, 1), month_index(2026, 12))) if aid else 0,
    }


@settings(max_examples=60)
@given(st.lists(staff(), min_size=1, max_size=5), st.booleans())
def test_a_register_written_is_read_back(rows: list[dict[str, object]], numbered: bool) -> None:
    people = [
        {
            "line": rank + 2,
            "person": immatriculation_with_key(19_900_000 + rank) if numbered else 0,
            "cin": "" if numbered else f"QZ{rank:06d}",
        }
        for rank in range(len(rows))
    ]
    frame = pl.DataFrame([who | row for who, row in zip(people, rows, strict=True)], schema=STAFF_SCHEMA)
    written = io.BytesIO()
    write_staff_register(written, frame)
    read = read_staff_register("REGISTRE_9900003_202512.csv", written.getvalue())
    assert read.report.findings == []
    assert read.rows.equals(frame)


@settings(max_examples=40)
@given(st.tuples(amounts, amounts, amounts, amounts), st.integers(-(10**12), 10**12), st.integers(-(10**12), 10**12))
def test_accounts_written_are_read_back(some: tuple[int, int, int, int], profit: int, added: int) -> None:
    values = (2, 9900003, 99000003, 2025, date(2024, 7, 1), date(2025, 6, 30))
    turnover, export = max(some[:2]), min(some[:2])
    frame = pl.DataFrame(
        [(*values, turnover, export, profit, some[2], added, some[3])], schema=ACCOUNTS_SCHEMA, orient="row"
    )
    written = io.BytesIO()
    write_yearly_accounts(written, frame)
    read = read_yearly_accounts("COMPTES_9900003_2025.csv", written.getvalue())
    assert read.report.findings == []
    assert read.rows.equals(frame)


@settings(max_examples=40)
@given(
    st.lists(st.sampled_from(places()), min_size=1, max_size=4),
    st.sampled_from([9900003, 9900011]),
    st.none() | st.dates(date(2020, 1, 1), date(2025, 12, 31)),
)
def test_a_firm_sheet_written_is_read_back(where: list[object], head: int, certificate: date | None) -> None:
    shared = {
        "affiliation": 9900003,
        "ice": ice_with_key(9900000300000),
        "fiscal_id": 99000003,
        "rc": "990003",
        "name": "EXEMPLE ; « FICTIF »",
        "group_head": head,
        "started_on": date(2019, 1, 1),
        "installed_on": date(2019, 1, 1),
        "activity": "ITO",
        "regime": 2016,
        "tax_certificate_on": certificate,
        "social_certificate_on": None,
        "place_from": date(2026, 1, 1),
        "place_to": None,
    }
    rows = [
        shared | {"line": rank + 2, "establishment": rank + 1, "place": place.code}  # type: ignore[attr-defined]
        for rank, place in enumerate(where)
    ]
    frame = pl.DataFrame(rows, schema=FIRM_SCHEMA)
    written = io.BytesIO()
    write_firm_sheet(written, frame)
    read = read_firm_sheet("FICHE_9900003.csv", written.getvalue())
    assert [finding for finding in read.report.findings if finding.rule != "FICHE-LIEU-FERME"] == []
    assert read.rows.equals(frame)


def test_a_code_of_no_list_is_the_writers_mistake() -> None:
    with pytest.raises(ValueError, match="contract"):
        write_staff_register(io.BytesIO(), pl.DataFrame({"contract": [7]}))


def test_a_column_of_no_form_is_the_writers_mistake() -> None:
    with pytest.raises(ValueError, match="salaire"):
        write_yearly_accounts(io.BytesIO(), pl.DataFrame({"salaire": [7]}))
