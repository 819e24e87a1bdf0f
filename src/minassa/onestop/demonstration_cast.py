"""Who plays in the invented cases, and what they say: firms, officers, answers. All of it synthetic."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from minassa.onestop.case_models import Case, CaseState
from minassa.onestop.publishing import definition
from minassa.registry.demonstration import DOMAIN
from minassa.registry.models import Account, Enterprise, Power
from minassa.registry.public import Actor, Mandated, actor_of

PDF: Final = b"%PDF-1.4\n% document EXEMPLE, synthetique\n%%EOF\n"
HOURS: Final = {"cnss": 10, "dgi": 14, "commune": 40, "immigration": 46, "gisre": 5, "anapec": 50, "cri": 34}
"""Median working hours in which each body answers in the demonstration: invented."""
GROUNDS: Final = (
    "Exemple synthétique : la part exportée prévue est insuffisante.",
    "Exemple synthétique : les identifiants ne concordent pas.",
    "Exemple synthétique : les locaux ne sont pas conformes.",
)
ANSWERS: Final[dict[str, tuple[int, dict[str, Any]]]] = {
    "membership": (
        40,
        {
            "premises": "leased",
            "started_on": "2025-09-01",
            "jobs_planned": 150,
            "export_share": 85,
            "foreign_staff": False,
        },
    ),
    "membership_outside": (
        12,
        {
            "premises": "leased",
            "started_on": "2025-10-01",
            "jobs_planned": 60,
            "export_share": 75,
            "foreign_staff": True,
            "foreign_staff_count": 3,
        },
    ),
    "installation": (14, {"area": 800, "investment": 400_000_000, "jobs_planned": 90, "first_hire_on": "2026-01-15"}),
    "work_authorisation": (
        18,
        {
            "talent_name": "Talent FICTIF",
            "talent_nationality": "FR",
            "talent_passport": "QZ0000000",
            "job_title": "Architecte de données",
            "skills": "Architecture de données, conduite d'équipe (exemple).",
            "contract_months": 24,
            "monthly_salary": 3_500_000,
            "exemption": "none",
        },
    ),
    "derogation": (
        4,
        {"criterion": "export_share", "request": "Exemple synthétique.", "until": "2027-12-31", "jobs_at_stake": 45},
    ),
    "regularity": (12, {"purpose": "membership"}),
}
"""How often each procedure is asked for, and what is answered."""
EXEMPT: Final = 0.3
"""How often a talent is exempt from the certificate of ANAPEC: invented."""
FIRST_PARK: Final = 100
STAFFED_PARK: Final = 101
"""The P2I whose manager has accounts in the demonstration."""


@dataclass(frozen=True, slots=True)
class Cast:
    """The invented people: who signs for firms, who works in bodies, who decides."""

    firms: tuple[Enterprise, ...]
    signer: Account
    people: dict[str, Actor]

    def enterprises(self, code: str) -> tuple[Enterprise, ...]:
        """Firms that may ask for this procedure: in a P2I, or outside one."""
        outside = code == "membership_outside"
        if code == "installation":
            return tuple(firm for firm in self.firms if firm.place <= STAFFED_PARK) or self.firms
        fit = tuple(firm for firm in self.firms if (firm.place < FIRST_PARK) is outside)
        return fit if code.startswith("membership") and fit else self.firms

    def firm(self, enterprise: Enterprise, at: datetime) -> Actor:
        """Who acts for a firm: the account that has its mandate, or the one that plays all others."""
        held = enterprise.mandates.filter(power=Power.SIGN).select_related("account").order_by("pk").first()
        account = held.account if held else self.signer
        both = frozenset({Power.PREPARE.value, Power.SIGN.value})
        del at
        return Actor(account_id=account.pk, email=account.email, mandates=(Mandated(enterprise.pk, both),))

    def officer(self, body: str) -> Actor:
        """Who proposes answers in a body; in that of a P2I, its manager."""
        return self.people.get(body) or self.people["p2i"]

    def supervisor(self, body: str) -> Actor:
        """Who validates answers in a body."""
        return self.people.get(f"{body}-chef") or self.people["p2i-chef"]

    def decider(self, case: Case) -> Actor:
        """Who decides a case now."""
        decision = definition(case.procedure_id).decision
        by = decision.appeal_to if case.state == CaseState.APPEALED else decision.by
        return self.people["cto"] if by == "cto" else self.supervisor(by)


def cast() -> Cast:
    """The cast, from the accounts and firms of the demonstration; the rights of bodies are those of today."""
    found = {}
    for account in Account.objects.filter(email__endswith=f"@{DOMAIN}"):
        actor = actor_of(account)
        if actor.appointments:
            found[account.email.partition("@")[0]] = actor
    signer = Account.objects.get(email=f"sign@{DOMAIN}")
    return Cast(tuple(Enterprise.objects.order_by("pk")[:60]), signer, found)


def answers_for(code: str, enterprise: Enterprise, chance: random.Random) -> dict[str, Any]:
    """What a firm answers to a procedure, numbers drawn around the example."""
    given = dict(ANSWERS[code][1])
    for key in ("jobs_planned", "area", "jobs_at_stake", "investment", "monthly_salary"):
        if key in given:
            given[key] = int(given[key] * chance.uniform(0.5, 1.8))
    if "exemption" in given and chance.random() < EXEMPT:
        given["exemption"] = "treaty"
        given["talent_nationality"] = "TN"
    if code not in {"regularity", "derogation"}:
        given["place"] = enterprise.place
    if code in {"membership", "membership_outside", "installation"}:
        activity = enterprise.activity or "processus métiers"
        given |= {"activity": activity, "filiere": enterprise.filiere or 3, "contact_email": "suivi@exemple.example"}
    return given
