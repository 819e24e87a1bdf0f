"""The yearly statement of salaries and tax withheld (SIMPL-IR, « état 9421 »): read and written as EDI XML."""

from minassa.declarations.simpl_ir.header import Header
from minassa.declarations.simpl_ir.people import ROW_SCHEMA
from minassa.declarations.simpl_ir.reading import SimplIrFile, SimplIrFiles, read, read_together
from minassa.declarations.simpl_ir.sources import Limits
from minassa.declarations.simpl_ir.statements import Employer, Statement
from minassa.declarations.simpl_ir.writing import write

__all__ = [
    "ROW_SCHEMA",
    "Employer",
    "Header",
    "Limits",
    "SimplIrFile",
    "SimplIrFiles",
    "Statement",
    "read",
    "read_together",
    "write",
]
