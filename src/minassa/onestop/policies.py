"""Who may do what to cases, tasks and documents: one predicate per action. What is not said here is refused."""

from __future__ import annotations

from typing import Final

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from minassa.onestop.case_models import Case, CaseState, Task
from minassa.onestop.delegating import Delegations
from minassa.onestop.file_models import CaseDocument, Document
from minassa.onestop.publishing import definition
from minassa.registry.models import Enterprise, Power, Role
from minassa.registry.public import Actor, action

FIRM: Final = (Power.PREPARE, Power.SIGN)
WORKERS: Final = (Role.OFFICER, Role.SUPERVISOR, Role.PARK_MANAGER)
"""Who works on the tasks of a body."""
CHECKERS: Final = (Role.SUPERVISOR,)
OVERSEERS: Final = (Role.CTO_MEMBER, Role.SECRETARIAT)
"""Who sees every submitted case, whichever body works on it."""
NOT_SUBMITTED: Final = frozenset({CaseState.DRAFT, CaseState.TO_SIGN})
SECRETARIAT: Final = "secretariat"


@action("case.list", label=_("Voir la liste de ses dossiers"), roles=(*WORKERS, *OVERSEERS), powers=FIRM, clients=True)
def _list(_actor: Actor, _subject: object) -> bool:
    return True


@action("case.new", label=_("Ouvrir un dossier"), powers=FIRM)
def _new(actor: Actor, enterprise: Enterprise) -> bool:
    return actor.may_act_for(enterprise.pk, *FIRM)


@action("case.open", label=_("Lire un dossier"), roles=(*WORKERS, *OVERSEERS), powers=FIRM, clients=True)
def may_open(actor: Actor, case: Case) -> bool:
    """The firm sees its cases; once submitted, so do the bodies that have a task in it, its P2I, and the committee."""
    if actor.may_act_for(case.enterprise_id, *FIRM):
        return True
    if case.state in NOT_SUBMITTED or case.submitted_at is None:
        return False
    return actor.has_role(*OVERSEERS) or case.place in actor.places or _has_task(actor, case)


def _has_task(actor: Actor, case: Case) -> bool:
    """Asked once for a case that was read: tasks end, none is ever taken away, so that a yes stays true."""
    known: set[Actor] = vars(case).setdefault("known_to_work", set())
    if actor not in known and Task.objects.filter(of_bodies(actor), case=case).exists():
        known.add(actor)
    return actor in known


def of_bodies(actor: Actor, *roles: str) -> Q:
    """Condition on tasks: those of the bodies where the actor holds one of these roles (of work unless told)."""
    held = {each.body_id for each in actor.appointments if each.role in (roles or WORKERS)}
    condition = Q(body_id__in=held)
    return condition | Q(body__code=actor.client_body) if actor.client_body else condition


@action("case.edit", label=_("Remplir un dossier"), powers=FIRM)
def _edit(actor: Actor, case: Case) -> bool:
    return actor.may_act_for(case.enterprise_id, *FIRM)


@action("case.sign", label=_("Signer un dossier"), powers=(Power.SIGN,))
def _sign(actor: Actor, case: Case) -> bool:
    return actor.may_act_for(case.enterprise_id, Power.SIGN)


@action("case.submit", label=_("Déposer un dossier"), powers=FIRM)
def _submit(actor: Actor, case: Case) -> bool:
    return actor.may_act_for(case.enterprise_id, *FIRM)


@action("case.withdraw", label=_("Retirer un dossier"), powers=FIRM)
def _withdraw(actor: Actor, case: Case) -> bool:
    """What was submitted is withdrawn by who may sign; a draft, by who prepares it too."""
    powers = FIRM if case.state in NOT_SUBMITTED else (Power.SIGN,)
    return actor.may_act_for(case.enterprise_id, *powers)


@action("case.appeal", label=_("Former un recours"), powers=(Power.SIGN,))
def _appeal(actor: Actor, case: Case) -> bool:
    return actor.may_act_for(case.enterprise_id, Power.SIGN)


@action("case.message", label=_("Écrire dans un dossier"), roles=(*WORKERS, *OVERSEERS), powers=FIRM)
def _message(actor: Actor, case: Case) -> bool:
    return may_open(actor, case)


@action(
    "case.decide",
    label=_("Décider d'un dossier"),
    roles=(*CHECKERS, Role.CTO_MEMBER, Role.SECRETARIAT),
    committees=True,
)
def _decide(actor: Actor, case: Case) -> bool:
    """The committee, its secretariat, or the supervisor of the body that the procedure names, also on appeal.

    The committee decides in a session; one of its members does alone where it has delegated the procedure.
    """
    decision = definition(case.procedure_id).decision
    by = decision.appeal_to if case.state == CaseState.APPEALED else decision.by
    if by == "cto":
        alone = actor.in_body("cto", Role.CTO_MEMBER) and Delegations.hold(case.procedure_code, timezone.localdate())
        return bool(actor.sitting) or alone
    if by == SECRETARIAT:
        return actor.has_role(Role.SECRETARIAT)
    return actor.in_body(by, *CHECKERS) and not actor.client_body


@action(
    "procedure.rebase", label=_("Passer un dossier à une autre version de sa démarche"), roles=(Role.ADMINISTRATOR,)
)
def _rebase(_actor: Actor, _case: Case) -> bool:
    return True


@action("task.list", label=_("Voir les tâches de son service"), roles=WORKERS, clients=True)
def _task_list(_actor: Actor, _subject: object) -> bool:
    return True


@action("task.open", label=_("Lire une tâche"), roles=WORKERS, clients=True)
def _task_open(actor: Actor, task: Task) -> bool:
    return _of_task(actor, task, *WORKERS)


@action("task.assign", label=_("Attribuer une tâche"), roles=WORKERS)
def _task_assign(actor: Actor, task: Task) -> bool:
    return _of_task(actor, task, *WORKERS)


@action("task.propose", label=_("Proposer une réponse"), roles=WORKERS, clients=True)
def _task_propose(actor: Actor, task: Task) -> bool:
    return _of_task(actor, task, *WORKERS)


@action("task.send_back", label=_("Demander un complément"), roles=WORKERS, clients=True)
def _task_send_back(actor: Actor, task: Task) -> bool:
    return _of_task(actor, task, *WORKERS)


@action("task.validate", label=_("Valider une réponse"), roles=CHECKERS)
def _task_validate(actor: Actor, task: Task) -> bool:
    return _of_task(actor, task, *CHECKERS)


def _of_task(actor: Actor, task: Task, *roles: str) -> bool:
    if any(each.body_id == task.body_id and each.role in roles for each in actor.appointments):
        return True
    return bool(actor.client_body) and task.body.code == actor.client_body


@action("document.give", label=_("Joindre une pièce"), powers=FIRM)
def _give(actor: Actor, enterprise: Enterprise) -> bool:
    return actor.may_act_for(enterprise.pk, *FIRM)


@action("document.read", label=_("Lire une pièce"), roles=(*WORKERS, *OVERSEERS), powers=FIRM, clients=True)
def _read(actor: Actor, document: Document) -> bool:
    """The firm reads its documents; a body, those of its cases that the procedure shows it."""
    if actor.may_act_for(document.enterprise_id, *FIRM):
        return True
    uses = CaseDocument.objects.filter(document=document, case__submitted_at__isnull=False).select_related("case")
    return any(sees_requirement(actor, use.case, use.requirement) for use in uses)


def sees_requirement(actor: Actor, case: Case, key: str) -> bool:
    """Whether the actor may open this case and its procedure shows them this document."""
    asked = next((one for one in definition(case.procedure_id).requirements if one.key == key), None)
    return asked is not None and may_open(actor, case) and asked.seen(eyes(actor, case))


def eyes(actor: Actor, case: Case) -> frozenset[str]:
    """Codes under which the procedure may show something to this actor: bodies, `cto`, `secretariat`, `park`."""
    seen = set(actor.bodies(*WORKERS, Role.CTO_MEMBER))
    if actor.has_role(Role.SECRETARIAT):
        seen |= {SECRETARIAT, "cto"}
    if case.place in actor.places:
        seen.add("park")
    return frozenset(seen)
