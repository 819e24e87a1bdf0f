"""Open data: versions that do not change, files that follow their schema, a catalogue, the 360Giving standard."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema_rs
import polars as pl
import pytest

from minassa.entitlements.firm_months import BASE_MONTH
from minassa.entitlements.runs import Run
from minassa.steering.opendata.dcat import document
from minassa.steering.opendata.describing import RUN_DATA, catalogue
from minassa.steering.opendata.grid import grid
from minassa.steering.opendata.rows import rows_of
from minassa.steering.opendata.versions import SYNTHETIC, Version, versions, write_version
from minassa.steering.registers.grants import REQUIRED, package
from minassa.steering.releases.controlled import Release, release
from minassa.steering.releases.shapes import NATION
from minassa.vocabulary.periods import parse_month
from tests.steering.country import Country
from tests.steering.opendata.dcat_rules import broken_rules

ISSUED = "2027-07-10T08:00:00+00:00"
AWARD: dict[str, Any] = {
    "reference": "CONV-2026-0001",
    "entreprise": "EXEMPLE ATLAS",
    "ice": "001234567000089",
    "lieu": "casanearshore",
    "etat": "in_force",
    "debut": "2026-01-01",
    "fin": "2029-12-31",
    "emplois_promis": 120,
    "echeance": "2029-12-31",
    "emplois_verifies": 42,
    "verifie_a_fin": "2027-03",
    "accorde_centimes": 123_456,
    "verse_centimes": 100_000,
    "repris_centimes": 0,
}


@pytest.fixture(scope="module")
def told(made: tuple[Run, Country]) -> Release:
    """The release of the small invented country."""
    return release(made[0])


@pytest.fixture(scope="module")
def version(told: Release, tmp_path_factory: pytest.TempPathFactory) -> Version:
    """Its version of the open data."""
    rows = {name: rows_of(name, told) for name in RUN_DATA}
    return write_version(tmp_path_factory.mktemp("open"), "calcul-0001", ISSUED, rows, {"synthetic": True}, {})


def read_csv(version: Version, name: str) -> list[dict[str, str]]:
    """The rows of a CSV of a version."""
    return list(csv.DictReader(io.StringIO((version.folder / f"{name}.csv").read_text("utf-8"))))


@pytest.mark.parametrize("name", RUN_DATA)
def test_files_of_a_data_set_say_the_same_and_follow_its_schema(version: Version, told: Release, name: str) -> None:
    """CSV and Parquet hold the rows, marked as made up; the JSON Schema accepts the rows and refuses another column."""
    rows = rows_of(name, told)
    parquet = pl.read_parquet(version.folder / f"{name}.parquet")
    assert parquet.drop("origine").to_dicts() == rows
    assert set(parquet["origine"]) == {SYNTHETIC}
    read = read_csv(version, name)
    assert len(read) == len(rows) > 0
    assert {row["origine"] for row in read} == {SYNTHETIC}
    schema = json.loads((version.folder / f"{name}.schema.json").read_text("utf-8"))
    jsonschema_rs.validate(schema, rows)
    assert not jsonschema_rs.is_valid(schema, [{**rows[0], "autre": 1}])
    assert {row["publie"] for row in rows} == {True, False}


def test_net_jobs_are_those_of_the_same_cell_since_june_2025(told: Release) -> None:
    """The country has no net job in June 2025; each month, jobs less net jobs are the jobs of then."""
    rows = [one for one in rows_of("emplois", told) if one["region"] is None and one["filiere"] is None]
    base = told.months[BASE_MONTH].value(NATION)
    assert all(row["emplois"] - row["emplois_nets"] == base for row in rows)
    assert {parse_month(row["mois"]) for row in rows} == set(told.months)


def test_sums_told_are_sums_of_what_is_told(told: Release) -> None:
    """Where every measure of a year is told of the country, they add up to all of them."""
    rows = [one for one in rows_of("montants", told) if one["niveau"] == "pays"]
    whole = next(one["du_centimes"] for one in rows if one["mesure"] is None)
    parts = [one["du_centimes"] for one in rows if one["mesure"]]
    assert whole >= sum(part for part in parts if part is not None)
    assert None in parts or whole == sum(parts)


def test_a_version_is_never_changed_and_its_digests_hold(version: Version, told: Release) -> None:
    """Written again under its name with other rows, it stays what it was; each digest is that of the file."""
    home = version.folder.parent.parent
    again = write_version(home, version.name, "2030-01-01", {"emplois": []}, {"synthetic": False}, {})
    assert again.manifest == version.manifest
    assert [one.name for one in versions(home)] == [version.name]
    for one in version.files:
        assert hashlib.sha256((version.folder / one["file"]).read_bytes()).hexdigest() == one["sha256"]
    assert told.kept.jobs.height > 0


def test_the_catalogue_names_every_file_with_its_digest(version: Version) -> None:
    """A data set for each that has files, in three languages; a distribution for each file."""
    told = document("https://minassa.example/fr/donnees/", [version], "Minassa")
    assert [one["dct:identifier"] for one in told["dcat:dataset"]] == list(RUN_DATA)
    files = [each for one in told["dcat:dataset"] for each in one["dcat:distribution"]]
    digests = {one["spdx:checksum"]["spdx:checksumValue"]["@value"] for one in files}
    assert digests == {one["sha256"] for one in version.files}
    for one in told["dcat:dataset"]:
        assert {word["@language"] for word in one["dct:title"]} == {"fr", "ar", "en"}
        assert {"dct:license", "dcat:downloadURL", "dct:format"} <= set(one["dcat:distribution"][0])
    assert json.loads(json.dumps(told)) == told


def test_the_catalogue_keeps_the_rules_of_dcat_ap(version: Version) -> None:
    assert not broken_rules(document("https://minassa.example/fr/donnees/", [version], "Minassa"))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"dct:publisher": None}, "dcat:Catalog: dct:publisher"),
        ({"dct:title": []}, "dcat:Catalog: dct:title"),
        ({"dct:license": [{"@id": "a:1"}, {"@id": "a:2"}]}, "dcat:Catalog: dct:license"),
        ({"dct:modified": "2027-07-10"}, "dcat:Catalog: dct:modified is no date"),
        ({"dct:publisher": {"@type": "foaf:Organization", "foaf:name": "X"}}, "dct:publisher is no agent"),
    ],
)
def test_a_catalogue_that_breaks_a_rule_is_told(version: Version, change: dict[str, Any], said: str) -> None:
    told = document("https://minassa.example/fr/donnees/", [version], "Minassa") | change
    assert any(said in one for one in broken_rules(told))


def test_awards_follow_the_360giving_standard() -> None:
    """Every field that the standard requires is there and of its kind; an award without amount has no grant."""
    hidden = {**AWARD, "reference": "CONV-2026-0002", "accorde_centimes": None}
    [grant] = package([AWARD, hidden], date(2027, 7, 10))["grants"]
    assert set(REQUIRED) <= set(grant)
    assert all(isinstance(grant[name], str) for name in REQUIRED[:4])
    assert (grant["amountAwarded"], grant["currency"]) == (1234.56, "MAD")
    assert date.fromisoformat(grant["awardDate"]).year == 2026
    for name in ("recipientOrganization", "fundingOrganization"):
        assert all(isinstance(one["id"], str) and isinstance(one["name"], str) for one in grant[name])
    assert (grant["minassa:jobsPromised"], grant["minassa:jobsVerified"]) == (120, 42)
    schema = catalogue().datasets["attributions"].schema_of("attributions")
    jsonschema_rs.validate(schema, [AWARD, hidden])


def test_the_grid_leads_to_data_sets_that_are_there() -> None:
    """Each criterion that is met, even in part, shows the data set where it is."""
    for one in grid().criteria:
        assert one.dataset in catalogue().datasets if one.answer != "none" else one.dataset is None
    assert len({one.code for one in grid().criteria}) == len(grid().criteria)


def test_nothing_is_listed_before_the_first_version(tmp_path: Path) -> None:
    """An empty workspace has no version."""
    assert versions(tmp_path) == []
