"""What a run said of indicators is kept once, never changed, read again by its link, and computed again alike."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest
from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.test import Client

from minassa.entitlements.runs import runs_in
from minassa.registry.models import Role
from minassa.steering.indicators import live
from minassa.steering.indicators.catalogue import Catalogue
from minassa.steering.indicators.vintages import keep_next, points_kept, replay
from minassa.steering.models import Vintage, VintageSeries
from minassa.steering.public import latest_figures

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)


def test_a_run_is_kept_once(published: Path) -> None:
    assert keep_next(AT) is True
    assert keep_next(AT) is False
    kept = Vintage.objects.get()
    assert kept.synthetic
    assert kept.offer_digest
    assert "cnss_lines" in kept.versions
    figures = latest_figures(published)
    assert figures is not None
    points = points_kept(kept.run, Catalogue.all()["net_jobs"])
    assert [point.value for point in points] == [row["net_jobs"] for row in figures["months"]]


def test_what_premiums_may_still_bring_is_worked_out_after_a_run_not_for_a_page(
    published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = runs_in(published / "runs")[-1]
    cache.clear()
    keep_next(AT)
    monkeypatch.setattr(live, "expected_of", lambda *_given: pytest.fail("asked again"))
    assert live.to_come(run) == live.to_come(run)


def test_what_is_kept_is_never_changed(published: Path) -> None:
    assert published.is_dir()
    keep_next(AT)
    for rows in (Vintage.objects.all(), VintageSeries.objects.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        VintageSeries.objects.update(points=[])


def test_a_vintage_is_computed_again_alike_and_a_difference_is_told(published: Path) -> None:
    assert published.is_dir()
    keep_next(AT)
    kept = Vintage.objects.get()
    assert replay(kept) == []
    other = Vintage.objects.create(
        run="calcul-9999", kept_at=AT, until=kept.until, versions={}, offer_digest="0", code="0", synthetic=True
    )
    assert replay(other) is None
    again = Vintage(run=kept.run, pk=other.pk)
    VintageSeries.objects.create(vintage=other, indicator="due", points=[[kept.until, 1, "official"]])
    assert replay(again) == ["due"]


def test_pages_show_and_read_again_what_was_kept(as_role: Callable[[str, str], Client]) -> None:
    keep_next(AT)
    client, run = as_role(Role.ANALYST, "minassa"), Vintage.objects.get().run
    now = client.get("/fr/indicateurs/net_jobs/?format=parquet").content
    then = client.get(f"/fr/indicateurs/net_jobs/?calcul={run}&format=parquet").content
    assert pl.read_parquet(io.BytesIO(now)).equals(pl.read_parquet(io.BytesIO(then)))
    assert f"calcul={run}" in client.get("/fr/indicateurs/net_jobs/").content.decode()
    assert "redonne chaque valeur" in client.get(f"/fr/indicateurs/versions/?rejouer={run}").content.decode()
    for address in ("net_jobs/?calcul=rien", "net_jobs/?calcul=%00", "versions/?rejouer=%00", "versions/?rejouer=x"):
        assert client.get(f"/fr/indicateurs/{address}").status_code == 200
