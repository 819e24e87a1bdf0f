"""A list of occupations in shortage as a committee adopts it, and cases for foreign talents. All invented."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from minassa.onestop.models import Case
from minassa.onestop.public import (
    decide,
    give_document,
    open_case,
    propose,
    save_draft,
    sign,
    submit,
    use_document,
    validate,
)
from minassa.registry.actors import Actor
from minassa.visas.models import ShortageList, Visa
from minassa.visas.public import CRITERIA, Computed, adopt_list, parameter_on, propose_list
from minassa.vocabulary.periods import month_index
from tests.onestop.world import PDF, World, task_of

AT = datetime(2026, 12, 7, 9, tzinfo=UTC)
TODAY = AT.date()
CASABLANCA = 6
LISTED, ABSENT = "2512", "4222"
COMMITTEE = Actor(sitting="EXEMPLE")
TALENT = {
    "talent_name": "Talent FICTIF",
    "talent_nationality": "FR",
    "talent_passport": "QZ0000000",
    "job_title": "Architecte de données",
    "skills": "Architecture de données (exemple).",
    "contract_months": 24,
    "monthly_salary": 3_500_000,
    "exemption": "none",
    "place": 101,
}


def computed(*entries: tuple[str, int]) -> Computed:
    numbers = {"month": month_index(2027, 12), "before": 80, "tension": 5, "gap": 12, "low_80": 4, "high_80": 20}
    return Computed(
        run="calcul-0001",
        until=month_index(2026, 10),
        cube_digest="0" * 64,
        criteria={name: parameter_on(name, AT.date()).model_dump(mode="json") for name in CRITERIA},
        entries=[{"occupation": code, "region": region, "sure": 9_000, **numbers} for code, region in entries],
        synthetic=True,
    )


def a_list(world: World, *entries: tuple[str, int], on: date = TODAY) -> ShortageList:
    """A list proposed and adopted, of these occupations and regions."""
    made = propose_list(world.secretary, computed(*entries), on, "Motif EXEMPLE.", AT)
    return adopt_list(COMMITTEE, made, "", AT)


def prepared(world: World, occupation: str = LISTED, **answers: object) -> Case:
    firm = world.enterprise
    case = open_case(world.preparer, firm, "work_authorisation", AT)
    save_draft(world.preparer, case, {**TALENT, "occupation": occupation, **answers}, AT)
    for key, kind in (("contract", "foreign_contract"), ("passport", "passport"), ("diplomas", "diplomas")):
        given = give_document(world.preparer, firm, kind, f"{key}.pdf", PDF, AT)
        use_document(world.preparer, case, key, given, AT)
    sign(world.signer, case, AT)
    return case


def filed(world: World, occupation: str = LISTED, **answers: object) -> Case:
    return submit(world.signer, prepared(world, occupation, **answers), AT)


def decided(world: World, case: Case, *, favourable: bool = True) -> Case:
    """A case answered by everybody, and decided by the foreigners' office, some days after its deposit."""
    at = AT + timedelta(days=3)
    for step, body in (("anapec", "anapec"), ("visa", "immigration"), ("cnss", "cnss")):
        propose(world.officers[body], task_of(case, step), True, "", {}, at)
        validate(world.supervisors[body], task_of(case, step), at)
    case.refresh_from_db()
    other = world.supervisors["immigration"]
    return decide(other, case, favourable, "" if favourable else "Motif EXEMPLE.", at)


def visa_of(case: Case) -> Visa:
    return Visa.objects.get(case=case)
