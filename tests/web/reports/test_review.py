"""The review of a year: its values are those of the indicators in one run, kept, the same on every page and file."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone
from docx import Document

from minassa.commitments.models import Recommendation
from minassa.commitments.public import Draft, Origin, commitments, decide, draft, propose
from minassa.entitlements.runs import runs_in
from minassa.registry.models import Role
from minassa.registry.public import Actor, Appointed, Forbidden, committee_actor
from minassa.steering.commitments.reviewing import (
    ReviewRefused,
    digest_of,
    make_review,
    replay,
    review_content,
    years_to_review,
)
from minassa.steering.indicators.board import board
from minassa.steering.indicators.catalogue import Catalogue, Frequency
from minassa.steering.indicators.reading import Filters
from minassa.steering.models import YearlyReview
from minassa.vocabulary.periods import month_of

pytestmark = pytest.mark.django_db
ANALYST = Actor(account_id=1, email="analyste@example.invalid", appointments=(Appointed(Role.ANALYST, 1, "minassa"),))


@pytest.fixture
def analyst(as_role: Callable[[str, str], Client]) -> Client:
    return as_role(Role.ANALYST, "minassa")


@pytest.fixture
def review(published: Path) -> YearlyReview:  # noqa: ARG001 (the run is there)
    return make_review(ANALYST, years_to_review()[0], timezone.now(), synthetic=True)


def test_every_measured_value_is_that_of_its_indicator_in_that_run(published: Path, review: YearlyReview) -> None:
    run = next(one for one in runs_in(published / "runs") if one.path.name == review.run)
    rows, until = review.content["rows"], review.content["until"]
    assert [row["code"] for row in rows] == [one.code for one in commitments()]
    measured = 0
    for row in rows:
        if not row["indicator"]:
            assert row["value"] is None
            continue
        indicator = Catalogue.all()[row["indicator"]]
        found = board(ANALYST, Filters(until=until), run)
        assert found is not None
        whole = [p for p in found.points(indicator) if indicator.frequency != Frequency.YEAR or p.period % 12 == 11]
        last = whole[-1] if whole else None
        assert (row["value"], row["period"]) == ((last.value, last.period) if last else (None, None)), row["code"]
        assert last is None or last.period <= until
        measured += last is not None
    assert measured


def test_a_review_is_kept_and_its_run_gives_the_same_again(published: Path, review: YearlyReview) -> None:
    run = next(one for one in runs_in(published / "runs") if one.path.name == review.run)
    assert digest_of(review.content) == review.digest
    assert replay(review) == []
    assert review_content(run, review.year) == YearlyReview.objects.get(pk=review.pk).content
    with pytest.raises(DatabaseError), transaction.atomic():
        YearlyReview.objects.filter(pk=review.pk).update(digest="")
    changed = replace_value(review)
    assert replay(changed) == ["emplois"]
    changed.run = "parti"
    assert replay(changed) is None


def replace_value(review: YearlyReview) -> YearlyReview:
    rows = [{**row, "value": 1} if row["code"] == "emplois" else row for row in review.content["rows"]]
    return YearlyReview(year=review.year, run=review.run, content={**review.content, "rows": rows})


@pytest.mark.usefixtures("published")
def test_a_year_that_is_not_over_has_no_review_and_not_everyone_makes_one() -> None:
    with pytest.raises(ReviewRefused):
        make_review(ANALYST, years_to_review()[0] + 1, timezone.now(), synthetic=True)
    apebi = replace(ANALYST, appointments=(Appointed(Role.FEDERATION, 1, "apebi"),))
    with pytest.raises(Forbidden):
        make_review(apebi, years_to_review()[0], timezone.now(), synthetic=True)


@pytest.mark.usefixtures("published")
def test_what_a_committee_adopted_after_the_year_is_not_of_its_review() -> None:
    now = timezone.now()
    due = month_of(timezone.localdate()) + 6
    wanted = Draft("Action EXEMPLE", "", "policy", "mtnra", "", None, None, "declared_jobs", "jobs", 5, due, {})
    made = draft(ANALYST, wanted, [Origin("session", "1")], now)
    propose(ANALYST, made, now)
    decide(committee_actor("CTO-2026-0001/1", frozenset({"account:7"})), made, "Motif EXEMPLE.", now, adopted=True)
    assert Recommendation.objects.get(pk=made.pk).state == "adopted"
    content = make_review(ANALYST, years_to_review()[0], now, synthetic=True).content
    adopted = now.year <= content["year"]
    assert (made.code in [row["code"] for row in content["rows"]]) == adopted


@pytest.mark.parametrize(
    ("language", "word"), [("fr", "Ce qui est en retard"), ("ar", "ما هو متأخر"), ("en", "What is late")]
)
def test_a_review_is_read_in_three_languages_with_the_same_values(
    analyst: Client, review: YearlyReview, language: str, word: str
) -> None:
    address = f"/{language}/rapports/bilans/{review.uuid}/"
    shown = analyst.get(address).content.decode()
    assert word in shown
    assert "&lt;" not in shown
    written = Document(io.BytesIO(analyst.get(f"{address}bilan.docx").content))
    assert word in [each.text for each in written.paragraphs]
    assert analyst.get(f"{address}bilan.pdf").content.startswith(b"%PDF")
    assert analyst.get(f"{address}bilan.exe").status_code == 404
    table = pl.read_parquet(io.BytesIO(analyst.get(f"{address}annexe.parquet").content))
    assert table.height == len(review.content["rows"])


def test_a_review_is_made_from_the_page_and_found_in_the_list(analyst: Client, review: YearlyReview) -> None:
    made = analyst.post("/fr/rapports/bilans/", {"year": review.year})
    assert made.status_code == 302
    assert YearlyReview.objects.count() == 2
    assert f"bilans/{review.uuid}/" in analyst.get("/fr/rapports/").content.decode()
    assert analyst.post("/fr/rapports/bilans/", {"year": "x"}).status_code == 302
    assert YearlyReview.objects.count() == 2
    assert "/fr/rapports/#bilans" in analyst.get("/fr/engagements/").content.decode()
