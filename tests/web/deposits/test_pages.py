from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone, translation
from openpyxl import load_workbook

from minassa.intake.models import Upload, UploadFinding
from minassa.intake.public import receipt
from minassa.registry.models import Enterprise
from minassa.registry.public import Actor
from minassa.web.deposits.receipts import receipt_document
from minassa.web.documents import check_seal
from tests.declarations.deposit.building import (
    CIN,
    FAMILY_NAME,
    GIVEN_NAME,
    PERSONS,
    accounts,
    ebds,
    entrant,
    register,
    sheet,
    statement,
)
from tests.intake.firms import NOW, checked, deposited, firm, mandated, officer, other_firm, sent, worked
from tests.web.deposits.browsing import signed_in

LATER = NOW + timedelta(hours=1)
PERSONAL = (CIN, FAMILY_NAME.decode(), GIVEN_NAME.decode(), *map(str, PERSONS))


def broken() -> tuple[str, bytes]:
    """A declaration whose second person has 99 days."""
    name, content = ebds()
    lines = content.split(b"\n")
    lines[3] = lines[3][:111] + b"99" + lines[3][113:]
    return name, b"\n".join(lines)


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response
    return response.content.decode()


def one(upload: Upload, language: str = "fr") -> str:
    return f"/{language}/depots/{upload.uuid}/"


def of(enterprise: Enterprise, language: str = "fr") -> str:
    return f"/{language}/depots/entreprise/{enterprise.uuid}/"


def test_the_empty_list_says_what_is_due_and_what_will_be_there(browser_of: Client, enterprise: Enterprise) -> None:
    assert browser_of.get("/fr/depots/")["Location"] == of(enterprise)
    said = page(browser_of, of(enterprise))
    assert "Avant le" in said
    assert "ce que vous envoyez apparaîtra ici" in said
    assert 'enctype="multipart/form-data"' in said


def test_the_list_shows_each_file_and_asks_again_while_one_is_checked(
    browser_of: Client, enterprise: Enterprise, preparer: Actor
) -> None:
    upload = sent(preparer, enterprise, ebds())
    waiting = page(browser_of, of(enterprise))
    assert upload.name in waiting
    assert 'hx-trigger="every 2s"' in waiting
    worked()
    done = page(browser_of, of(enterprise))
    assert 'hx-trigger="every 2s"' not in done
    assert "contrôlé, à déposer" in done
    assert "octobre 2025" in done


def test_the_list_is_filtered_sorted_and_paged_by_its_address(
    browser_of: Client, enterprise: Enterprise, preparer: Actor
) -> None:
    for file in (ebds(), register(), accounts()):
        checked(preparer, enterprise, file)
    assert page(browser_of, of(enterprise) + "?kind=staff_register").count('class="file-name"') == 1
    assert page(browser_of, of(enterprise) + "?state=deposited").count('class="file-name"') == 0
    assert page(browser_of, of(enterprise) + "?period=2025-10").count('class="file-name"') == 1
    names = re.findall(r'<bdi dir="ltr">([A-Z]+_\S+?)</bdi>', page(browser_of, of(enterprise) + "?sort=name"))
    assert names == sorted(names)
    assert len(names) == 3
    for odd in ("?after=999999999999", "?after=-1", "?sort=password", "?kind=x&state=y", "?period=%00"):
        page(browser_of, of(enterprise) + odd)


def test_the_list_is_exported_with_its_filters_and_no_formula(
    browser_of: Client, enterprise: Enterprise, preparer: Actor
) -> None:
    checked(preparer, enterprise, ("=1+1.txt", ebds()[1]))
    checked(preparer, enterprise, register())
    response = browser_of.get(of(enterprise) + "?format=csv&kind=ebds_principal")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 2
    assert rows[1][2] == "'=1+1.txt"
    book = load_workbook(io.BytesIO(browser_of.get(of(enterprise) + "?format=xlsx").content))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
    assert len(cells) == 3 * 11
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_a_file_shows_its_findings_on_its_lines(browser_of: Client, enterprise: Enterprise, preparer: Actor) -> None:
    upload = checked(preparer, enterprise, broken())
    said = page(browser_of, one(upload))
    assert '<mark class="found-reject">99</mark>' in said
    assert "ligne 4" in said.replace('<bdi class="n" dir="ltr">4</bdi>', "4")
    assert FAMILY_NAME.decode() in said
    for finding in upload.findings.all()[:5]:
        assert finding.rule in said
    assert page(browser_of, one(upload) + "?severity=warn&rule=x") != said


@pytest.mark.parametrize("file", [broken(), register(birth_year=1800), statement()])
def test_cnss_sees_the_lines_without_the_persons(
    file: tuple[str, bytes], enterprise: Enterprise, preparer: Actor
) -> None:
    upload = checked(preparer, enterprise, file)
    for line in range(1, 60):
        UploadFinding.objects.create(upload=upload, rule="X", severity="warn", line=line, column=1, message="exemple")
    client = signed_in(officer())
    said = page(client, one(upload)) + page(client, one(upload) + "?after=50")
    assert [person for person in PERSONAL if person in said] == []
    assert "masquées" in said
    assert upload.name in page(client, "/fr/depots/")


def test_an_officer_acts_on_nothing(enterprise: Enterprise, preparer: Actor) -> None:
    upload = checked(preparer, enterprise, ebds())
    client = signed_in(officer())
    said = page(client, one(upload))
    assert "/deposer/" not in said
    assert "/retirer/" not in said
    assert client.post(one(upload) + "deposer/").status_code == 403
    assert client.post(one(upload) + "retirer/").status_code == 403


def test_who_has_no_right_is_told_that_nothing_is_there(enterprise: Enterprise, preparer: Actor) -> None:
    upload = checked(preparer, enterprise, ebds())
    for actor in (mandated(other_firm(), name="stranger"), officer("dgi")):
        client = signed_in(actor)
        for address in (one(upload), of(enterprise), one(upload) + "recepisse.pdf"):
            page(client, address, 404)
        assert client.post(one(upload) + "deposer/").status_code == 404
    assert Client().get(one(upload)).status_code == 302


def test_a_deposit_from_its_button_to_its_receipt(browser_of: Client, enterprise: Enterprise, preparer: Actor) -> None:
    upload = checked(preparer, enterprise, ebds())
    assert browser_of.get(one(upload) + "deposer/").status_code == 405
    assert browser_of.post(one(upload) + "deposer/")["Location"] == one(upload)
    assert "dépôt en cours" in page(browser_of, one(upload))
    assert browser_of.get(one(upload) + "recepisse.pdf")["Location"] == one(upload)
    worked(timezone.now())
    assert "Récépissé (PDF)" in page(browser_of, one(upload))
    response = browser_of.get(one(upload) + "recepisse.pdf")
    assert response["Content-Type"] == "application/pdf"
    seal = check_seal(response.content)
    assert seal is not None
    assert seal.holds


def test_a_receipt_is_made_again_the_same_and_in_each_language(enterprise: Enterprise, preparer: Actor) -> None:
    upload = deposited(preparer, enterprise, ebds())
    for language in ("fr", "ar", "en"):
        with translation.override(language):
            seal = check_seal(receipt_document(receipt(upload)))
        assert seal is not None
        assert seal.holds
        assert seal.sealed_at == upload.deposited_at


def test_versions_and_what_is_replaced_are_shown(browser_of: Client, enterprise: Enterprise, preparer: Actor) -> None:
    first = deposited(preparer, enterprise, ebds())
    second = checked(preparer, enterprise, ebds(salary=510_000), LATER)
    assert "Le déposer remplacera le dépôt du" in page(browser_of, one(second))
    third = deposited(preparer, enterprise, ebds(salary=520_000), LATER)
    assert "Remplace le dépôt du" in page(browser_of, one(third))
    assert "Remplacé par le dépôt du" in page(browser_of, one(first))
    assert page(browser_of, one(third)).count('<th scope="row">') == 3
    assert "déposé, remplacé" in page(browser_of, of(enterprise))


def test_what_changes_against_last_month_is_shown(browser_of: Client, enterprise: Enterprise, preparer: Actor) -> None:
    deposited(preparer, enterprise, ebds(period=202_509))
    upload = checked(preparer, enterprise, ebds(entrants=entrant(PERSONS[4], CIN)), LATER)
    said = page(browser_of, one(upload))
    assert "Ce qui change par rapport au mois précédent" in said
    assert "Masse des salaires" in said


def test_a_thousand_findings_are_paged(browser_of: Client, enterprise: Enterprise, preparer: Actor) -> None:
    upload = checked(preparer, enterprise, register())
    UploadFinding.objects.bulk_create(
        UploadFinding(upload=upload, rule=f"R-{n % 7}", severity="warn", line=1 + n % 3, column=3, message="exemple")
        for n in range(1_000)
    )
    said = page(browser_of, one(upload))
    assert said.count('class="finding"') == 50
    assert 'rel="next"' in said
    assert page(browser_of, one(upload) + "?after=1000").count('class="finding"') <= 50


def test_a_workbook_shows_the_cell(browser_of: Client, enterprise: Enterprise, preparer: Actor) -> None:
    upload = checked(preparer, enterprise, sheet())
    assert page(browser_of, one(upload))


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_pages_are_written_in_each_language(
    language: str, browser_of: Client, enterprise: Enterprise, preparer: Actor
) -> None:
    upload = checked(preparer, enterprise, broken())
    said = page(browser_of, one(upload, language)) + page(browser_of, of(enterprise, language))
    assert f'lang="{language}"' in said
    if language != "fr":
        assert "Lignes rejetées" not in said
        assert "Envoyer pour contrôle" not in said


@pytest.mark.django_db
def test_the_accountant_chooses_among_its_firms() -> None:
    own, other = firm(), other_firm()
    client = signed_in(mandated(own, other, name="accountant"))
    said = page(client, of(own))
    assert of(other) in said
    assert page(client, of(other))
