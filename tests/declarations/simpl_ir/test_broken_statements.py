from __future__ import annotations

import io
import zipfile

import pytest

from minassa.declarations.simpl_ir import Limits, read
from minassa.declarations.simpl_ir.layout import SUMS
from tests.declarations.simpl_ir.statement_example import EXAMPLE, place, read_text, replaced, shown

Broken = tuple[str, str, str, str, str, int]

# What is replaced, by what, rule, severity, the tag shown and its rank among those of the broken file.
LINES: list[Broken] = [
    (
        "<mtBrutTraitementSalaire>108000.00",
        "<mtBrutTraitementSalaire>108000,00",
        "SIMPL-MONTANT",
        "reject",
        "<mtBrutTraitementSalaire>",
        0,
    ),
    ("<mtCotisationAssur>5000.00", "<mtCotisationAssur>-5000.00", "SIMPL-MONTANT", "reject", "<mtCotisationAssur>", 0),
    ("<mtAvantages>0.00", "<mtAvantages>0.001", "SIMPL-MONTANT", "reject", "<mtAvantages>", 0),
    ("<montantExonere>2000.00", "<montantExonere>2 000", "SIMPL-MONTANT", "reject", "<listElementsExonere>", 0),
    ("<montantExonere>2000.00", "<montantExonere>2000.01", "SIMPL-EXONERE", "reject", "<mtExonere>", 0),
    ("<nbrReductions>2", "<nbrReductions>deux", "SIMPL-ENTIER", "reject", "<nbrReductions>", 0),
    ("<nbrReductions>2", "<nbrReductions>200", "SIMPL-ETENDUE", "reject", "<nbrReductions>", 0),
    ("<periode>312", "<periode>367", "SIMPL-ETENDUE", "reject", "<periode>", 0),
    ("<periode>312", "<periode>31.5", "SIMPL-ENTIER", "reject", "<periode>", 0),
    ("<mtBrutSommes>10000.00", "<mtBrutSommes>", "SIMPL-ABSENT", "reject", "<mtBrutSommes>", 0),
    ("<numCNSS>199000003", "<numCNSS>19900000X", "SIMPL-CNSS", "reject", "<numCNSS>", 0),
    ("<numCNSS>199000003", "<numCNSS>100000000", "SIMPL-CNSS", "reject", "<numCNSS>", 0),
    ("<numCNSS>199000003", "<numCNSS>199000004", "SIMPL-CNSS-CLE", "warn", "<numCNSS>", 0),
    ("<numCNI>QZ000001", "<numCNI>1234567", "SIMPL-CNI", "warn", "<numCNI>", 0),
    ("<numCNI>QZ000002</numCNI>", "<numCNI/>", "SIMPL-IDENTITE", "reject", "<PersonnelPermanent>", 1),
    ("<mtTotalDeduction>32000.00", "<mtTotalDeduction>32000.01", "SIMPL-DEDUCTION", "warn", "<mtTotalDeduction>", 0),
    ("<casSportif>false", "<casSportif>non", "SIMPL-BOOLEEN", "warn", "<casSportif>", 0),
    ("<datePermis>", "<datePermis>31/12/2024", "SIMPL-DATE", "warn", "<datePermis>", 0),
    ("<dateRecrutement>2025/02/01", "<dateRecrutement>2025-02-30", "SIMPL-DATE", "warn", "<dateRecrutement>", 0),
    ("<code>M</code>", "<code>X</code>", "SIMPL-CODE", "warn", "<refSituationFamiliale>", 0),
    ("TPP.25.2009", "TPP.26.2009", "SIMPL-CODE", "warn", "<refTaux>", 0),
    ("NAT_ELEM_EXO_5", "NAT_ELEM_EXO_10", "SIMPL-CODE", "warn", "<listElementsExonere>", 0),
    (
        "<numMatricule>7",
        "<irPreleve>1.00</irPreleve><numMatricule>7",
        "SIMPL-BALISE-DOUBLE",
        "reject",
        "<irPreleve>",
        1,
    ),
    ("<numMatricule>7</numMatricule>", "<matricule>7</matricule>", "SIMPL-BALISE", "warn", "<matricule>", 0),
    (
        "<numCNSS>199000045",
        "<numCNSS></numCNSS><numCNSS>199000045",
        "SIMPL-BALISE-DOUBLE",
        "reject",
        "<numCNSS>199000045",
        0,
    ),
    (
        "<numCNI>QZ000002</numCNI><numCNSS>",
        "<numCNI>QZ000002</numCNI><numCNSS>199000003",
        "SIMPL-DOUBLON",
        "warn",
        "<numCNSS>199000003",
        1,
    ),
    ("<mois>3<", "<mois>13<", "SIMPL-VERSEMENT-MOIS", "warn", "<mois>13", 0),
    ("<mois>3<", "<mois>2<", "SIMPL-VERSEMENT-MOIS", "warn", "<mois>2", 1),
    (
        "<totalVersement>9200.50",
        "<totalVersement>9200.51",
        "SIMPL-VERSEMENT-SOMME",
        "warn",
        "<totalVersement>9200.51",
        0,
    ),
    ("<penalite>0.00", "<penalite>1.00", "SIMPL-VERSEMENT-SOMME", "warn", "<listDetailPaiement>", 0),
    ("<principal>9200.50", "<principal>9200,50", "SIMPL-MONTANT", "warn", "<listDetailPaiement>", 11),
    ("<code>SIR</code>", "<code>VIR</code>", "SIMPL-CODE", "warn", "<listDetailPaiement>", 0),
    ("<annee>2025", "<annee>2024", "SIMPL-EXERCICE", "reject", "<annee>", 0),
    ("<annee>2025", "<annee>25", "SIMPL-EN-TETE", "reject", "<annee>", 0),
    ("<identifiantFiscal>99000003", "<identifiantFiscal>IF99", "SIMPL-EN-TETE", "reject", "<identifiantFiscal>", 0),
    ("<exerciceFiscalDu>2025-01-01", "<exerciceFiscalDu>01-01-2025", "SIMPL-DATE", "warn", "<exerciceFiscalDu>", 0),
    ("<numeroCNSS>9900003", "<numeroCNSS>9900004", "SIMPL-AFFILIATION-CLE", "warn", "<numeroCNSS>", 0),
    ("<numeroCNSS>9900003", "<numeroCNSS>N990000", "SIMPL-AFFILIATION", "warn", "<numeroCNSS>", 0),
    ("141.01.51", "Casablanca", "SIMPL-CODE", "warn", "<commune>", 0),
    ("<nbrStagiaires>1", "<nbrStagiaires>un", "SIMPL-ENTIER", "reject", "<nbrStagiaires>", 0),
    ("<numeroRC>990003</numeroRC>", "<numeroRc>990003</numeroRc>", "SIMPL-BALISE", "warn", "<numeroRc>", 0),
    ("<numeroFax></numeroFax>", "<annee>2025</annee>", "SIMPL-BALISE-DOUBLE", "reject", "<annee>", 1),
    ("<effectifTotal>4", "<effectifTotal>7", "SIMPL-EFFECTIF", "reject", "<effectifTotal>", 0),
    ("<nbrPersoPermanent>2", "<nbrPersoPermanent>1", "SIMPL-EFFECTIF", "reject", "<nbrPersoPermanent>", 0),
    ("<nbrPersoOccasionnel>1", "<nbrPersoOccasionnel>2", "SIMPL-EFFECTIF", "reject", "<nbrPersoOccasionnel>", 0),
    ("<totalSommePayeRTS>180000.00", "<totalSommePayeRTS>180000.01", "SIMPL-TOTAL", "reject", "<totalSommePayeRTS>", 0),
    ("<totalmtAbondement>0.00", "<totalmtAbondement>1.00", "SIMPL-VERSE", "warn", "<totalmtAbondement>", 0),
]


@pytest.mark.parametrize(("old", "new", "rule", "severity", "marker", "rank"), LINES)
def test_each_breach_is_said_once_at_its_place(
    old: str, new: str, rule: str, severity: str, marker: str, rank: int
) -> None:
    text = replaced(old, new)
    findings = [found for found in shown(read_text(text).report.findings) if found[0] == rule]
    assert findings == [(rule, severity, *place(text, marker, rank))]


@pytest.mark.parametrize("tag", SUMS)
def test_each_wrong_total_refuses_the_file(tag: str) -> None:
    start = EXAMPLE.index(f"<{tag}>") + len(tag) + 2
    text = EXAMPLE[:start] + "9" + EXAMPLE[start:]
    read_file = read_text(text)
    assert ("SIMPL-TOTAL", "reject", *place(text, f"<{tag}>")) in shown(read_file.report.findings)
    assert read_file.report.refused
    assert read_file.rows.is_empty()
    assert (read_file.report.accepted, read_file.report.rejected) == (0, 6)


@pytest.mark.parametrize("tag", ["montantPermanent", "montantOccasionnel", "montantStagiaire"])
def test_each_wrong_amount_paid_is_said_and_breaks_the_sum_of_the_three(tag: str) -> None:
    start = EXAMPLE.index(f"<{tag}>") + len(tag) + 2
    text = EXAMPLE[:start] + "9" + EXAMPLE[start:]
    found = shown(read_text(text).report.findings)
    assert found == [
        ("SIMPL-TOTAL", "reject", *place(text, "<totalSommePayeRTS>")),
        ("SIMPL-VERSE", "warn", *place(text, f"<{tag}>")),
    ]


def test_an_absent_total_is_shown_at_the_root() -> None:
    text = replaced("<totalMtIrPrelevePP>6200.50</totalMtIrPrelevePP>\n", "")
    findings = shown(read_text(text).report.findings)
    assert ("SIMPL-TOTAL", "reject", *place(text, "<TraitementEtSalaire>")) in findings


def test_a_total_is_not_compared_when_a_line_cannot_be_read() -> None:
    found = shown(read_text(replaced("<irPreleve>6200.50", "<irPreleve>illisible")).report.findings)
    assert [each[0] for each in found] == ["SIMPL-MONTANT"]


def test_a_member_outside_its_list_refuses_the_file() -> None:
    text = EXAMPLE.replace("<listStagiaires>", "<listeStagiaires>").replace("</listStagiaires>", "</listeStagiaires>")
    read_file = read_text(text)
    assert [finding.rule for finding in read_file.report.findings] == ["SIMPL-STRUCTURE"]
    assert read_file.report.refused


BOMB = (
    '<?xml version="1.0"?>\n<!DOCTYPE TraitementEtSalaire [\n<!ENTITY a "aaaaaaaaaa">\n'
    + "".join(f'<!ENTITY {chr(98 + rank)} "{f"&{chr(97 + rank)};" * 10}">\n' for rank in range(9))
    + "]>\n<TraitementEtSalaire><raisonSociale>&j;</raisonSociale></TraitementEtSalaire>"
)
EXTERNAL = (
    '<?xml version="1.0"?><!DOCTYPE TraitementEtSalaire [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    "<TraitementEtSalaire><raisonSociale>&x;</raisonSociale></TraitementEtSalaire>"
)

# The file, rule, line and column.
FILES: list[tuple[bytes, str, int, int]] = [
    (b"", "SIMPL-VIDE", 0, 0),
    (b" \n\t\n", "SIMPL-VIDE", 0, 0),
    (BOMB.encode(), "SIMPL-DOCTYPE", 2, 1),
    (EXTERNAL.encode(), "SIMPL-DOCTYPE", 1, 22),
    (b"<!-- rien -->\n  <!DOCTYPE x>\n<TraitementEtSalaire/>", "SIMPL-DOCTYPE", 2, 3),
    (b"<!DOCTYPE x>" + EXAMPLE.encode(), "SIMPL-DOCTYPE", 1, 1),
    (b"<html>\n</html>", "SIMPL-RACINE", 1, 1),
    (b'<?xml version="1.0"?>\n  <traitementEtSalaire/>', "SIMPL-RACINE", 2, 3),
    (b'<TraitementEtSalaire xmlns="urn:x"></TraitementEtSalaire>', "SIMPL-RACINE", 1, 1),
    (b"<!--" + b" " * 70_000 + b"--><TraitementEtSalaire/>", "SIMPL-RACINE", 0, 0),
    (EXAMPLE.encode("utf-16"), "SIMPL-ENCODAGE", 1, 1),
    (EXAMPLE.replace("UTF-8", "windows-1252").encode("cp1252"), "SIMPL-ENCODAGE", 1, 31),
    (EXAMPLE.encode("cp1252"), "SIMPL-ENCODAGE", 2, 19),
    (EXAMPLE.replace("&amp;", "&eacute;").encode(), "SIMPL-ENTITE", 7, 32),
    (EXAMPLE.replace("</annee>", "</an>").encode(), "SIMPL-XML", 10, 17),
    (EXAMPLE.replace("<annee>", "<annee annee>").encode(), "SIMPL-XML", 10, 13),
    (EXAMPLE.encode() + b"<encore/>", "SIMPL-XML", EXAMPLE.count("\n") + 1, 1),
    (EXAMPLE.replace("&amp;", "\x01").encode(), "SIMPL-XML", 7, 24),
    (b"Bonjour", "SIMPL-XML", 1, 1),
    (b"\x00\x01\x02\x03", "SIMPL-ENCODAGE", 1, 1),
    (b"<TraitementEtSalaire>" + b"<a>" * 300, "SIMPL-XML", 1, 789),
]


@pytest.mark.parametrize(("content", "rule", "line", "column"), FILES)
def test_what_is_no_statement_is_refused_with_one_reason(content: bytes, rule: str, line: int, column: int) -> None:
    read_file = read("depot.xml", content)
    assert shown(read_file.report.findings) == [(rule, "reject", line, column)]
    assert read_file.report.refused
    assert read_file.rows.is_empty()


def test_a_file_cut_anywhere_is_refused() -> None:
    content = EXAMPLE.encode()
    end = content.rindex(b">") + 1
    for cut in range(60, end, 397):
        read_file = read("coupe.xml", content[:cut])
        assert read_file.report.refused
        assert [finding.rule for finding in read_file.report.findings] == ["SIMPL-TRONQUE"], cut


def test_a_file_cut_says_the_last_line_it_has() -> None:
    content = EXAMPLE[: EXAMPLE.index("<listDoctorants>")].encode()
    assert read("coupe.xml", content).report.findings[0].line == content.count(b"\n") + 1
    assert read("coupe.xml", content).report.affiliation == "9900003"


def _zip(*members: tuple[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return packed.getvalue()


WHOLE = _zip(("declaration.xml", EXAMPLE.encode()))
ENCRYPTED = bytearray(WHOLE)
ENCRYPTED[ENCRYPTED.index(b"PK\x01\x02") + 8] |= 1


@pytest.mark.parametrize(
    "content",
    [
        _zip(("a.xml", b"<a/>"), ("b.xml", b"<b/>")),
        _zip(("declaration.txt", EXAMPLE.encode())),
        _zip(),
        WHOLE[:-30],
        WHOLE[:200] + b"\xff\xff\xff\xff" + WHOLE[204:],
        bytes(ENCRYPTED),
    ],
    ids=["two", "no xml", "nothing", "cut", "damaged", "encrypted"],
)
def test_an_archive_that_is_not_one_xml_is_refused(content: bytes) -> None:
    read_file = read("depot.zip", content)
    assert shown(read_file.report.findings) == [("SIMPL-ZIP", "reject", 0, 0)]


def test_an_archive_that_unfolds_without_measure_is_refused() -> None:
    bomb = _zip(("bombe.xml", b"<TraitementEtSalaire>" + b" " * 3_000_000 + b"</TraitementEtSalaire>"))
    assert len(bomb) < 4_000
    limits = Limits(expanded=1 << 30, ratio=200, free=1 << 16)
    assert shown(read("bombe.zip", bomb, limits).report.findings) == [("SIMPL-ZIP-BOMBE", "reject", 0, 0)]
    smaller = Limits(expanded=1_000_000, ratio=10_000, free=1 << 16)
    assert shown(read("bombe.zip", bomb, smaller).report.findings) == [("SIMPL-ZIP-BOMBE", "reject", 0, 0)]


def test_an_element_without_end_does_not_fill_the_memory() -> None:
    flood = b"<TraitementEtSalaire><listStagiaires><Stagiaire>" + b"<a/>" * 200_000
    assert shown(read("flot.xml", flood).report.findings) == [("SIMPL-DEMESURE", "reject", 0, 0)]
