"""The catalogue in DCAT-AP 3, as JSON-LD: data sets, versions as distributions with digests, licence, languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from minassa.steering.opendata.describing import Said, catalogue
from minassa.steering.opendata.versions import Version

CONTEXT: Final = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "adms": "http://www.w3.org/ns/adms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
LANGUAGES: Final = {"fr": "FRA", "ar": "ARA", "en": "ENG"}
_AUTHORITY: Final = "http://publications.europa.eu/resource/authority/"
_MEDIA: Final = {
    "csv": ("CSV", "text/csv"),
    "parquet": ("PARQUET", "application/vnd.apache.parquet"),
    "schema.json": ("JSON", "application/schema+json"),
    "360giving.json": ("JSON", "application/json"),
}


def document(address: str, found: Iterable[Version], publisher: str) -> dict[str, Any]:
    """The catalogue of versions, the last first; `address` is that of the pages of open data, its slash included."""
    every = list(found)
    held = catalogue()
    datasets = [
        _dataset(address, name, [one for one in every if one.of(name)], publisher)
        for name in held.datasets
        if any(one.of(name) for one in every)
    ]
    return {
        "@context": CONTEXT,
        "@id": f"{address}catalogue.jsonld",
        "@type": "dcat:Catalog",
        "dct:title": _said(
            Said(fr="Données ouvertes de Minassa", ar="البيانات المفتوحة لمنصة", en="Open data of Minassa")
        ),
        "dct:description": _said(
            Said(
                fr="L'offre offshoring : emplois, montants, attributions, délais.",
                ar="عرض الأوفشورينغ: مناصب الشغل والمبالغ والمنح والآجال.",
                en="The offshoring offer: jobs, amounts, awards, delays.",
            )
        ),
        "dct:publisher": _publisher(publisher),
        "dct:license": {"@id": held.licence.url},
        "dct:language": [{"@id": f"{_AUTHORITY}language/{code}"} for code in LANGUAGES.values()],
        "dct:modified": _instant(every[0].manifest["issued"]) if every else None,
        "dcat:dataset": datasets,
    }


def _dataset(address: str, name: str, found: list[Version], publisher: str) -> dict[str, Any]:
    described = catalogue().datasets[name]
    last = found[0]
    return {
        "@id": f"{address}#{name}",
        "@type": "dcat:Dataset",
        "dct:identifier": name,
        "dct:title": _said(described.title),
        "dct:description": _said(described.description),
        "dct:publisher": _publisher(publisher),
        "dct:issued": _instant(found[-1].manifest["issued"]),
        "dct:modified": _instant(last.manifest["issued"]),
        "dcat:version": last.name,
        "dct:accessRights": {"@id": f"{_AUTHORITY}access-right/PUBLIC"},
        "dct:spatial": {"@id": f"{_AUTHORITY}country/MAR"},
        "dcat:theme": {"@id": f"{_AUTHORITY}data-theme/ECON"},
        "dcat:keyword": ["synthétique"] if last.manifest.get("synthetic") else [],
        "dcat:distribution": [_distribution(address, one, file) for one in found for file in one.of(name)],
    }


def _distribution(address: str, version: Version, file: Mapping[str, Any]) -> dict[str, Any]:
    form, media = _MEDIA[file["kind"]]
    place = f"{address}versions/{version.name}/{file['file']}"
    return {
        "@id": place,
        "@type": "dcat:Distribution",
        "dct:title": f"{file['file']} ({version.name})",
        "dcat:accessURL": {"@id": place},
        "dcat:downloadURL": {"@id": place},
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{media}"},
        "dct:format": {"@id": f"{_AUTHORITY}file-type/{form}"},
        "dct:license": {"@id": catalogue().licence.url},
        "dct:issued": _instant(version.manifest["issued"]),
        "dcat:byteSize": {"@type": "xsd:nonNegativeInteger", "@value": str(file["bytes"])},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@type": "xsd:hexBinary", "@value": file["sha256"]},
        },
    }


def _said(words: Said) -> list[dict[str, str]]:
    return [{"@language": code, "@value": getattr(words, code)} for code in LANGUAGES]


def _publisher(name: str) -> dict[str, Any]:
    return {"@type": ["foaf:Agent", "foaf:Organization"], "foaf:name": name}


def _instant(text: str) -> dict[str, str]:
    return {"@type": "xsd:dateTime", "@value": text}
