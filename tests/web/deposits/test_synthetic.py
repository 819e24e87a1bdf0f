from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from minassa.hosting.keys import drawn_once
from minassa.intake.models import Upload
from minassa.nation import Manifest, make_nation
from minassa.registry.models import Enterprise
from minassa.web.deposits.synthetic import FILE
from tests.intake.firms import checked, firm, mandated
from tests.web.deposits.browsing import signed_in

pytestmark = pytest.mark.django_db
MONTHS = 60


@pytest.fixture
def nation(home: Path, tmp_path: Path) -> Manifest:
    made = make_nation(tmp_path / "pays", people=150, months=MONTHS, seed=1, written=12, silent_from=10)
    home.mkdir(exist_ok=True)
    drawn_once(home / "key", lambda: bytes(32))
    (home / FILE).write_text(json.dumps(asdict(made)), "utf-8")
    return made


@pytest.fixture
def late(nation: Manifest) -> Enterprise:
    return firm(nation.late_firm, "EXEMPLE EN RETARD FICTIF")


def test_the_late_firm_downloads_the_declaration_that_it_owes_and_it_is_accepted(late: Enterprise) -> None:
    preparer = mandated(late)
    client = signed_in(preparer)
    page = client.get(f"/fr/depots/entreprise/{late.uuid}/").content.decode()
    address = f"/fr/depots/entreprise/{late.uuid}/synthetique/"
    assert address in page
    answer = client.get(address)
    month = timezone.localdate().replace(day=1)
    before = (month.year * 12 + month.month - 2) // 12, (month.month - 2) % 12 + 1
    name = f"DS_{late.affiliation}_{before[0]}{before[1]:02}.txt"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    upload = checked(preparer, late, (name, answer.content))
    assert (upload.kind, upload.rejected) == ("ebds_principal", 0)


def test_no_other_firm_and_no_platform_in_service_has_one(
    late: Enterprise, nation: Manifest, home: Path, enterprise: Enterprise, browser_of: Client, settings: Settings
) -> None:
    assert b"synthetique/" not in browser_of.get(f"/fr/depots/entreprise/{enterprise.uuid}/").content
    assert browser_of.get(f"/fr/depots/entreprise/{enterprise.uuid}/synthetique/").status_code == 404
    assert browser_of.get(f"/fr/depots/entreprise/{late.uuid}/synthetique/").status_code == 404
    client = signed_in(mandated(late, name="late"))
    settings.MINASSA_DEMONSTRATION = False
    assert client.get(f"/fr/depots/entreprise/{late.uuid}/synthetique/").status_code == 404
    settings.MINASSA_DEMONSTRATION = True
    over = replace(nation, months=3)
    (home / FILE).write_text(json.dumps(asdict(over)), "utf-8")
    assert client.get(f"/fr/depots/entreprise/{late.uuid}/synthetique/").status_code == 404
    assert not Upload.objects.exists()
