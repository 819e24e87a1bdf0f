"""CNSS e-BDS exchange files: read and checked by the thousand, written from columns.

The rest of the package is private. See README.md for the rules and what they do.
"""

from minassa.declarations.ebds.checking import Batch, Lines, check_batch
from minassa.declarations.ebds.declaration import Declaration, Employer, Entrants, Family, Insured, full_names
from minassa.declarations.ebds.headers import Headers
from minassa.declarations.ebds.layout import RECORDS, Field, FieldType, Record
from minassa.declarations.ebds.lines import SourceFile
from minassa.declarations.ebds.reading import UnreadableDeclaration, read_declaration
from minassa.declarations.ebds.rules import RULES, Effect, Rule
from minassa.declarations.ebds.writing import write, write_many

__all__ = [
    "RECORDS",
    "RULES",
    "Batch",
    "Declaration",
    "Effect",
    "Employer",
    "Entrants",
    "Family",
    "Field",
    "FieldType",
    "Headers",
    "Insured",
    "Lines",
    "Record",
    "Rule",
    "SourceFile",
    "UnreadableDeclaration",
    "check_batch",
    "full_names",
    "read_declaration",
    "write",
    "write_many",
]
