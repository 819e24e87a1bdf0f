"""The 18 record types of the e-BDS exchange files, as data: field, position, length, type, meaning.

Source: CNSS, « Cahier des charges relatif à la réalisation des déclarations des salaires en mode échange de fichiers »,
version 2 (text ``ebds-specification``). Every record is 260 characters; the first three name its type.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

RECORD_LENGTH = 260
"""Characters of a record, without its line end."""

SITUATIONS = ("", "SO", "DE", "IT", "IL", "AT", "CS", "MS", "MP")
"""Situation codes by rank: ordinary work, left, deceased, maternity, sickness, work accident, unpaid leave, kept on the
books without salary, occupational disease."""

TRANSFER = "transfer"
CATEGORY = "category"
AFFILIATION = "affiliation"
PERIOD = "period"
HEADCOUNT = "headcount"
NUMBER = "number"
NAME = "name"
CIN = "cin"
CHILDREN = "children"
AF_DUE = "af_due"
AF_DEDUCT = "af_deduct"
AF_NET = "af_net"
AF_BACK = "af_back"
DAYS = "days"
SALARY_REAL = "salary_real"
SALARY_CAPPED = "salary_capped"
SITUATION = "situation"
CHECKSUM = "checksum"
EMPLOYER_TEXTS = ("company", "activity", "address", "city", "postcode", "agency")
"""The texts of a header, in order."""


class FieldType(StrEnum):
    """What a field may hold."""

    NUMBER = "N"
    """Digits only, padded on the left with 0."""
    TEXT = "AN"
    """Capital letters, digits, space, tab; padded on the right with spaces."""
    DATE = "D"
    """AAAAMMJJ, written as digits."""
    BLANK = "filler"
    """Spaces only."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: our name, the official one, first column (from 1), length, type, meaning."""

    name: str
    official: str
    start: int
    length: int
    type: FieldType
    meaning: str

    @property
    def end(self) -> int:
        """Last column, from 1, included."""
        return self.start + self.length - 1

    @property
    def columns(self) -> slice:
        """The field as a slice of the record, from 0."""
        return slice(self.start - 1, self.end)


@dataclass(frozen=True, slots=True)
class Record:
    """One record type: its code (``B02``), its meaning, and its fields after the type, which fill it to column 260."""

    code: str
    meaning: str
    fields: tuple[Field, ...]

    def field(self, name: str) -> Field:
        """The field of that name; KeyError when the record has none."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)

    def of_type(self, *types: FieldType) -> tuple[Field, ...]:
        """The fields of these types, in order."""
        return tuple(field for field in self.fields if field.type in types)


_Shape = tuple[str, str, int, FieldType, str]

_N, _AN, _D = FieldType.NUMBER, FieldType.TEXT, FieldType.DATE

_KEYS: tuple[_Shape, ...] = (
    (AFFILIATION, "N_Num_Affilie", 7, _N, "employer affiliation number"),
    (PERIOD, "L_Periode", 6, _N, "month, AAAAMM"),
)
_NATURE: tuple[_Shape, ...] = (
    (TRANSFER, "N_Identif_Transfert", 14, _N, "transfer reference created by CNSS"),
    (CATEGORY, "L_Cat", 2, _AN, "A0 préétabli, B0 principal, E1 to E9 complementary"),
)
_EMPLOYER: tuple[_Shape, ...] = (
    *_KEYS,
    ("company", "L_Raison_Sociale", 40, _AN, "company name"),
    ("activity", "L_Activite", 40, _AN, "activity, free text"),
    ("address", "L_Adresse", 120, _AN, "address"),
    ("city", "L_Ville", 20, _AN, "city"),
    # Typed N in one table of the specification and AN in another: real postcodes come padded with spaces.
    ("postcode", "C_Code_Postal", 6, _AN, "postcode"),
    ("agency", "C_Code_Agence", 2, _AN, "CNSS agency"),
    ("issued", "D_Date_Emission", 8, _D, "day of issue"),
    ("due", "D_Date_Exig", 8, _D, "due day of return and payment"),
)
_ANNOUNCED: tuple[_Shape, ...] = (
    *_KEYS,
    (NUMBER, "N_Num_Assure", 9, _N, "immatriculation number"),
    (NAME, "L_Nom_Prenom", 60, _AN, "family name (30) and given name (30)"),
    (CHILDREN, "N_Enfants", 2, _N, "children entitled to family allowances"),
    (AF_DUE, "N_AF_A_Payer", 6, _N, "family allowances due, centimes"),
    (AF_DEDUCT, "N_AF_A_Deduire", 6, _N, "family allowances to deduct, centimes"),
    (AF_NET, "N_AF_Net_A_Payer", 6, _N, "due less deduction, centimes"),
)
_INSURED: tuple[_Shape, ...] = (
    *_ANNOUNCED,
    (AF_BACK, "N_AF_A_Reverser", 6, _N, "family allowances paid back to CNSS, centimes"),
    (DAYS, "N_Jours_Declares", 2, _N, "days declared, 0 to 26"),
    (SALARY_REAL, "N_Salaire_Reel", 13, _N, "gross salary subject to contributions, centimes"),
    (SALARY_CAPPED, "N_Salaire_Plaf", 9, _N, "the same, capped, centimes"),
    (SITUATION, "L_Situation", 2, _AN, "situation code, two spaces for ordinary work"),
    (CHECKSUM, "S_Ctr", 19, _N, "check sum of the line"),
)
_ANNOUNCED_TOTALS: tuple[_Shape, ...] = (
    *_KEYS,
    (HEADCOUNT, "N_Nbr_Salaries", 6, _N, "number of insured persons"),
    (CHILDREN, "N_T_Enfants", 6, _N, "sum"),
    (AF_DUE, "N_T_AF_A_Payer", 12, _N, "sum"),
    (AF_DEDUCT, "N_T_AF_A_Deduire", 12, _N, "sum"),
    (AF_NET, "N_T_AF_Net_A_Payer", 12, _N, "sum"),
    (NUMBER, "N_T_Num_Imma", 15, _N, "sum of the immatriculation numbers"),
)
_INSURED_TOTALS: tuple[_Shape, ...] = (
    *_ANNOUNCED_TOTALS,
    (AF_BACK, "N_T_AF_A_Reverser", 12, _N, "sum"),
    (DAYS, "N_T_Jours_Declares", 6, _N, "sum"),
    (SALARY_REAL, "N_T_Salaire_Reel", 15, _N, "sum"),
    (SALARY_CAPPED, "N_T_Salaire_Plaf", 13, _N, "sum"),
    (CHECKSUM, "N_T_Ctr", 19, _N, "sum"),
)
_ENTRANT: tuple[_Shape, ...] = (
    *_KEYS,
    (NUMBER, "N_Num_Assure", 9, _N, "immatriculation; 0 none yet; 999999999 casual labour; 9 spaces no entrant"),
    (NAME, "L_Nom_Prenom", 60, _AN, "family name (30) and given name (30)"),
    (CIN, "L_Num_CIN", 8, _AN, "national identity card"),
    (DAYS, "N_Nbr_Jours", 2, _N, "days declared"),
    (SALARY_REAL, "N_Sal_Reel", 13, _N, "gross salary subject to contributions, centimes"),
    (SALARY_CAPPED, "N_Sal_Plaf", 9, _N, "the same, capped, centimes"),
    (CHECKSUM, "S_Ctr", 19, _N, "check sum of the line"),
)
_ENTRANT_TOTALS: tuple[_Shape, ...] = (
    *_KEYS,
    (HEADCOUNT, "N_Nbr_Salaries", 6, _N, "number of persons"),
    (NUMBER, "N_T_Num_Imma", 15, _N, "sum of the immatriculation numbers"),
    (DAYS, "N_T_Jours_Declares", 6, _N, "sum"),
    (SALARY_REAL, "N_T_Salaire_Reel", 15, _N, "sum"),
    (SALARY_CAPPED, "N_T_Salaire_Plaf", 13, _N, "sum"),
    (CHECKSUM, "N_T_Ctr", 19, _N, "sum"),
)

_PREETABLI = (
    ("nature of the file", _NATURE),
    ("employer", _EMPLOYER),
    ("insured person announced by CNSS", _ANNOUNCED),
    ("totals of A02", _ANNOUNCED_TOTALS),
)
_DECLARATION = (
    ("nature of the file", _NATURE),
    ("employer", _EMPLOYER),
    ("insured person of the préétabli", _INSURED),
    ("totals of the insured persons", _INSURED_TOTALS),
    ("entrant, a person who is not in the préétabli", _ENTRANT),
    ("totals of the entrants", _ENTRANT_TOTALS),
    ("totals of the declaration", _ENTRANT_TOTALS),
)


def _record(code: str, meaning: str, shapes: tuple[_Shape, ...]) -> Record:
    """A record whose fields follow each other from column 4; what is left of the 260 columns is filler."""
    fields, start = [], len(code) + 1
    for name, official, length, kind, sense in shapes:
        fields.append(Field(name, official, start, length, kind, sense))
        start += length
    if start <= RECORD_LENGTH:
        fields.append(Field("filler", "L_filler", start, RECORD_LENGTH - start + 1, FieldType.BLANK, "spaces"))
    return Record(code, meaning, tuple(fields))


def _family(letter: str, shapes: tuple[tuple[str, tuple[_Shape, ...]], ...]) -> dict[str, Record]:
    codes = [f"{letter}0{rank}" for rank in range(len(shapes))]
    return {code: _record(code, *shape) for code, shape in zip(codes, shapes, strict=True)}


RECORDS: dict[str, Record] = {**_family("A", _PREETABLI), **_family("B", _DECLARATION), **_family("E", _DECLARATION)}
"""Every record type by its code: A00 to A03, B00 to B06, E00 to E06."""
