"""Opens a case: a draft under the version in force, with what the enterprise has already said once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from minassa.delays.holders import FIRM
from minassa.delays.zone import instant_of, local_day
from minassa.onestop.acting import MAIN, Act
from minassa.onestop.case_models import Case
from minassa.onestop.errors import UnknownProcedure
from minassa.onestop.facts import latest_facts
from minassa.onestop.procedure_schema import FieldType, Procedure
from minassa.onestop.publishing import definition, version_in_force
from minassa.registry.acting import account_of
from minassa.registry.models import Enterprise
from minassa.registry.public import Actor, require
from minassa.statements import part, prepared_cursor


def open_case(actor: Actor, enterprise: Enterprise, procedure_code: str, at: datetime) -> Case:
    """A new draft of an enterprise, prefilled with what it has said in earlier cases and what the registry knows.

    UnknownProcedure when no version is in force that day, or when the procedure is not open to requests yet.
    """
    require(actor, "case.new", enterprise)
    account = account_of(actor)
    day = local_day(instant_of(at))
    version = version_in_force(procedure_code, day)
    procedure = definition(version.pk)
    if not procedure.open_to_requests:
        raise UnknownProcedure(
            _("Cette démarche est annoncée, elle n'est pas encore ouverte."), procedure=procedure_code
        )
    with part():
        number = _next_number()
        case = Case(
            pk=number,
            reference=f"{procedure.prefix}-{day.year}-{number:07}",
            procedure=version,
            procedure_code=procedure.code,
            enterprise=enterprise,
            opened_by_id=account,
            place=enterprise.place,
            answers=prefilled(procedure, enterprise),
            version=0,
            opened_at=at,
            touched_at=at,
        )
        act = Act(case, actor, at)
        act.held(MAIN, FIRM)
        act.tell("case.opened", procedure=procedure.code, version=procedure.version)
        act.write()
    return case


def _next_number() -> int:
    with prepared_cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('onestop_case', 'id'))")
        return int(cursor.fetchone()[0])


def prefilled(procedure: Procedure, enterprise: Enterprise) -> dict[str, Any]:
    """Answers already known: the latest fact said under the key of each field, else what the registry holds."""
    known = {**_registered(enterprise), **latest_facts(enterprise.pk)}
    return {field.key: known[field.fact] for field in procedure.fields if field.fact and known.get(field.fact)}


def _registered(enterprise: Enterprise) -> dict[str, Any]:
    """What the registry knows of the enterprise, under the keys of facts."""
    return {
        "legal_name": enterprise.name,
        "trade_register": enterprise.rc,
        "activity": enterprise.activity,
        FieldType.FILIERE.value: enterprise.filiere,
        FieldType.PLACE.value: enterprise.place,
    }
