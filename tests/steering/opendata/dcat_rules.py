"""Rules of DCAT-AP 3 on what a catalogue of ours holds, in our words; read in the SHACL shapes of the profile.

https://semiceu.github.io/DCAT-AP/releases/3.0.1/ (classes Catalogue, Dataset, Distribution, Agent, Checksum): what must
be there, what may be there once at most, of what kind values are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

NEEDED: Final = {
    "dcat:Catalog": ("dct:title", "dct:description", "dct:publisher"),
    "dcat:Dataset": ("dct:title", "dct:description"),
    "dcat:Distribution": ("dcat:accessURL",),
    "spdx:Checksum": ("spdx:algorithm", "spdx:checksumValue"),
    "foaf:Agent": ("foaf:name",),
}
ONCE: Final = (
    *("dct:publisher", "dct:license", "dct:issued", "dct:modified", "dct:accessRights", "dct:format"),
    *("dcat:mediaType", "dcat:byteSize", "dcat:version", "spdx:checksum", "spdx:algorithm", "spdx:checksumValue"),
)
DATES: Final = ("dct:issued", "dct:modified")
LINKS: Final = ("dcat:accessURL", "dcat:downloadURL", "dct:license", "dct:language", "dcat:theme", "dct:spatial")
TYPED: Final = {"spdx:checksumValue": "xsd:hexBinary", "dcat:byteSize": "xsd:nonNegativeInteger"}


def broken_rules(catalogue: Mapping[str, Any]) -> list[str]:
    """The rules that a catalogue breaks, each in a sentence; empty when it keeps them."""
    return [said for node in _nodes(catalogue) for said in _broken(node)]


def _nodes(value: Any) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401 - a document of JSON
    if isinstance(value, Mapping):
        if "@type" in value and "@value" not in value:
            yield value
        for name, held in value.items():
            if name != "@context":
                yield from _nodes(held)
    elif isinstance(value, list):
        for one in value:
            yield from _nodes(one)


def _values(node: Mapping[str, Any], name: str) -> list[Any]:
    held = node.get(name)
    values = held if isinstance(held, list) else [held]
    return [one for one in values if one is not None and one != ""]


def _broken(node: Mapping[str, Any]) -> Iterator[str]:
    kinds = _values(node, "@type")
    known = [kind for kind in kinds if kind in NEEDED]
    told = known[0] if known else str(kinds)
    yield from (f"{told}: {name} is missing" for kind in known for name in NEEDED[kind] if not _values(node, name))
    yield from (f"{told}: {name} is there more than once" for name in ONCE if len(_values(node, name)) > 1)
    for one in _values(node, "dct:publisher"):
        if "foaf:Agent" not in _values(one, "@type"):
            yield f"{told}: dct:publisher is no agent"
    for name in DATES:
        if any(not isinstance(one, Mapping) or one["@type"] != "xsd:dateTime" for one in _values(node, name)):
            yield f"{told}: {name} is no date"
    for name in LINKS:
        if any(not re.match(r"[a-z]+:", one["@id"]) for one in _values(node, name)):
            yield f"{told}: {name} is no address"
    for name, kind in TYPED.items():
        if any(not isinstance(one, Mapping) or one["@type"] != kind for one in _values(node, name)):
            yield f"{told}: {name} is not typed {kind}"
