"""Marks that tell a state by a shape, a word and a tone: legal statuses, states of cases, tasks and files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from minassa.vocabulary.statuses import Status, label


@dataclass(frozen=True, slots=True)
class Mark:
    """How a state is shown: an icon of `icons.py`, a tone (`action`, `waiting`, `wrong`, `quiet`, `info`), a word."""

    icon: str
    tone: str
    text: str | Promise


_CASES: Final = {
    "draft": Mark("draft", "quiet", _("brouillon")),
    "to_sign": Mark("pen", "waiting", _("à signer")),
    "in_review": Mark("progress", "info", _("en instruction")),
    "complement": Mark("waiting", "waiting", _("complément demandé")),
    "to_decide": Mark("progress", "info", _("à décider")),
    "accepted": Mark("done", "action", _("accepté")),
    "refused": Mark("refused", "wrong", _("refusé")),
    "appealed": Mark("waiting", "waiting", _("en recours")),
    "withdrawn": Mark("withdrawn", "quiet", _("retiré")),
}
_TASKS: Final = {
    "open": Mark("progress", "info", _("à traiter")),
    "proposed": Mark("pen", "waiting", _("réponse à valider")),
    "sent_back": Mark("waiting", "waiting", _("en attente du demandeur")),
    "answered": Mark("done", "action", _("répondue")),
    "cancelled": Mark("withdrawn", "quiet", _("annulée")),
}
_ANSWERS: Final = {
    "favourable": Mark("done", "action", _("favorable")),
    "unfavourable": Mark("refused", "wrong", _("défavorable")),
    "late": Mark("late", "wrong", _("en retard")),
    "soon": Mark("waiting", "waiting", _("bientôt due")),
    "on_time": Mark("done", "action", _("dans les délais")),
}
_FILES: Final = {
    "received": Mark("progress", "info", _("reçu")),
    "checking": Mark("progress", "info", _("en contrôle")),
    "checked": Mark("pen", "waiting", _("contrôlé, à déposer")),
    "refused": Mark("refused", "wrong", _("refusé")),
    "depositing": Mark("progress", "info", _("dépôt en cours")),
    "deposited": Mark("done", "action", _("déposé")),
    "withdrawn": Mark("withdrawn", "quiet", _("retiré")),
    "superseded": Mark("withdrawn", "quiet", _("remplacé")),
}
_FINDINGS: Final = {
    "blocking": Mark("refused", "wrong", _("bloquant")),
    "error": Mark("refused", "wrong", _("erreur")),
    "warning": Mark("waiting", "waiting", _("à vérifier")),
    "information": Mark("progress", "info", _("information")),
    "info": Mark("progress", "info", _("information")),
}
_DELIVERIES: Final = {
    "pending": Mark("waiting", "waiting", _("en attente d'envoi")),
    "delivered": Mark("done", "action", _("remis")),
    "dead": Mark("refused", "wrong", _("abandonné")),
}
_BATCHES: Final = {
    "proposed": Mark("pen", "waiting", _("proposé, attend une autre main")),
    "validated": Mark("done", "action", _("validé, à transmettre")),
    "refused": Mark("refused", "wrong", _("refusé")),
    "sent": Mark("progress", "info", _("transmis à la banque")),
}
_ORDERS: Final = {
    "proposed": Mark("pen", "waiting", _("proposé")),
    "refused": Mark("withdrawn", "quiet", _("refusé")),
    "validated": Mark("progress", "info", _("validé")),
    "accepted": Mark("progress", "info", _("accepté par la banque")),
    "paid": Mark("done", "action", _("payé")),
    "set_off": Mark("done", "action", _("retenu en entier")),
    "rejected": Mark("refused", "wrong", _("rejeté par la banque")),
    "returned": Mark("refused", "wrong", _("payé puis revenu")),
}
_CLAIMS: Final = {
    "open": Mark("pen", "waiting", _("à vérifier et signer")),
    "contested": Mark("waiting", "waiting", _("contestée par l'entreprise")),
    "superseded": Mark("withdrawn", "quiet", _("remplacée")),
    "expired": Mark("late", "wrong", _("prescrite")),
    "signed": Mark("done", "info", _("signée")),
    "in_control": Mark("progress", "info", _("en contrôle")),
    "to_decide": Mark("progress", "info", _("à décider")),
    "hearing": Mark("waiting", "waiting", _("en phase contradictoire")),
    "accepted": Mark("done", "action", _("acceptée")),
    "cut": Mark("half", "action", _("acceptée en partie")),
    "refused": Mark("refused", "wrong", _("refusée")),
    "suspended": Mark("waiting", "waiting", _("suspendue")),
    "paid": Mark("done", "action", _("payée")),
}
_ACCOUNTS: Final = {
    "proposed": Mark("waiting", "waiting", _("à confirmer")),
    "confirmed": Mark("done", "action", _("confirmé")),
    "refused": Mark("refused", "wrong", _("refusé")),
    "replaced": Mark("withdrawn", "quiet", _("remplacé")),
}
_CONVENTIONS: Final = {
    "draft": Mark("draft", "quiet", _("en préparation")),
    "proposed": Mark("pen", "waiting", _("proposée à la signature")),
    "in_force": Mark("done", "action", _("en vigueur")),
    "suspended": Mark("waiting", "waiting", _("suspendue")),
    "ended": Mark("withdrawn", "quiet", _("arrivée à son terme")),
    "terminated": Mark("refused", "wrong", _("résiliée")),
}
_LEADS: Final = {
    "new": Mark("draft", "quiet", _("nouvelle")),
    "qualified": Mark("progress", "info", _("qualifiée")),
    "proposed": Mark("waiting", "waiting", _("proposée à une P2I")),
    "answered": Mark("message", "info", _("la P2I a répondu")),
    "won": Mark("done", "action", _("gagnée, contrat signé")),
    "lost": Mark("refused", "wrong", _("perdue")),
}
_COMMITMENTS: Final = {
    "on_the_way": Mark("progress", "info", _("sur la voie")),
    "late": Mark("late", "wrong", _("en retard")),
    "met": Mark("done", "action", _("tenu")),
    "missed": Mark("refused", "wrong", _("non tenu")),
    "unmeasured": Mark("draft", "quiet", _("pas encore mesuré")),
}
_AMENDMENTS: Final = {
    "proposed": Mark("pen", "waiting", _("proposé, à décider")),
    "adopted": Mark("done", "action", _("adopté")),
    "rejected": Mark("refused", "wrong", _("rejeté")),
    "withdrawn": Mark("withdrawn", "quiet", _("retiré")),
}
_PROPOSALS: Final = {
    "proposed": Mark("pen", "waiting", _("proposée au comité")),
    "adopted": Mark("done", "action", _("adoptée")),
    "rejected": Mark("refused", "wrong", _("rejetée")),
    "withdrawn": Mark("withdrawn", "quiet", _("retirée")),
}
_ADVANCES: Final = {
    "proposed": Mark("pen", "waiting", _("proposée")),
    "refused": Mark("refused", "wrong", _("refusée")),
    "granted": Mark("done", "action", _("accordée")),
}
_HEARINGS: Final = {
    "open": Mark("waiting", "waiting", _("l'entreprise peut répondre")),
    "replied": Mark("message", "info", _("l'entreprise a répondu")),
    "recovered": Mark("money", "action", _("remboursement demandé")),
    "withheld": Mark("money", "action", _("part non encore payée, retenue")),
    "dropped": Mark("withdrawn", "quiet", _("abandonnée")),
}
_RESTITUTIONS: Final = {
    "hearing": Mark("waiting", "waiting", _("en phase contradictoire")),
    "heard": Mark("message", "info", _("à décider : l'entreprise a répondu")),
    "decided": Mark("money", "action", _("à rendre")),
    "dropped": Mark("withdrawn", "quiet", _("abandonnée")),
}
_SESSIONS: Final = {
    "draft": Mark("draft", "quiet", _("en préparation")),
    "convened": Mark("calendar", "info", _("convoquée")),
    "open": Mark("progress", "info", _("ouverte")),
    "closed": Mark("pen", "waiting", _("levée")),
    "sealed": Mark("done", "action", _("procès-verbal scellé")),
    "cancelled": Mark("withdrawn", "quiet", _("annulée")),
}
_ITEMS: Final = {
    "listed": Mark("draft", "quiet", _("à l'ordre du jour")),
    "voting": Mark("waiting", "waiting", _("au vote")),
    "adopted": Mark("done", "action", _("adopté")),
    "rejected": Mark("refused", "wrong", _("rejeté")),
    "put_off": Mark("withdrawn", "quiet", _("renvoyé")),
}
_DEROGATIONS: Final = {
    "to_come": Mark("waiting", "waiting", _("à venir")),
    "in_force": Mark("done", "action", _("en vigueur")),
    "expired": Mark("late", "quiet", _("échue")),
    "closed": Mark("withdrawn", "quiet", _("close avant son terme")),
}
_ENTRIES: Final = {
    "proposed": Mark("diamond", "waiting", _("entrée proposée")),
    "validated": Mark("done", "action", _("entrée validée")),
    "deprecated": Mark("withdrawn", "quiet", _("entrée retirée")),
}
_REFERENCE_PROPOSALS: Final = {
    "proposed": Mark("message", "info", _("en discussion")),
    "accepted": Mark("done", "action", _("retenue")),
    "rejected": Mark("refused", "wrong", _("écartée")),
    "withdrawn": Mark("withdrawn", "quiet", _("retirée")),
}
_VISAS: Final = {
    "reserved": Mark("waiting", "waiting", _("place réservée")),
    "granted": Mark("done", "action", _("visa accordé")),
    "refused": Mark("refused", "wrong", _("visa refusé")),
    "freed": Mark("withdrawn", "quiet", _("place rendue")),
}
_RECOMMENDATIONS: Final = {
    "draft": Mark("draft", "quiet", _("en préparation")),
    "proposed": Mark("pen", "waiting", _("proposée au comité")),
    "adopted": Mark("done", "action", _("adoptée")),
    "rejected": Mark("refused", "wrong", _("rejetée")),
    "withdrawn": Mark("withdrawn", "quiet", _("abandonnée")),
}
_STANDINGS: Final = {
    "reached": Mark("done", "action", _("atteint")),
    "on_path": Mark("progress", "info", _("sur le chemin")),
    "behind": Mark("late", "wrong", _("en retard sur le chemin")),
    "no_path": Mark("half", "waiting", _("mesuré, sans chemin connu")),
    "unmeasured": Mark("waiting", "quiet", _("non mesuré")),
}
_COMMISSION_SITTINGS: Final = {
    "planned": Mark("calendar", "info", _("prévue")),
    "held": Mark("pen", "waiting", _("tenue, procès-verbal à écrire")),
    "minuted": Mark("waiting", "waiting", _("procès-verbal à approuver")),
    "approved": Mark("done", "action", _("procès-verbal approuvé")),
    "cancelled": Mark("withdrawn", "quiet", _("annulée")),
}
_STATUS_ICONS: Final = {
    Status.OFFICIAL: ("official", "action"),
    Status.PRESS: ("half", "info"),
    Status.INFERRED: ("half", "info"),
    Status.PROPOSED: ("diamond", "waiting"),
    Status.ASSUMED: ("dashed", "quiet"),
}
KINDS: Final = {
    "case": _CASES,
    "task": _TASKS,
    "answer": _ANSWERS,
    "file": _FILES,
    "finding": _FINDINGS,
    "delivery": _DELIVERIES,
    "batch": _BATCHES,
    "order": _ORDERS,
    "claim": _CLAIMS,
    "account": _ACCOUNTS,
    "convention": _CONVENTIONS,
    "commitment": _COMMITMENTS,
    "amendment": _AMENDMENTS,
    "proposal": _PROPOSALS,
    "advance": _ADVANCES,
    "hearing": _HEARINGS,
    "restitution": _RESTITUTIONS,
    "session": _SESSIONS,
    "item": _ITEMS,
    "derogation": _DEROGATIONS,
    "entry": _ENTRIES,
    "visa": _VISAS,
    "reference-proposal": _REFERENCE_PROPOSALS,
    "recommendation": _RECOMMENDATIONS,
    "standing": _STANDINGS,
    "commission-sitting": _COMMISSION_SITTINGS,
    "lead": _LEADS,
}


def mark_of(value: str, kind: str, language: str) -> Mark:
    """The mark of a legal status (kind "law") or of a state of one of KINDS; without kind, the first that knows it.

    Raises KeyError for a value nobody knows: a state without a word is a defect, not something to hide.
    """
    if kind == "law" or (not kind and value in set(Status)):
        icon, tone = _STATUS_ICONS[Status(value)]
        return Mark(icon, tone, label(Status(value), language))
    tables = [KINDS[kind]] if kind else list(KINDS.values())
    for states in tables:
        if value in states:
            return states[value]
    raise KeyError(value)
