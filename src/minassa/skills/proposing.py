"""Proposals on the reference: made, discussed, decided by the voices of the commission. Each act is one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db import connection, transaction
from django.utils.translation import gettext as _

from minassa.journal.public import append
from minassa.proof import canonical_bytes
from minassa.registry.public import Actor, require
from minassa.skills.errors import ProposalOver, SameVoice, SkillsError
from minassa.skills.models import Proposal, ProposalState, Remark, Voice
from minassa.skills.parameters import voices_needed
from minassa.skills.versions import reference_in_force
from minassa.talent.reference.changes import changed
from minassa.talent.reference.reading import reference

LONGEST: Final = 4_000
MOST_CODES: Final = 100


def stream_of(proposal_id: int) -> str:
    """The stream of a proposal in the journal."""
    return f"reference-proposal:{proposal_id}"


def propose(actor: Actor, code: str, values: Mapping[str, Any], reason: str, at: datetime) -> Proposal:
    """Propose new values for an entry, or a new entry. SkillsError without reason, InvalidChange."""
    require(actor, "reference.propose")
    said, held = _told(reason), reference_in_force()
    changed(held, code, values)
    found = held.occupations.get(code) or held.skills.get(code)
    told = found.model_dump(mode="json") if found else {}
    before = {name: told[name] for name in values if name in told}
    with transaction.atomic():
        made = Proposal.objects.create(
            code=code, before=before, values=dict(values), reason=said, proposed_by=str(actor), proposed_at=at
        )
        digest = hashlib.sha256(canonical_bytes({"code": code, "values": dict(values), "reason": said})).hexdigest()
        append(stream_of(made.pk), "reference.proposed", str(actor), {"code": code, "digest": digest}, at)
    return made


def propose_entry(actor: Actor, stem: str, values: Mapping[str, Any], reason: str, at: datetime) -> Proposal:
    """Propose a new entry under the first code free after a stem (`MO-2512`, `MS-DEV`). SkillsError, InvalidChange.

    A code is never given twice, to a proposal that was set aside neither.
    """
    require(actor, "reference.propose")
    with transaction.atomic(), connection.cursor() as cursor:
        # Of two people at one instant, the second draws its code after the first has kept its own.
        cursor.execute("LOCK TABLE skills_proposal IN SHARE ROW EXCLUSIVE MODE")
        return propose(actor, _free_code(stem), values, reason, at)


def _free_code(stem: str) -> str:
    held = reference_in_force()
    shipped = reference()
    proposed = Proposal.objects.filter(code__startswith=f"{stem}-").values_list("code", flat=True)
    taken = {*held.occupations, *held.skills, *shipped.occupations, *shipped.skills, *proposed}
    free = (code for rank in range(1, MOST_CODES) if (code := f"{stem}-{rank:02}") not in taken)
    found = next(free, None)
    if found is None:
        raise SkillsError(_("Aucun code n'est libre dans ce groupe."))
    return found


def remark(actor: Actor, proposal: Proposal, text: str, at: datetime) -> Remark:
    """Say something of a proposal. SkillsError for an empty text, or one too long."""
    require(actor, "reference.discuss", proposal)
    said = _told(text)
    with transaction.atomic():
        made = Remark.objects.create(proposal=proposal, text=said, by=str(actor), at=at)
        body = {"digest": hashlib.sha256(said.encode()).hexdigest()}
        append(stream_of(proposal.pk), "reference.remarked", str(actor), body, at)
    return made


def withdraw(actor: Actor, proposal: Proposal, at: datetime) -> None:
    """Withdraw one's own proposal. ProposalOver."""
    require(actor, "reference.withdraw", proposal)
    with transaction.atomic():
        _end(actor, _locked(proposal), ProposalState.WITHDRAWN, at)


def decide(actor: Actor, proposal: Proposal, ground: str, at: datetime, *, favour: bool) -> Proposal:
    """Give one's voice; the proposal is decided with the last voice needed. ProposalOver, SameVoice, SkillsError."""
    require(actor, "reference.decide", proposal)
    said = _told(ground)
    with transaction.atomic():
        held = _locked(proposal)
        if held.proposed_by in actor.hands:
            raise SameVoice(_("L'auteur d'une proposition n'en décide pas."))
        if held.voices.filter(by__in=actor.hands).exists():
            raise SameVoice(_("Vous avez déjà donné votre voix."))
        Voice.objects.create(proposal=held, favour=favour, ground=said, by=str(actor), at=at)
        append(stream_of(held.pk), "reference.voice", str(actor), {"favour": favour}, at)
        if held.voices.filter(favour=favour).count() >= voices_needed().value:
            _end(actor, held, ProposalState.ACCEPTED if favour else ProposalState.REJECTED, at)
    return held


def _locked(proposal: Proposal) -> Proposal:
    held = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if held.state != ProposalState.PROPOSED:
        raise ProposalOver(_("Cette proposition est « %(state)s ».") % {"state": held.get_state_display()})
    return held


def _end(actor: Actor, held: Proposal, state: ProposalState, at: datetime) -> None:
    held.state, held.decided_at = state, at
    held.save(update_fields=["state", "decided_at"])
    append(stream_of(held.pk), f"reference.{state.value}", str(actor), {"code": held.code}, at)


def _told(text: str) -> str:
    said = text.replace("\x00", "").replace("\r\n", "\n").strip()
    if not said:
        raise SkillsError(_("Dites pourquoi."))
    if len(said) > LONGEST:
        raise SkillsError(_("Ce texte est trop long : %(most)d caractères au plus.") % {"most": LONGEST})
    return said
