"""Money in the story: credits opened, accounts confirmed, orders validated, what the invented bank answers."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from minassa.ledger.models import BankAccount
from minassa.ledger.public import (
    AccountGiven,
    Payer,
    Place,
    change_envelope,
    confirm_account,
    open_envelope,
    parameter,
    propose_account,
    propose_due,
    receive_bank_file,
    send_batch,
    set_payer,
    validate_batch,
)
from minassa.registry.models import Enterprise
from minassa.simulators.bank import Bank, BankBehaviour
from minassa.simulators.story.cast import Cast
from minassa.simulators.story.rounds import SEED, Opening

PROPOSED, ANSWERED = 35, 37
"""Days after an opening on which what was decided is ordered, and the bank has answered."""
CREDITS: Final = {"air": 1_200_000_000, "ais": 250_000_000, "pae": 600_000_000, "paf": 500_000_000}
"""Credits of a year, invented, in centimes: those of the AIS fall short until they are increased."""
MORE: Final = 900_000_000
GROUND: Final = "Exemple synthétique : loi de finances de l'année."
INCREASE: Final = "Exemple synthétique : crédits complétés en cours d'année."
TREASURY: Final = "TRESOR EXEMPLE SYNTHETIQUE"
_WITHOUT: Final = 11
"""One firm in so many has given no account yet."""
_BEHAVIOURS: Final = (BankBehaviour(rejects=6), BankBehaviour(), BankBehaviour(rejects=4, returns=4))


def rib_of(rank: int) -> str:
    """An invented RIB, its key right: a bank that does not exist, a place, the rank of an account."""
    body = f"999780{rank:016}"
    return f"{body}{97 - int(body + '00') % 97:02}"


def funded(cast: Cast, opening: Opening) -> None:
    """Open the credits of the year of an opening, unless they are, and complete those that fall short in its middle."""
    year, payer = opening.at.year, cast["mtnra-chef"]
    body = str(parameter("paying_body", opening.at.date()).value)
    for measure, cents in CREDITS.items():
        open_envelope(payer, Place(measure, year, body), cents, GROUND, f"story:{measure}:{year}", opening.day(0))
    if opening.at.month > 6:  # noqa: PLR2004 (the second half of the year)
        place = Place("ais", year, body)
        change_envelope(payer, place, MORE, INCREASE, f"story:more:{year}", opening.day(1))


def accounted(cast: Cast, opening: Opening, firms: list[Enterprise]) -> None:
    """Each firm gives its account, and the body that pays confirms it on a certificate."""
    if opening.rank == 0:
        set_payer(cast["mtnra-chef"], Payer(TREASURY, rib_of(0)), opening.day(0))
    given = set(BankAccount.objects.values_list("enterprise_id", flat=True))
    for firm in firms:
        if firm.pk in given or (firm.affiliation or 0) % _WITHOUT == 0:
            continue
        account = propose_account(cast.signer(firm), firm, AccountGiven(firm.name, rib_of(firm.pk)), opening.day(2))
        confirm_account(cast["mtnra"], account, f"Attestation d'exemple {firm.pk}", opening.day(3))


def paid(cast: Cast, opening: Opening, now: datetime) -> int:
    """Order what is payable, another hand validates, the invented bank executes it, not always well: how many files."""
    if opening.day(PROPOSED) > now:
        return 0
    run = propose_due(cast["mtnra"], opening.day(PROPOSED), f"story:{opening.at.date()}")
    if opening.day(ANSWERED) > now:
        return 0
    bank = Bank(SEED + opening.rank, _BEHAVIOURS[opening.rank % len(_BEHAVIOURS)], f"S{opening.rank}")
    for batch in run.batches:
        validate_batch(cast["mtnra-chef"], batch.number, opening.day(PROPOSED, 5))
        batch.refresh_from_db()
        if batch.file:
            bank.receive(send_batch(cast["mtnra-chef"], batch.number, opening.day(PROPOSED, 6)), opening.day(ANSWERED))
    answers = bank.answers(final=True)
    for content in answers:
        receive_bank_file(cast["mtnra"], content, opening.day(ANSWERED, 1))
    return len(answers)
