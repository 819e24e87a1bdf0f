"""A case as one actor may see it: the fields, documents, tasks, messages and decisions that concern them, no more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from minassa.onestop.case_models import Case, Decision, Signature, Task
from minassa.onestop.drafting import all_answers
from minassa.onestop.file_models import CaseDocument, Complement, Message
from minassa.onestop.messaging import messages_for
from minassa.onestop.policies import FIRM, OVERSEERS, WORKERS, eyes
from minassa.onestop.procedure_schema import AskedField, Procedure, Requirement
from minassa.onestop.publishing import definition
from minassa.registry.public import Actor, require


@dataclass(frozen=True, slots=True)
class ShownField:
    """A field that the actor may see, and its answer (None: not given)."""

    field: AskedField
    value: Any


@dataclass(frozen=True, slots=True)
class ShownDocuments:
    """A document asked that the actor may see, and what was given for it."""

    requirement: Requirement
    given: list[CaseDocument]


@dataclass(frozen=True, slots=True)
class ShownTask:
    """A task of the case. `full`: the actor's own, or seen by who oversees; otherwise only who, state and dates."""

    task: Task
    full: bool


@dataclass(frozen=True, slots=True)
class CaseView:
    """All that one actor may see of a case."""

    case: Case
    procedure: Procedure
    firm: bool
    fields: list[ShownField]
    documents: list[ShownDocuments]
    tasks: list[ShownTask]
    messages: list[Message]
    complement: Complement | None
    decisions: list[Decision]
    signatures: list[Signature]


def view_for(actor: Actor, case: Case) -> CaseView:
    """The case as this actor may see it; Forbidden when they may not open it at all.

    A body sees the fields and documents that the procedure shows it. The ground of another body's answer is shown once
    the case is decided, for the enterprise has a right to it (law 55-19).
    """
    require(actor, "case.open", case)
    firm = actor.may_act_for(case.enterprise_id, *FIRM)
    whole = firm or actor.has_role(*OVERSEERS)
    procedure, seen = definition(case.procedure_id), eyes(actor, case)
    answers = all_answers(case)
    return CaseView(
        case=case,
        procedure=procedure,
        firm=firm,
        fields=[
            ShownField(field, answers.get(field.key))
            for field in procedure.fields
            if (firm or field.seen(seen)) and field.applies(answers)
        ],
        documents=_documents(
            case, [r for r in procedure.requirements if (firm or r.seen(seen)) and r.applies(answers)]
        ),
        tasks=_tasks(actor, case, whole=whole),
        messages=list(messages_for(actor, case)),
        complement=Complement.objects.filter(case=case).first(),
        decisions=list(Decision.objects.filter(case=case).order_by("pk")),
        signatures=list(Signature.objects.filter(case=case).order_by("pk")),
    )


def _documents(case: Case, wanted: list[Requirement]) -> list[ShownDocuments]:
    given: dict[str, list[CaseDocument]] = {}
    for use in CaseDocument.objects.filter(case=case).select_related("document").order_by("pk"):
        given.setdefault(use.requirement, []).append(use)
    return [ShownDocuments(requirement, given.get(requirement.key, [])) for requirement in wanted]


def _tasks(actor: Actor, case: Case, *, whole: bool) -> list[ShownTask]:
    own = actor.bodies(*WORKERS)
    decided = case.decided_at is not None
    firm = actor.may_act_for(case.enterprise_id, *FIRM)
    return [
        ShownTask(task, full=task.body.code in own or (whole and (decided or not firm)))
        for task in Task.objects.filter(case=case).select_related("body", "assignee").order_by("pk")
    ]
