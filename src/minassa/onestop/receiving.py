"""Receives the answers of the systems of bodies: each message has one effect, however often and late it comes."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from minassa.journal.public import append
from minassa.onestop.case_models import Task, TaskState
from minassa.onestop.errors import CaseError, MessageConflict, SignatureRefused
from minassa.onestop.exchange_models import ApiClient, InboxMessage
from minassa.onestop.sending_back import send_back
from minassa.onestop.tasks import propose
from minassa.onestop.webhooks import check
from minassa.registry.public import body_actor
from minassa.statements import Compiled, Given, hold, prepared_cursor, whole, write_together
from minassa.vocabulary.errors import MinassaError

_ENTER: Final = """
INSERT INTO onestop_inboxmessage (source, message_id, digest, received_at, outcome) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (source, message_id) DO NOTHING
"""
_TASK: Final = Compiled(
    lambda: (
        Task.objects.filter(case__uuid=Given("case"), step=Given("step"), body__code=Given("body"))
        .select_related("case", "body")
        .select_for_update(of=("case",))
    )
)
_CLIENTS: Final = Compiled(lambda: ApiClient.objects.filter(body__code=Given("body"), is_active=True))
ANSWERED, SENT_BACK = "task.answered", "task.sent_back"


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a message: `outcome` as it was stored, `again` when it had been received before."""

    outcome: dict[str, Any]
    again: bool

    @property
    def accepted(self) -> bool:
        """Whether it had its effect."""
        return bool(self.outcome.get("accepted"))


def receive(source: str, message_id: str, digest: str, payload: Mapping[str, Any], at: datetime) -> Received:
    """Give a message of a body's system its one effect, and keep the outcome; a second one gets the same outcome.

    `payload`: `type` (`task.answered` or `task.sent_back`), `case` (uuid), `step`, `round`, and `favourable`, `ground`,
    `data`, or `items`. A refusal, for instance of a late answer, is an outcome too. MessageConflict for a number that
    was used with another content.
    """
    try:
        with whole():
            task = _apply(source, payload, at)
            outcome = {"accepted": True, "state": str(TaskState(task.state)), "round": task.round}
            write_together([_row(source, message_id, digest, at, outcome)])
    except (MinassaError, IntegrityError) as error:
        return _without_effect(source, message_id, digest, at, error)
    return Received(outcome, again=False)


def _row(source: str, message_id: str, digest: str, at: datetime, outcome: dict[str, Any]) -> InboxMessage:
    return InboxMessage(source=source, message_id=message_id, digest=digest, received_at=at, outcome=outcome)


def _without_effect(source: str, message_id: str, digest: str, at: datetime, error: Exception) -> Received:
    """What becomes of a message whose effect was undone: the outcome of the first of that number, or the refusal."""
    with transaction.atomic():
        if isinstance(error, MinassaError):
            outcome = {"accepted": False, "code": error.code, "detail": error.message}
            # A second one waits here until the first is done, then finds its row.
            with prepared_cursor() as cursor:
                cursor.execute(_ENTER, [source, message_id, digest, at, json.dumps(outcome)])
                if cursor.rowcount:
                    return Received(outcome, again=False)
        row = InboxMessage.objects.filter(source=source, message_id=message_id).first()
        if row is None:
            raise error
        if row.digest != digest:
            raise MessageConflict(_("Ce numéro de message a déjà servi pour un autre contenu."), number=message_id)
        return Received(row.outcome, again=True)


def _apply(source: str, payload: Mapping[str, Any], at: datetime) -> Task:
    task = _task(source, payload)
    actor = body_actor(source)
    kind = payload.get("type")
    seen = payload.get("round")
    if not isinstance(seen, int) or isinstance(seen, bool):
        raise CaseError(_("Le message dit sur quel examen il porte : « round » est un nombre."))
    if kind == ANSWERED:
        favourable = payload.get("favourable")
        data = payload.get("data") or {}
        if not isinstance(favourable, bool) or not isinstance(data, dict):
            raise CaseError(_("Une réponse dit « favourable » par vrai ou faux, et « data » est une table."))
        return propose(actor, task, favourable, str(payload.get("ground") or ""), data, at, round_seen=seen)
    if kind == SENT_BACK:
        items = payload.get("items")
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            raise CaseError(_("Une demande de complément donne la liste de ce qui manque."))
        return send_back(actor, task, items, at, round_seen=seen)
    raise CaseError(_("Ce type de message n'est pas connu."))


def _task(source: str, payload: Mapping[str, Any]) -> Task:
    """The task of a message, among those of its sender: another body's does not exist for it."""
    try:
        number = uuid.UUID(str(payload.get("case")))
    except ValueError as error:
        raise CaseError(_("Le message ne dit pas de quel dossier il parle.")) from error
    task = _TASK.first(case=number, step=str(payload.get("step")), body=source)
    if task is None:
        raise CaseError(_("Aucune tâche de votre administration ne porte ce nom dans ce dossier."))
    hold(task.case)
    return task


def receive_signed(source: str, given: Mapping[str, str], content: bytes, at: datetime) -> Received:
    """Receive a message as it came. SignatureRefused, and told to the journal, when its signature is not theirs."""
    clients = _CLIENTS.all(body=source)
    digest = hashlib.sha256(content).hexdigest()
    try:
        number = check([client.signing_secret for client in clients], given, content, at)
    except SignatureRefused as error:
        with transaction.atomic():
            append(f"inbox:{source}", "message.refused", f"body:{source}", {"digest": digest, "why": error.code}, at)
        raise
    try:
        payload = json.loads(content)
    except ValueError as error:
        raise CaseError(_("Le contenu du message n'est pas du JSON.")) from error
    if isinstance(payload, dict) and isinstance(payload.get("data"), dict) and "specversion" in payload:
        payload = {
            "type": str(payload.get("type", "")).removeprefix("ma.minassa.").removesuffix(".v1"),
            **payload["data"],
        }
    if not isinstance(payload, dict):
        raise CaseError(_("Le contenu du message n'est pas une table."))
    return receive(source, number, digest, payload, at)
