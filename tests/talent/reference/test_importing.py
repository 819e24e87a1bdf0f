"""Official download files of ESCO and ROME, in their layout with invented content."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from minassa.talent.reference.importing import UnknownDownload, keep_download, kept_label, read_download
from minassa.talent.reference.relations import read_linked

X = "http://data.europa.eu/esco/occupation/x"
ESCO = (
    "conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,status\n"
    'Occupation,http://data.europa.eu/esco/occupation/x,2512,métier exemple,"autre nom\nencore un",released\n'
)
ROME = '"code_rome","code_ogr","libelle_appellation_long"\n"M1805","1","Titre Exemple"\n"M1805","2","Second Exemple"\n'


def test_a_zip_of_esco_gives_its_labels_and_whose_they_are(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "esco.zip", "w") as held:
        held.writestr("ESCO dataset/occupations_fr.csv", "\ufeff" + ESCO)
        held.writestr("ESCO dataset/autre_fr.csv", "a,b\n")
    (found,) = read_download(tmp_path / "esco.zip")
    assert (found.kind, found.language) == ("occupations", "fr")
    assert found.labels == {"http://data.europa.eu/esco/occupation/x": ["métier exemple", "autre nom", "encore un"]}
    keep_download(tmp_path / "home", found)
    assert kept_label(tmp_path / "home", "occupations", "fr", X) == "métier exemple"
    assert kept_label(tmp_path / "home", "occupations", "ar", X) == ""
    assert "ESCO classification of the European Commission" in found.source


def test_titles_of_rome_are_gathered_by_code(tmp_path: Path) -> None:
    path = tmp_path / "unix_referentiel_appellation_v460_utf8.csv"
    path.write_text(ROME, encoding="utf-8")
    (found,) = read_download(path)
    assert found.labels == {"M1805": ["Titre Exemple", "Second Exemple"]}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("autre.csv", b"a,b\n"),
        ("occupations_fr.csv", b"conceptUri,preferredLabel\n"),
        ("occupations_fr.csv", b"\xff\xfe\x00"),
        ("occupations_fr.csv", b""),
    ],
    ids=["another file", "a column missing", "not UTF-8", "empty"],
)
def test_anything_else_is_refused_in_a_sentence(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnknownDownload):
        read_download(tmp_path / name)


RELATIONS = "occupationUri,relationType,skillType,skillUri\n" + "".join(
    f"http://data.europa.eu/esco/occupation/{one},{kind},skill/competence,http://data.europa.eu/esco/skill/{skill}\n"
    for one, kind, skill in (
        ("x", "essential", "a"),
        ("x", "optional", "b"),
        ("x", "optional", "a"),
        ("z", "optional", "a"),
    )
)


def test_a_folder_of_zips_gives_what_occupations_ask_and_their_unit_groups(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "ESCO dataset - v1.1.1 - classification - fr - csv.zip", "w") as held:
        held.writestr("occupations_fr.csv", ESCO)
    with zipfile.ZipFile(tmp_path / "ESCO dataset - v1.1.1 - classification -  - csv.zip", "w") as held:
        held.writestr("occupationSkillRelations.csv", RELATIONS)
    found = read_linked(tmp_path)
    assert found.groups == {X: "2512"}
    assert [len(found.essential[X]), len(found.optional[X])] == [1, 1]
    assert [one.kind for one in read_download(tmp_path)] == ["occupations"]
    (tmp_path / "empty").mkdir()
    for lacking in (tmp_path / "empty", tmp_path / "ESCO dataset - v1.1.1 - classification - fr - csv.zip"):
        with pytest.raises(UnknownDownload):
            read_linked(lacking)
