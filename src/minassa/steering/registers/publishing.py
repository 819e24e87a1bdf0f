"""What the registers of the platform give to open data: awards by firm, and real delays. Written once a day.

A firm is named when it has signed a convention with the State: a legal person, for money of the State. Employees are
never told: amounts and verified jobs stay out while fewer persons stand behind than the threshold, for a premium is a
part of a pay.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from django.db.models import Sum

from minassa.conventions.convention_models import Convention
from minassa.conventions.public import current, last_measures
from minassa.conventions.states import SIGNED
from minassa.conventions.terms import CommitmentTerms, Terms
from minassa.delays import instant_of, local_day
from minassa.hosting.locks import take
from minassa.ledger.budget_models import Entitlement
from minassa.outlook.disclosure.parameters import control
from minassa.steering.opendata.versions import FOLDER, Version, write_version
from minassa.steering.registers.grants import package
from minassa.steering.registers.prospected import prospected
from minassa.steering.registers.surveyed import listed, surveyed
from minassa.steering.registers.voiced import consulted, promised
from minassa.steering.told_delays import published_delays
from minassa.vocabulary.periods import format_month
from minassa.vocabulary.places import places

WINDOW: Final = timedelta(days=365)
JOBS: Final = ("net_jobs", "jobs_kept", "headcount")
Row = dict[str, Any]


def publish_registers(home: Path, at: datetime, *, synthetic: bool) -> Version | None:
    """The version of a day, written by the first to ask; None while another process writes it."""
    day = local_day(instant_of(at))
    folder = home / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    lock = take(folder / ".registers.lock")
    if lock is None:
        return None
    try:
        awards = list(awarded())
        rows = {
            "attributions": awards,
            "delais": list(delays(at)),
            "enquetes": list(surveyed(day)),
            "penuries": list(listed()),
            "consultations": list(consulted(at, day)),
            "engagements": list(promised()),
            "prospection": list(prospected()),
        }
        extra = {"attributions.360giving.json": json.dumps(package(awards, day), ensure_ascii=False, indent=1).encode()}
        name = f"registres-{day:%Y%m%d}"
        return write_version(home, name, at.isoformat(timespec="seconds"), rows, {"synthetic": synthetic}, extra)
    finally:
        os.close(lock)


def awarded() -> Iterator[Row]:
    """A row for each convention that was signed, by reference."""
    names = {one.code: one.slug for one in places()}
    totals = _money()
    signed = Convention.objects.filter(state__in=SIGNED).select_related("enterprise").order_by("reference")
    for convention in signed:
        terms, firm = current(convention).terms, convention.enterprise
        promised = _promised(terms)
        verified, month = _verified(convention, promised)
        told = verified is not None
        money = totals.get(firm.pk, {}) if told else dict.fromkeys(("amount", "settled", "recovered"))
        yield {
            "reference": convention.reference,
            "entreprise": terms.firm_name,
            "ice": firm.ice,
            "lieu": names.get(firm.place),
            "etat": str(convention.state),
            "debut": terms.starts_on.isoformat(),
            "fin": terms.ends_on.isoformat(),
            "emplois_promis": promised.target if promised else None,
            "echeance": promised.due_on.isoformat() if promised else None,
            "emplois_verifies": verified,
            "verifie_a_fin": month,
            "accorde_centimes": money.get("amount", 0),
            "verse_centimes": money.get("settled", 0),
            "repris_centimes": money.get("recovered", 0),
        }


def _promised(terms: Terms) -> CommitmentTerms | None:
    """The promise of jobs that falls due last: net jobs rather than a headcount."""
    found = [one for one in terms.commitments if str(one.kind) in JOBS]
    return max(found, key=lambda one: (-JOBS.index(str(one.kind)), one.due_on), default=None)


def _verified(convention: Convention, promised: CommitmentTerms | None) -> tuple[int | None, str | None]:
    """The last value that declarations give of the promise, and its month; nothing while too few persons are behind."""
    if promised is None:
        return None, None
    measured = last_measures([convention])[convention.pk]
    values = [one for one in measured if one.number == promised.number and one.value is not None]
    last = max(values, key=lambda one: one.month, default=None)
    if last is None or last.value is None or 0 < last.value < control().fewest_persons.value:
        return None, None
    return last.value, format_month(last.month)


def _money() -> Mapping[int, Mapping[str, int]]:
    """What was decided, paid and taken back, by firm, in centimes."""
    rows = Entitlement.objects.values("enterprise").annotate(
        granted=Sum("amount") - Sum("cancelled"), paid=Sum("settled"), back=Sum("recovered")
    )
    return {
        row["enterprise"]: {"amount": row["granted"], "settled": row["paid"], "recovered": row["back"]} for row in rows
    }


def delays(at: datetime) -> Iterator[Row]:
    """Real delays of twelve months; times only where enough cases stand behind."""
    for one in published_delays(at - WINDOW, at):
        yield {
            "demarche": one.procedure,
            "organisme": one.body or None,
            "termines": one.finished,
            "mediane_secondes": one.median,
            "neuvieme_decile_secondes": one.ninth_decile,
            "ouverts": one.open,
            "en_retard": one.late,
        }
