"""The terms of a convention as plain values: what is drafted, signed by its digest, compared and amended."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Any, Final

from django.utils.translation import gettext as _

from minassa.conventions.convention_models import CommitmentKind, Scope, Side
from minassa.conventions.errors import TermsRefused, UnknownCommitment
from minassa.conventions.parameters import convention_number
from minassa.delays.documents import Closed
from minassa.entitlements.spells import STABILITY_MONTHS
from minassa.proof import canonical_bytes

MOST: Final = 40
"""Commitments of a convention, at most."""
LARGEST: Final = 2**53
LONGEST_NAME, LONGEST_QUALITY = 200, 120


class Unit(StrEnum):
    """What a commitment is counted in."""

    JOBS = "jobs"
    CENTS = "cents"
    EVENT = "event"
    """Done (1) or not yet (0)."""


class Source(StrEnum):
    """Where the value of a commitment is read."""

    CNSS = "cnss"
    """Pay declarations, through the rules of the offer."""
    ACCOUNTS = "accounts"
    """Yearly accounts that the firm deposited."""
    DECLARED = "declared"
    """The firm itself, document in hand."""


_K = CommitmentKind
UNITS: Final = {
    _K.NET_JOBS: Unit.JOBS,
    _K.JOBS_KEPT: Unit.JOBS,
    _K.HEADCOUNT: Unit.JOBS,
    _K.INVESTMENT: Unit.CENTS,
    _K.TRAINING_SPEND: Unit.CENTS,
    _K.EXPORT_TURNOVER: Unit.CENTS,
    _K.EVENT: Unit.EVENT,
}
SOURCES: Final = {
    _K.NET_JOBS: Source.CNSS,
    _K.JOBS_KEPT: Source.CNSS,
    _K.HEADCOUNT: Source.CNSS,
    _K.INVESTMENT: Source.DECLARED,
    _K.TRAINING_SPEND: Source.ACCOUNTS,
    _K.EXPORT_TURNOVER: Source.ACCOUNTS,
    _K.EVENT: Source.DECLARED,
}


class CommitmentTerms(Closed):
    """One commitment: from a baseline on a day to a target by another, in counts or centimes by its kind."""

    number: int
    kind: CommitmentKind
    label: str = ""
    scope: Scope = Scope.FIRM
    baseline: int
    baseline_on: date
    target: int
    due_on: date

    @property
    def unit(self) -> Unit:
        """What it is counted in."""
        return UNITS[self.kind]

    @property
    def source(self) -> Source:
        """Where its value is read."""
        return SOURCES[self.kind]


class MilestoneTerms(Closed):
    """An advance falls due in the `month`-th month in post of a hire: a share of its expected premium."""

    number: int
    month: int
    share_basis_points: int


class Signatory(Closed):
    """Who signs for a party, under which quality."""

    side: Side
    name: str
    quality: str


class Terms(Closed):
    """All that the parties sign. The firm is the enterprise of the convention, named as on the day of signature."""

    firm_name: str
    text_reference: str
    starts_on: date
    ends_on: date
    signatories: tuple[Signatory, ...]
    commitments: tuple[CommitmentTerms, ...]
    milestones: tuple[MilestoneTerms, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The terms as plain data, with the unit and source of each commitment."""
        said: dict[str, Any] = self.model_dump(mode="json")
        for row, one in zip(said["commitments"], self.commitments, strict=True):
            row |= {"unit": str(one.unit), "source": str(one.source)}
        return said

    def commitment(self, number: int) -> CommitmentTerms:
        """The commitment of this number; UnknownCommitment."""
        found = next((one for one in self.commitments if one.number == number), None)
        if found is None:
            raise UnknownCommitment(_("La convention n'a pas d'engagement de ce numéro."), number=number)
        return found


def digest_of(reference: str, terms: Terms) -> str:
    """SHA-256 in hexadecimal of the terms under the reference of their convention: what the parties sign."""
    return hashlib.sha256(canonical_bytes({"reference": reference, "terms": terms.as_json()})).hexdigest()


def terms_of(draft: dict[str, Any]) -> Terms:
    """The terms kept as plain data by `Terms.model_dump`."""
    return Terms.model_validate(draft)


def require_sound(terms: Terms) -> None:
    """TermsRefused with every sentence of what does not hold together; `details["problems"]` has them one by one."""
    problems = list(dict.fromkeys((*_of_frame(terms), *_of_commitments(terms), *_of_milestones(terms))))
    if problems:
        raise TermsRefused(" ".join(problems), problems=problems)


def _of_frame(terms: Terms) -> Iterator[str]:
    if terms.ends_on < terms.starts_on:
        yield _("La convention finit avant de commencer.")
    if not terms.firm_name.strip() or not terms.text_reference.strip():
        yield _("Nommez l'entreprise et le texte sur lequel la convention se fonde.")
    if max(len(terms.firm_name), len(terms.text_reference)) > LONGEST_NAME:
        yield _("Un nom ou une référence compte 200 caractères au plus.")
    if {one.side for one in terms.signatories} != set(Side):
        yield _("Nommez un signataire pour l'État et un pour l'entreprise.")
    for one in terms.signatories:
        if not one.name.strip() or max(len(one.name), len(one.quality)) > LONGEST_QUALITY:
            yield _("Un signataire a un nom et une qualité, de 120 caractères au plus.")


def _of_commitments(terms: Terms) -> Iterator[str]:
    numbers = [one.number for one in terms.commitments]
    if not 0 < len(numbers) <= MOST or sorted(set(numbers)) != list(range(1, len(numbers) + 1)):
        yield _("Une convention compte de 1 à 40 engagements, numérotés à partir de 1.")
    for one in terms.commitments:
        said = {"number": one.number}
        if not one.baseline_on < one.due_on <= terms.ends_on:
            yield _("Engagement %(number)d : l'échéance suit la date de référence et précède la fin.") % said
        if not 0 <= one.baseline <= one.target <= LARGEST or one.target == 0:
            yield _("Engagement %(number)d : l'objectif n'est ni nul, ni plus petit que la référence.") % said
        if one.unit is Unit.EVENT and ((one.baseline, one.target) != (0, 1) or not one.label.strip()):
            yield _("Engagement %(number)d : une étape se nomme, et elle est faite ou non.") % said
        if len(one.label) > LONGEST_NAME:
            yield _("Engagement %(number)d : 200 caractères au plus.") % said


def _of_milestones(terms: Terms) -> Iterator[str]:
    numbers = [one.number for one in terms.milestones]
    if sorted(numbers) != list(range(1, len(numbers) + 1)):
        yield _("Les jalons sont numérotés à partir de 1.")
    months = [one.month for one in terms.milestones]
    if len(set(months)) < len(months) or any(not 0 < month < STABILITY_MONTHS for month in months):
        yield _("Un jalon est un mois de présence, du premier au dix-septième ; deux jalons sont de deux mois.")
    shares = [one.share_basis_points for one in terms.milestones]
    if any(share <= 0 for share in shares):
        yield _("La part avancée à un jalon est plus grande que zéro.")
    if shares and sum(shares) > convention_number("advance_share_at_most", terms.starts_on):
        yield _("Les parts avancées passent, ensemble, ce que la règle du jour permet.")
