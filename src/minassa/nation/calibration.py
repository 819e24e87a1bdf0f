"""The figures the synthetic country is calibrated on, each with its source and its status."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any, Self

import yaml
from pydantic import BaseModel, ConfigDict, model_validator

from minassa.vocabulary.filieres import Filiere, parse_filiere
from minassa.vocabulary.statuses import Status


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Figure(_Closed):
    """A whole number: what it counts, how sure it is, where it was read, or why it was assumed."""

    value: int
    unit: str
    status: Status
    source: str
    note: str

    @model_validator(mode="after")
    def _sourced(self) -> Self:
        _refuse_unsourced(self.status, self.source, self.note)
        return self


class Slices(_Closed):
    """Whole numbers that only make sense together (limits or rates of a scale)."""

    value: tuple[int, ...]
    unit: str
    status: Status
    source: str
    note: str

    @model_validator(mode="after")
    def _sourced(self) -> Self:
        _refuse_unsourced(self.status, self.source, self.note)
        return self


def _refuse_unsourced(status: Status, source: str, note: str) -> None:
    assumed = status in {Status.ASSUMED, Status.PROPOSED}
    if assumed == source.startswith("https://") or not note:
        message = "Un chiffre supposé dit pourquoi et n'a pas de source ; tout autre chiffre cite une adresse."
        raise ValueError(message)


class Calibration(_Closed):
    """Every figure of `calibration.yaml`; a name too many or too few is refused."""

    anchor_jobs: Figure
    anchor_firms: Figure
    growth: Figure
    growth_spread: Figure
    hiring_season: Slices
    refill_lag: Slices
    entrants: Figure
    closures: Figure
    export_turnover: dict[str, Figure]
    job_shares: dict[str, Figure]
    firm_shares: dict[str, Figure]
    size_spread: Figure
    exits: dict[str, Figure]
    place_shares: dict[str, Figure]
    foreign_share: Figure
    women_share: Figure
    support_share: Figure
    fixed_term_share: Figure
    insertion_share: Figure
    part_time_share: Figure
    without_number_share: Figure
    changer_share: Figure
    second_job_share: Figure
    natural_rehire_share: Figure
    natural_transfer_rate: Figure
    pay_spread: Figure
    raise_a_year: Figure
    thirteenth_month_share: Figure
    genuine_raise_share: Figure
    bonus_share: Figure
    ceiling: Figure
    capped_contribution: Figure
    uncapped_contribution: Figure
    employer_contribution: Figure
    minimum_wage: dict[str, Figure]
    tahfiz_limit: Figure
    exempt_years: Figure
    corporate_tax: Figure
    corporate_tax_large: Figure
    large_profit: Figure
    june_closing_share: Figure
    low_export_share: Figure
    crossing_export_share: Figure
    group_share: Figure
    unlisted_activity_share: Figure
    stale_certificate_share: Figure
    relocation_share: Figure
    late_entry_share: Figure
    correction_rate: Figure
    sickness_rate: Figure
    maternity_rate: Figure
    maternity_days: Figure
    unpaid_leave_rate: Figure
    kept_without_pay_rate: Figure
    planted_firms: Figure
    planted_transfer_rate: Figure
    planted_rehire_rate: Figure
    planted_replacement_rate: Figure
    ghost_rate: Figure
    raised_reference_share: Figure
    underdeclared_share: Figure
    disagreement_share: Figure
    income_tax_limits: dict[str, Slices]
    income_tax_rates: dict[str, Slices]
    family_deduction: dict[str, Figure]
    most_dependants: Figure
    professional_expenses_limit: Figure
    professional_expenses_low: Figure
    professional_expenses_high: Figure
    professional_expenses_most: Figure


class Job(_Closed):
    """A job title: its filière, its share of it, its CNC level (1 to 8), its median gross pay in dirhams a month."""

    filiere: str
    title: str
    level: int
    weight: int
    pay: int

    @property
    def filiere_code(self) -> Filiere:
        """The filière as a number of the vocabulary."""
        return parse_filiere(self.filiere)


class _Jobs(_Closed):
    status: Status
    jobs: tuple[Job, ...]


def _read(name: str) -> Any:  # noqa: ANN401
    return yaml.safe_load(resources.files("minassa.nation").joinpath(name).read_text(encoding="utf-8"))


@cache
def calibration() -> Calibration:
    """Return the figures; pydantic's ValidationError when the file breaks its schema."""
    return Calibration.model_validate(_read("calibration.yaml"))


@cache
def jobs() -> tuple[Job, ...]:
    """Return the job titles, in the order of the file: the rank of a job is its code in the simulation."""
    return _Jobs.model_validate(_read("jobs.yaml")).jobs


def by_filiere(table: dict[str, Figure]) -> dict[Filiere, int]:
    """Return the values of a table whose keys are filières."""
    return {parse_filiere(name): figure.value for name, figure in table.items()}
