"""Sheets that firms fill in: staff register, yearly accounts, firm sheet; CSV or XLSX in, CSV and templates out."""

from minassa.declarations.tabular.firm_sheet import FIRM, FIRM_SCHEMA, read_firm_sheet
from minassa.declarations.tabular.forms import Column, Form, Kind
from minassa.declarations.tabular.reading import Reader, Sheet, TabularFile, TabularFiles, read_one, read_together
from minassa.declarations.tabular.staff_register import STAFF, STAFF_SCHEMA, read_staff_register
from minassa.declarations.tabular.template import write_form, write_template
from minassa.declarations.tabular.writing import write_firm_sheet, write_staff_register, write_yearly_accounts
from minassa.declarations.tabular.yearly_accounts import ACCOUNTS, ACCOUNTS_SCHEMA, read_yearly_accounts

__all__ = [
    "ACCOUNTS",
    "ACCOUNTS_SCHEMA",
    "FIRM",
    "FIRM_SCHEMA",
    "STAFF",
    "STAFF_SCHEMA",
    "Column",
    "Form",
    "Kind",
    "Reader",
    "Sheet",
    "TabularFile",
    "TabularFiles",
    "read_firm_sheet",
    "read_one",
    "read_staff_register",
    "read_together",
    "read_yearly_accounts",
    "write_firm_sheet",
    "write_form",
    "write_staff_register",
    "write_template",
    "write_yearly_accounts",
]
