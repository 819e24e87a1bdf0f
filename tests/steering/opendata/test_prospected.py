"""Markets in open data: counts that few firms make are not told, nor jobs that one firm would be known by."""

from __future__ import annotations

import pytest
from django.utils import timezone

from minassa.markets.models import Event, Lead, LeadState
from minassa.steering.opendata.describing import catalogue
from minassa.steering.registers.prospected import prospected
from tests.web.consultations_world import firms

pytestmark = pytest.mark.django_db


def test_what_few_firms_make_is_not_told() -> None:
    now, day = timezone.now(), timezone.localdate()
    for market in ("DE", "FR"):
        Event.objects.create(
            kind="mission",
            name="Mission EXEMPLE",
            market=market,
            segment="offshoring",
            starts_on=day,
            ends_on=day,
            place="Ville EXEMPLE",
            organiser="EXEMPLE",
            by="system:test",
            at=now,
        )
    for rank, (firm, _who) in enumerate(firms(6)):
        Lead.objects.create(
            company=f"Prospect EXEMPLE {rank}",
            market="FR" if rank else "DE",
            segment="offshoring",
            filiere=2,
            places_wanted=20,
            by_month=24_320,
            state=LeadState.WON,
            enterprise=firm,
            signed_month=24_310,
            jobs_promised=20 + rank,
            opened_at=now,
            touched_at=now,
        )
    told = {row["marche"]: row for row in prospected()}
    assert all(list(row) == list(catalogue().datasets["prospection"].columns) for row in told.values())
    assert (told["DE"]["evenements"], told["DE"]["pistes"], told["DE"]["emplois_promis"]) == (1, None, None)
    assert told["FR"] == {"marche": "FR", "evenements": 1, "pistes": 5, "contrats": 5, "emplois_promis": 115}
