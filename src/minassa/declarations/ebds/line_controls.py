"""The controls of one person's line: each is a mask over many lines, with where to point and what to say.

The numbers of the codes are those of ``rules``. A control sees only lines whose digits could be read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from minassa.declarations.ebds import rules
from minassa.declarations.ebds.blocks import UNKNOWN_SITUATION, Block, is_blank
from minassa.declarations.ebds.digits import Mask, Numbers, key_fails
from minassa.declarations.ebds.figures import UNKNOWN
from minassa.declarations.ebds.layout import (
    AF_BACK,
    AF_DEDUCT,
    AF_DUE,
    AF_NET,
    CHECKSUM,
    CIN,
    DAYS,
    NAME,
    NUMBER,
    SALARY_CAPPED,
    SALARY_REAL,
    SITUATION,
)
from minassa.declarations.ebds.remarks import Remarks
from minassa.declarations.ebds.rules import Effect, Rule
from minassa.vocabulary.identifiers import (
    CASUAL_IMMATRICULATION,
    FORBIDDEN_IMMATRICULATION,
    NO_IMMATRICULATION,
    check_cin,
)
from minassa.vocabulary.money import format_dirhams

MOST_DAYS = 26
"""Days of a full month for CNSS."""

_LEFT, _DECEASED, _UNPAID_LEAVE = 1, 2, 6
_TOP_DIGIT = 10**8


@dataclass(frozen=True, slots=True)
class DatedAmounts:
    """Ceiling and minimum wage of the month of each line, centimes; ``UNKNOWN`` where there is no figure."""

    ceiling: Numbers
    wage: Numbers


Control = Callable[[Block, DatedAmounts], Mask]
Sentence = str | Callable[[Block, DatedAmounts, int], str]


@dataclass(frozen=True, slots=True)
class LineControl:
    """One control: its rule, the mask of the lines that break it, the field pointed at, the sentence.

    Of several fields the first that is zero is pointed at.
    """

    rule: Rule
    broken: Control
    fields: tuple[str, ...]
    sentence: Sentence


def apply_controls(controls: tuple[LineControl, ...], block: Block, figures: DatedAmounts, remarks: Remarks) -> None:
    """Run the controls of a record type over a block; mark the lines they leave out."""
    for control in controls:
        broken = control.broken(block, figures)
        if not broken.any():
            continue
        at = np.flatnonzero(broken & block.readable)
        say = _said(control.sentence, block, figures, at)
        remarks.add(control.rule, block.file[at], block.line[at], _columns(block, control.fields, at), say)
        if control.rule.effect is Effect.REJECT:
            block.rejected[at] = True


def _columns(block: Block, fields: tuple[str, ...], at: NDArray[np.intp]) -> NDArray[np.int64]:
    *others, last = fields
    columns = np.full(len(at), block.start(last), dtype=np.int64)
    for name in reversed(others):
        columns[block.numbers[name][at] == 0] = block.start(name)
    return columns


def _said(sentence: Sentence, block: Block, figures: DatedAmounts, at: NDArray[np.intp]) -> str | Callable[[int], str]:
    if isinstance(sentence, str):
        return sentence
    return lambda place: sentence(block, figures, int(at[place]))


def is_person(block: Block) -> Mask:
    """Whether the line names somebody: not the placeholder "no entrant"."""
    named: Mask = ~block.blank_number
    return named


def _too_many_days(block: Block, _: DatedAmounts) -> Mask:
    found: Mask = block.numbers[DAYS] > MOST_DAYS
    return found


def _capped_above_real(block: Block, _: DatedAmounts) -> Mask:
    found: Mask = block.numbers[SALARY_CAPPED] > block.numbers[SALARY_REAL]
    return found


def _above_ceiling(block: Block, figures: DatedAmounts) -> Mask:
    above: Mask = (block.numbers[SALARY_CAPPED] > figures.ceiling) & (figures.ceiling != UNKNOWN)
    return above & (block.numbers[NUMBER] != CASUAL_IMMATRICULATION) if above.any() else above


def _nothing_worked(block: Block) -> Mask:
    read = block.numbers
    found: Mask = (read[DAYS] == 0) | (read[SALARY_REAL] == 0) | (read[SALARY_CAPPED] == 0)
    return found


def _anything_worked(block: Block) -> Mask:
    read = block.numbers
    found: Mask = (read[DAYS] | read[SALARY_REAL] | read[SALARY_CAPPED]) != 0
    return found


def _idle(block: Block, _: DatedAmounts) -> Mask:
    found: Mask = _nothing_worked(block) & (block.situation == 0)
    return found


def _idle_entrant(block: Block, _: DatedAmounts) -> Mask:
    found: Mask = _nothing_worked(block) & is_person(block)
    return found


def _unknown_situation(block: Block, _: DatedAmounts) -> Mask:
    found: Mask = block.situation == UNKNOWN_SITUATION
    return found


def _not_nil(block: Block, _: DatedAmounts) -> Mask:
    found: Mask = (block.situation >= _UNPAID_LEAVE) & _anything_worked(block)
    return found


def _gone(block: Block) -> Mask:
    found: Mask = (block.situation == _LEFT) | (block.situation == _DECEASED)
    return found


def _gone_and_paid(block: Block, _: DatedAmounts) -> Mask:
    gone = _gone(block)
    return gone & _anything_worked(block) if gone.any() else gone


def _back_above_net(block: Block, _: DatedAmounts) -> Mask:
    found: Mask = block.numbers[AF_BACK] > block.numbers[AF_NET]
    return found


def _gone_keeps_allowance(block: Block, _: DatedAmounts) -> Mask:
    found: Mask = _gone(block) & (block.numbers[AF_BACK] < block.numbers[AF_NET])
    return found


def _net_is_wrong(block: Block, _: DatedAmounts) -> Mask:
    read = block.numbers
    found: Mask = read[AF_NET] != read[AF_DUE] - read[AF_DEDUCT]
    return found


def _below_minimum_wage(block: Block, figures: DatedAmounts) -> Mask:
    days, salary = block.numbers[DAYS], block.numbers[SALARY_REAL]
    below: Mask = salary * MOST_DAYS <= figures.wage * (days - 1)
    return below & (days > 1) & (salary > 0) & (figures.wage != UNKNOWN) if below.any() else below


def _no_cin(block: Block, _: DatedAmounts) -> Mask:
    unknown = _without_number(block)
    return unknown & is_blank(block, CIN) if unknown.any() else unknown


def _without_number(block: Block) -> Mask:
    found: Mask = (block.numbers[NUMBER] == NO_IMMATRICULATION) & is_person(block)
    return found


def _odd_cin(block: Block, _: DatedAmounts) -> Mask:
    at = np.flatnonzero(_without_number(block))
    odd = np.zeros(len(block), dtype=np.bool_)
    for row, cin in zip(at.tolist(), block.text(CIN, at).tolist(), strict=True):
        odd[row] = cin != b"" and bool(check_cin(cin.decode("latin-1")))
    return odd


def _no_name(block: Block, _: DatedAmounts) -> Mask:
    blank = is_blank(block, NAME)
    return blank & is_person(block) & (block.numbers[NUMBER] != CASUAL_IMMATRICULATION) if blank.any() else blank


def _busy_placeholder(block: Block, _: DatedAmounts) -> Mask:
    placeholder = block.blank_number
    if not placeholder.any():
        return placeholder
    written = ~is_blank(block, NAME) | ~is_blank(block, CIN) | _anything_worked(block)
    return placeholder & written


def _wrong_key(block: Block, _: DatedAmounts) -> Mask:
    number = block.numbers[NUMBER]
    wrong: Mask = key_fails(block.number_word) | (number // _TOP_DIGIT != 1)
    special = (number == NO_IMMATRICULATION) | (number == CASUAL_IMMATRICULATION)
    return wrong & ~special if wrong.any() else wrong


def _forbidden(block: Block, _: DatedAmounts) -> Mask:
    found: Mask = block.numbers[NUMBER] == FORBIDDEN_IMMATRICULATION
    return found


def _no_number(block: Block, _: DatedAmounts) -> Mask:
    found: Mask = block.numbers[NUMBER] == NO_IMMATRICULATION
    return found


def _insured_checksum(block: Block, figures: DatedAmounts) -> Mask:
    read = block.numbers
    expected = read[AF_BACK] + block.situation + _entrant_sum(block)
    found: Mask = (read[CHECKSUM] != expected) & ~_unknown_situation(block, figures)
    return found


def _entrant_checksum(block: Block, _: DatedAmounts) -> Mask:
    found: Mask = block.numbers[CHECKSUM] != _entrant_sum(block)
    return found


def _entrant_sum(block: Block) -> Numbers:
    read = block.numbers
    found: Numbers = read[NUMBER] + read[DAYS] + read[SALARY_REAL] + read[SALARY_CAPPED]
    return found


def _days_said(block: Block, _: DatedAmounts, row: int) -> str:
    return f"{block.numbers[DAYS][row]} jours déclarés : un mois complet en compte {MOST_DAYS}."


def _ceiling_said(_: Block, figures: DatedAmounts, row: int) -> str:
    return f"Salaire plafonné au-dessus du plafond du mois, {format_dirhams(int(figures.ceiling[row]))}."


_WORK = (DAYS, SALARY_REAL, SALARY_CAPPED)

_ON_NUMBER = (
    LineControl(rules.KEY, _wrong_key, (NUMBER,), "La clé du numéro d'immatriculation est fausse : vérifiez-le."),
    LineControl(rules.FORBIDDEN, _forbidden, (NUMBER,), "Le numéro 100000000 n'est pas admis par la CNSS."),
)
_ON_WORK = (
    LineControl(rules.DAYS, _too_many_days, (DAYS,), _days_said),
    LineControl(
        rules.CAPPED, _capped_above_real, (SALARY_CAPPED,), "Le salaire plafonné dépasse le salaire réel : corrigez-le."
    ),
    LineControl(rules.CEILING, _above_ceiling, (SALARY_CAPPED,), _ceiling_said),
    LineControl(
        rules.MINIMUM_WAGE,
        _below_minimum_wage,
        (SALARY_REAL,),
        "Salaire inférieur au SMIG pour ce nombre de jours : vérifiez les jours et le salaire.",
    ),
)
_ON_ALLOWANCE = (
    LineControl(
        rules.NET, _net_is_wrong, (AF_NET,), "Les allocations nettes ne sont pas le montant à payer moins la déduction."
    ),
)
_ON_ANNOUNCED = (
    LineControl(rules.NO_NUMBER, _no_number, (NUMBER,), "Un assuré du préétabli a un numéro d'immatriculation."),
    *_ON_NUMBER,
    *_ON_ALLOWANCE,
)
_CHECKSUM_SAID = "S_Ctr n'est pas la somme des champs de la ligne : produisez le fichier à nouveau."

ANNOUNCED = _ON_ANNOUNCED
"""Controls of A02."""

INSURED = (
    *_ON_ANNOUNCED,
    *_ON_WORK,
    LineControl(rules.IDLE, _idle, _WORK, "Situation ordinaire sans jours ou sans salaire : indiquez la situation."),
    LineControl(rules.SITUATION, _unknown_situation, (SITUATION,), "Code de situation inconnu."),
    LineControl(rules.NIL, _not_nil, (SITUATION,), "Avec CS, MS ou MP, les jours et les salaires sont à zéro."),
    LineControl(rules.GONE, _gone_and_paid, (SITUATION,), "Avec SO ou DE, jours et salaires sont en général à zéro."),
    LineControl(rules.PAID_BACK, _back_above_net, (AF_BACK,), "Les allocations à reverser dépassent les nettes."),
    LineControl(
        rules.PAID_BACK_GONE,
        _gone_keeps_allowance,
        (AF_BACK,),
        "Avec SO ou DE, toutes les allocations sont à reverser.",
    ),
    LineControl(rules.CHECKSUM, _insured_checksum, (CHECKSUM,), _CHECKSUM_SAID),
)
"""Controls of B02."""

ENTRANT = (
    *_ON_NUMBER,
    *_ON_WORK,
    LineControl(rules.IDLE_ENTRANT, _idle_entrant, _WORK, "Entrant sans jours ou sans salaire : vérifiez."),
    LineControl(rules.NO_CIN, _no_cin, (CIN,), "Un entrant sans numéro d'immatriculation doit avoir une CIN."),
    LineControl(rules.CIN_SHAPE, _odd_cin, (CIN,), "Ce numéro n'a pas la forme d'une CIN : vérifiez-le."),
    LineControl(rules.NO_NAME, _no_name, (NAME,), "Un entrant doit avoir un nom."),
    LineControl(
        rules.PLACEHOLDER, _busy_placeholder, (NUMBER,), "Sans numéro, l'enregistrement « aucun entrant » reste vide."
    ),
    LineControl(rules.CHECKSUM, _entrant_checksum, (CHECKSUM,), _CHECKSUM_SAID),
)
"""Controls of B04 and E04."""
