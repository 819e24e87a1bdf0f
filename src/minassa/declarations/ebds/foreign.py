"""Files that are no e-BDS file at all, told from their first bytes."""

from __future__ import annotations

from minassa.declarations.ebds import rules
from minassa.declarations.ebds.layout import RECORDS
from minassa.declarations.ebds.rules import Rule

HEADS = frozenset(code.encode() for code in RECORDS)
"""The first three bytes of any record."""

_HEAD = 16_384
_SIGNATURES = (
    (b"PK\x03\x04", "une archive ZIP ou un classeur Excel : déposez le fichier texte qu'elle contient"),
    (b"\xd0\xcf\x11\xe0", "un ancien document Office"),
    (b"%PDF", "un document PDF"),
    (b"\x1f\x8b", "une archive gzip : déposez le fichier texte qu'elle contient"),
    (b"<", "un document XML ou HTML"),
)
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_WIDE_HEADS = frozenset(code.decode().encode(encoding) for code in HEADS for encoding in ("utf-16-le", "utf-16-be"))


def foreign(data: bytes) -> tuple[Rule, str] | None:
    """The rule that refuses the whole content, with the sentence that says why; None when records are in sight."""
    if not data:
        return rules.EMPTY, "Le fichier est vide : déposez le fichier produit par votre logiciel de paie."
    if data.startswith(_WIDE_MARKS) or data[:6] in _WIDE_HEADS:
        return rules.UTF16, "Le fichier est écrit en UTF-16 : enregistrez-le en ASCII, un octet par caractère."
    likeness = next((name for signature, name in _SIGNATURES if data.startswith(signature)), None)
    head = data[:_HEAD]
    if likeness is None and any(line[:3] in HEADS for line in head.splitlines()):
        return None
    if likeness is None:
        likeness = (
            "binaire (octets nuls)" if b"\x00" in head else "d'une autre nature (aucun enregistrement A0x, B0x, E0x)"
        )
    return rules.FOREIGN, f"Ce n'est pas un fichier e-BDS : le contenu est {likeness}."
