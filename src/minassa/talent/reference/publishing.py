"""The reference as files for others: rows of a table, and SKOS as JSON-LD, with what must be said of ESCO in each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from minassa.talent.reference.entries import Occupation, Skill, Standing, Synonyms, Words
from minassa.talent.reference.reading import Reference

ESCO_IN_SERVICE: Final = "This service uses the ESCO classification of the European Commission."
ESCO_IN_FILE: Final = "This publication uses the ESCO classification of the European Commission."
ADAPTED: Final = (
    "Adapted version: occupations, skills and links chosen and reworded for Morocco from ESCO v1.1.1; not the official "
    "ESCO."
)
ISCO: Final = "International Standard Classification of Occupations (ISCO-08), International Labour Organization."
ROME: Final = "Source : France Travail, ROME 4.0 (version 460), Licence Ouverte 2.0 (Etalab) ; codes seuls."
NOTICES: Final = (ESCO_IN_FILE, ADAPTED, ISCO, ROME)
"""What goes with every file, in this order."""
LANGUAGES: Final = ("fr", "ar", "en")
_ESCO_ISCO: Final = "http://data.europa.eu/esco/isco/C"
CONTEXT: Final[Mapping[str, Any]] = {
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dct": "http://purl.org/dc/terms/",
    "esco": "http://data.europa.eu/esco/model#",
    "owl": "http://www.w3.org/2002/07/owl#",
}
Row = dict[str, str | int]


def occupation_rows(held: Reference) -> list[Row]:
    """One row for each occupation; lists are separated by ` | `."""
    return [_occupation_row(one) for one in held.occupations.values()]


def skill_rows(held: Reference) -> list[Row]:
    """One row for each skill; lists are separated by ` | `."""
    return [_skill_row(one) for one in held.skills.values()]


def skos(held: Reference, address: str, version: str) -> dict[str, Any]:
    """The whole reference in SKOS; `address` is that of its pages, under which every concept has its own."""
    scheme = {
        "@id": address,
        "@type": "skos:ConceptScheme",
        "dct:title": _said(
            Words(
                fr="Référentiel national des compétences du digital et de l'offshoring",
                ar="المرجع الوطني لمهارات الرقمنة والأوفشورينغ",
                en="National Reference of Digital and Offshoring Skills",
            )
        ),
        "dct:rights": [{"@value": notice} for notice in NOTICES],
        "owl:versionInfo": version,
        "dct:identifier": held.digest,
    }
    occupations = [_occupation(one, address) for one in held.occupations.values()]
    return {
        "@context": dict(CONTEXT),
        "@graph": [scheme, *occupations, *(_skill(one, address) for one in held.skills.values())],
    }


def _occupation_row(one: Occupation) -> Row:
    return {
        **_words_row(one),
        "isco08": one.isco08,
        "filieres": _joined(one.filieres),
        "cnc": one.cnc,
        "rome": _joined(one.rome),
        "rome_by": one.rome_by.value,
        "ecf": _joined(one.ecf),
        "sfia": _joined(one.sfia),
        "esco": one.esco or "",
        "essential": _joined(one.essential),
        "optional": _joined(one.optional),
    }


def _skill_row(one: Skill) -> Row:
    return {
        **_words_row(one),
        "domain": one.domain,
        "kind": one.kind.value,
        "ecf": _joined(one.ecf),
        "sfia": _joined(one.sfia),
        "esco": _joined(one.esco),
    }


def _words_row(one: Occupation | Skill) -> Row:
    labels: Row = {f"label_{language}": one.label.said(language) for language in LANGUAGES}
    definitions: Row = {
        f"definition_{language}": one.definition.said(language) if one.definition else "" for language in LANGUAGES
    }
    synonyms: Row = {f"synonyms_{language}": _joined(getattr(one.synonyms, language)) for language in LANGUAGES}
    standing: Row = {"status": one.status.value, "successor": one.successor or ""}
    return {"code": one.code, **labels, **definitions, **synonyms, **standing}


def _joined(values: tuple[str, ...]) -> str:
    return " | ".join(values)


def _occupation(one: Occupation, address: str) -> dict[str, Any]:
    return {
        **_concept(one, f"{address}metiers/{one.code}/", address),
        "skos:broadMatch": {"@id": f"{_ESCO_ISCO}{one.isco08}"},
        **({"skos:closeMatch": {"@id": one.esco}} if one.esco else {}),
        "esco:relatedEssentialSkill": [{"@id": f"{address}competences/{code}/"} for code in one.essential],
        "esco:relatedOptionalSkill": [{"@id": f"{address}competences/{code}/"} for code in one.optional],
    }


def _skill(one: Skill, address: str) -> dict[str, Any]:
    return {
        **_concept(one, f"{address}competences/{one.code}/", address),
        "skos:narrowMatch": [{"@id": uri} for uri in one.esco],
    }


def _concept(one: Occupation | Skill, place: str, scheme: str) -> dict[str, Any]:
    told: dict[str, Any] = {
        "@id": place,
        "@type": "skos:Concept",
        "skos:inScheme": {"@id": scheme},
        "skos:notation": one.code,
        "skos:prefLabel": _said(one.label),
        "skos:altLabel": _alternatives(one.synonyms),
    }
    if one.definition:
        told["skos:definition"] = _said(one.definition)
    if one.status is Standing.DEPRECATED:
        told["owl:deprecated"] = True
    if one.successor:
        told["dct:isReplacedBy"] = {"@id": place.replace(one.code, one.successor)}
    return told


def _said(words: Words) -> list[dict[str, str]]:
    return [{"@language": language, "@value": words.said(language)} for language in LANGUAGES]


def _alternatives(synonyms: Synonyms) -> list[dict[str, str]]:
    return [{"@language": language, "@value": each} for language in LANGUAGES for each in getattr(synonyms, language)]
