"""What a demonstration tells of ventures: a few invented ones, checked or not, with and without consent."""

from __future__ import annotations

from datetime import datetime, timedelta

from minassa.delays import instant_of, local_day
from minassa.registry.demonstration import DOMAIN
from minassa.registry.models import Account
from minassa.registry.public import Actor, actor_of
from minassa.ventures.checking import check
from minassa.ventures.models import Kind, Venture
from minassa.ventures.telling import Raised, Saying, consent, raise_funds, register

INVENTED = (
    (
        "EXEMPLE Zellij Data",
        Kind.STARTUP,
        "exporting",
        "Contrôle de factures par lecture automatique",
        ("FR", "SN"),
        14,
    ),
    ("EXEMPLE Rihla Santé", Kind.STARTUP, "abroad", "Suivi de patients à distance", ("CI", "FR", "BE"), 31),
    ("EXEMPLE Tafilalt Soft", Kind.SME, "exporting", "Gestion de chantiers", ("ES",), 22),
    ("EXEMPLE Noor Agri", Kind.STARTUP, "first-clients", "Irrigation réglée par capteurs", (), 6),
)


def give_ventures(at: datetime) -> str:
    """Four ventures, made when there is none; a sentence that says what there is."""
    if not Venture.objects.exists():
        _give(_actor("apebi"), _actor("secretariat"), at)
    return f"PME et start-up (synthétique) : {Venture.objects.count()}"


def _give(teller: Actor, checker: Actor, at: datetime) -> None:
    today = local_day(instant_of(at))
    for rank, (name, kind, stage, product, markets, jobs) in enumerate(INVENTED):
        told = Saying(stage, f"{product} (exemple)", markets, jobs, today - timedelta(days=30), "Exemple inventé")
        made = register(teller, name, kind, told, at, synthetic=True)
        if rank == len(INVENTED) - 1:
            continue
        check(checker, made, "", at, holds=True)
        consent(teller, made, at, given=rank != 1)
        raised = Raised((rank + 1) * 50_000_000, "MAD", today - timedelta(days=90), "Exemple inventé")
        raise_funds(teller, made, raised, at)


def _actor(name: str) -> Actor:
    return actor_of(Account.objects.get(email=f"{name}@{DOMAIN}"))
