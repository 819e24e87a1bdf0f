"""Moves open cases to another version of their procedure: says what would change, and changes nothing unless clean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from minassa.onestop.acting import acting
from minassa.onestop.answers import checked
from minassa.onestop.case_models import Case, CaseState, Task
from minassa.onestop.errors import ImpossibleAct, InvalidAnswers, UncleanRebase, UnknownProcedure
from minassa.onestop.procedure_models import ProcedureVersion
from minassa.onestop.procedure_schema import Procedure
from minassa.onestop.publishing import definition
from minassa.onestop.states import FINAL_STATES
from minassa.onestop.submitting import tasks_for_case
from minassa.registry.public import Actor

_DRAFTS = frozenset({CaseState.DRAFT, CaseState.TO_SIGN})


@dataclass(frozen=True, slots=True)
class Changes:
    """What another version would do to a case; keys of fields and documents, steps of tasks."""

    case: str
    from_version: int
    to_version: int
    answers_lost: tuple[str, ...]
    answers_invalid: tuple[str, ...]
    newly_required: tuple[str, ...]
    tasks_added: tuple[str, ...]
    tasks_removed: tuple[str, ...]

    @property
    def clean(self) -> bool:
        """Whether nothing is lost and nobody has anything more to do."""
        return not (
            self.answers_lost or self.answers_invalid or self.newly_required or self.tasks_added or self.tasks_removed
        )


def rebase(
    actor: Actor, case: Case, to_version: int, at: datetime, *, rehearse: bool = True, confirmed: bool = False
) -> Changes:
    """What moving a case to another version would change; done unless `rehearse`, when clean or `confirmed`.

    A submitted case keeps its tasks: those that the new version adds or removes make the move unclean, and even
    confirmed they do not change. UncleanRebase when it is neither clean nor confirmed; ImpossibleAct for a closed case.
    """
    version = ProcedureVersion.objects.filter(code=case.procedure_code, version=to_version).first()
    if version is None:
        raise UnknownProcedure(_("Cette version de la démarche n'est pas publiée."), version=to_version)
    if rehearse:
        return _changes(case, version)
    with acting(actor, "procedure.rebase", case, at) as act:
        if act.case.state in FINAL_STATES or act.case.state == CaseState.REFUSED:
            raise ImpossibleAct(_("Un dossier clos garde la version qui l'a régi."), case=act.case.reference)
        changes = _changes(act.case, version)
        if not changes.clean and not confirmed:
            raise UncleanRebase(_("Ce dossier perdrait des réponses, ou en devrait de nouvelles."), changes=changes)
        lost = {*changes.answers_lost, *changes.answers_invalid}
        act.set(
            procedure_id=version.pk, answers={key: value for key, value in act.case.answers.items() if key not in lost}
        )
        act.tell("case.rebased", version=to_version, lost=sorted(lost))
    return changes


def rehearse_all(code: str, to_version: int) -> Iterator[Changes]:
    """What moving every open case of a procedure to a version would change; nothing is changed."""
    version = ProcedureVersion.objects.filter(code=code, version=to_version).first()
    if version is None:
        raise UnknownProcedure(_("Cette version de la démarche n'est pas publiée."), version=to_version)
    closed = [*FINAL_STATES, CaseState.REFUSED]
    rows = Case.objects.filter(procedure_code=code).exclude(procedure=version).exclude(state__in=closed)
    for case in rows.select_related("procedure").order_by("pk").iterator(chunk_size=500):
        yield _changes(case, version)


def _changes(case: Case, version: ProcedureVersion) -> Changes:
    old, new = definition(case.procedure_id), definition(version.pk)
    kept = {key: value for key, value in case.answers.items() if new.field(key) is not None}
    draft = case.state in _DRAFTS
    steps_now = {task.step for task in tasks_for_case(old, case)} if draft else _steps(case)
    steps_then = {task.step for task in tasks_for_case(new, case)}
    return Changes(
        case=case.reference,
        from_version=old.version,
        to_version=new.version,
        answers_lost=tuple(sorted(case.answers.keys() - kept.keys())),
        answers_invalid=tuple(sorted(_invalid(new, kept))),
        newly_required=tuple(sorted(_required(new, case) - _required(old, case) - kept.keys())),
        tasks_added=() if draft else tuple(sorted(steps_then - steps_now)),
        tasks_removed=() if draft else tuple(sorted(steps_now - steps_then)),
    )


def _steps(case: Case) -> set[str]:
    return set(Task.objects.filter(case=case).values_list("step", flat=True))


def _required(procedure: Procedure, case: Case) -> set[str]:
    asked = (*procedure.fields, *procedure.requirements)
    return {one.key for one in asked if one.required and one.applies(case.answers)}


def _invalid(procedure: Procedure, answers: dict[str, object]) -> set[str]:
    try:
        checked(procedure, answers)
    except InvalidAnswers as error:
        problems = error.details["problems"]
        return set(problems) if isinstance(problems, dict) else set()
    return set()
