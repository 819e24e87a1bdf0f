"""What a line of each kind of declaration holds once it is read: the columns kept, the same for all who read them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias

import polars as pl

Columns: TypeAlias = Mapping[str, type[pl.DataType]]

FILE: Final = "file"
"""Column of rows just read, in place of `file_id`: the rank of their file among those read together."""

PLACE: Final[Columns] = {"file_id": pl.Int64, "line": pl.Int32}
"""Where a line was read: the number of its file, and the line in it."""
CNSS: Final[Columns] = {
    **PLACE,
    "month": pl.Int32,
    "affiliation": pl.Int32,
    "person": pl.Int64,
    "record": pl.Int8,
    "days": pl.Int16,
    "salary_real": pl.Int64,
    "salary_capped": pl.Int64,
    "situation": pl.Int8,
    "children": pl.Int8,
}
"""A person in a month of a firm."""
DGI: Final[Columns] = {
    **PLACE,
    "year": pl.Int16,
    "fiscal_id": pl.Int64,
    "affiliation": pl.Int32,
    "person": pl.Int64,
    "category": pl.Int8,
    "gross_salary_year": pl.Int64,
    "exempt_year": pl.Int64,
    "gross_taxable_income_year": pl.Int64,
    "professional_expenses_year": pl.Int64,
    "social_contributions_year": pl.Int64,
    "other_deductions_year": pl.Int64,
    "net_taxable_income_year": pl.Int64,
    "income_tax_withheld_year": pl.Int64,
    "dependants": pl.Int8,
    "days_year": pl.Int16,
}
"""A person in a yearly statement of salaries; amounts of the year in centimes."""
STAFF: Final[Columns] = {
    **PLACE,
    "affiliation": pl.Int32,
    "as_of_month": pl.Int32,
    "person": pl.Int64,
    "person_by_cin": pl.Int64,
    "sex": pl.Int8,
    "birth_year": pl.Int16,
    "moroccan": pl.Boolean,
    "nationality": pl.String,
    "contract": pl.Int8,
    "hired_on": pl.Date,
    "left_on": pl.Date,
    "establishment": pl.Int16,
    "filiere": pl.Int8,
    "job_title": pl.String,
    "qualification": pl.Int8,
    "other_aid": pl.String,
    "other_aid_until_month": pl.Int32,
}
"""A stay in a staff register."""
ACCOUNTS: Final[Columns] = {
    **PLACE,
    "affiliation": pl.Int32,
    "fiscal_id": pl.Int64,
    "fiscal_year": pl.Int16,
    "opens_on": pl.Date,
    "closes_on": pl.Date,
    "turnover_year": pl.Int64,
    "export_turnover_year": pl.Int64,
    "taxable_profit_year": pl.Int64,
    "corporate_tax_year": pl.Int64,
    "value_added_year": pl.Int64,
    "training_spend_year": pl.Int64,
}
"""A fiscal year of a firm, in centimes."""
FIRMS: Final[Columns] = {
    **PLACE,
    "affiliation": pl.Int32,
    "ice": pl.String,
    "fiscal_id": pl.Int64,
    "rc": pl.String,
    "name": pl.String,
    "group_head": pl.Int32,
    "started_on": pl.Date,
    "installed_on": pl.Date,
    "activity": pl.String,
    "regime": pl.Int16,
    "tax_certificate_on": pl.Date,
    "social_certificate_on": pl.Date,
    "establishment": pl.Int16,
    "place": pl.Int16,
    "place_from": pl.Date,
    "place_to": pl.Date,
}
"""An establishment of a firm, and where it stands."""
