"""Rows as the API shows them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language

from minassa.onestop.models import Case, Task
from minassa.onestop.public import CaseView


def case_shown(case: Case) -> dict[str, Any]:
    """A case in a list."""
    return {
        "reference": case.reference,
        "uuid": str(case.uuid),
        "procedure": case.procedure_code,
        "procedure_version": case.procedure.version,
        "enterprise_ice": case.enterprise.ice,
        "place": case.place,
        "state": case.state,
        "holder": case.holder,
        "version": case.version,
        **{name: getattr(case, name) for name in ("opened_at", "submitted_at", "due_at", "decided_at")},
    }


def task_shown(task: Task, case: Case, *, full: bool = True) -> dict[str, Any]:
    """A task; the answer itself only where `full`."""
    return {
        "id": task.pk,
        "case": case.reference,
        "case_uuid": str(case.uuid),
        "case_version": case.version,
        "procedure": task.procedure_code,
        "step": task.step,
        "body": task.body.code,
        "state": task.state,
        "round": task.round,
        "favourable": task.favourable if full else None,
        "ground": task.ground if full else None,
        **{name: getattr(task, name) for name in ("opened_at", "due_at", "answered_at")},
    }


def case_whole(view: CaseView) -> dict[str, Any]:
    """A case with all that the caller may see of it."""
    return {
        **case_shown(view.case),
        "fields": [
            {
                "key": shown.field.key,
                "type": str(shown.field.type.value),
                "label": getattr(shown.field.label, get_language() or "fr", shown.field.label.fr),
                "value": shown.value,
            }
            for shown in view.fields
        ],
        "documents": [
            {
                "requirement": shown.requirement.key,
                "uuid": str(use.document.uuid),
                **{name: getattr(use.document, name) for name in ("name", "media_type", "size", "sha256")},
            }
            for shown in view.documents
            for use in shown.given
        ],
        "tasks": [task_shown(shown.task, view.case, full=shown.full) for shown in view.tasks],
    }
