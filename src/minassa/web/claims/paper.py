"""A claim on paper: what is claimed, on what law, line by line, what was decided; the same bytes until it changes."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from minassa.claims.models import Claim, Contest, CutLine, Ruling, Signature
from minassa.claims.public import TamperedClaim, explained, is_intact
from minassa.registry.public import Actor
from minassa.vocabulary.periods import format_month
from minassa.web.claims.law import conditions_of
from minassa.web.claims.paper_tables import (
    STATUSES,
    ClaimRead,
    conditions_table,
    lines_table,
    reasons_table,
    section,
    status_words,
    texts_table,
)
from minassa.web.claims.showing import DECISIONS, measure_name, months_words, period_words
from minassa.web.documents import pdf
from minassa.web.writing import count, digest_groups, isolated, money, when


def claim_document(actor: Actor, claim: Claim, language: str) -> bytes:
    """The claim as a PDF in a language, not sealed yet, dated of the last act on it. Forbidden, TamperedClaim."""
    lines = list(explained(actor, claim))
    if not is_intact(claim):
        raise TamperedClaim(
            _("Le contenu de cette demande ne correspond plus à son empreinte : rien ne peut s'y faire."),
            claim=claim.reference,
        )
    left_out = frozenset(CutLine.objects.filter(ruling__claim=claim).values_list("line_id", flat=True))
    read = ClaimRead(claim, language, lines, conditions_of(claim), left_out)
    return pdf("statement", _data(read), language, claim.touched_at)


def _data(read: ClaimRead) -> dict[str, Any]:
    claim = read.claim
    sections = (
        conditions_table(read),
        reasons_table(read),
        _contests(read),
        _signature(read),
        _rulings(read),
        texts_table(read),
        _proof(read),
        lines_table(read),
    )
    return {
        "title": _("Demande d'avantage"),
        "lead": measure_name(claim.measure),
        "reference": claim.reference,
        "facts": _facts(read),
        "sections": [each for each in sections if each],
        "notes": [
            _("Chaque montant porte le statut le moins sûr de ce sur quoi il repose."),
            _("Les salariés sont désignés par des pseudonymes : ni leur nom ni leur numéro ne figure ici."),
            _("Le cachet montre que ce document vient de la plateforme et n'a pas changé depuis."),
        ],
        "synthetic": _("synthétique") if settings.MINASSA_DEMONSTRATION else "",
        "place_and_date": when(claim.touched_at, read.language),
        "verify": {
            "address": settings.MINASSA_ADDRESS + reverse("proof-check"),
            "label": _("Vérifier le cachet de ce document"),
        },
    }


def _facts(read: ClaimRead) -> list[tuple[str, str]]:
    claim, language = read.claim, read.language
    arabic = claim.enterprise.name_arabic if language == "ar" else ""
    period = period_words(claim.measure, claim.period)
    months = months_words(claim.first_month, claim.last_month)
    facts = [
        (_("Entreprise"), arabic or claim.enterprise.name),
        (_("ICE"), isolated(claim.enterprise.ice)),
        (_("Affiliation CNSS"), isolated(f"{claim.affiliation:07d}")),
        (_("Mesure"), isolated(claim.measure.upper())),
        (_("Période"), f"{period} ({months})"),
        (_("État"), str(claim.get_state_display())),
        (_("Lignes"), isolated(count(claim.line_count))),
        (_("Lignes qui ouvrent droit"), isolated(count(claim.entitled_count))),
        (_("Total demandé"), money(claim.total_cents, language)),
        (_("Dont provisoire"), money(claim.provisional_cents, language)),
        (_("Statut juridique le plus faible"), status_words(STATUSES[claim.status], language)),
    ]
    if claim.accepted_cents is not None:
        facts.append((_("Montant accepté"), money(claim.accepted_cents, language)))
    if claim.paid_cents:
        facts.append((_("Montant payé"), money(claim.paid_cents, language)))
    return facts


def _contests(read: ClaimRead) -> dict[str, Any] | None:
    """Contests with their outcome; never their words, which may name someone."""
    rows = []
    for contest in Contest.objects.filter(claim=read.claim).order_by("at", "pk"):
        outcome = {None: _("en attente de réponse"), True: _("retenue"), False: _("écartée")}[contest.upheld]
        side = _("le salarié") if contest.by_worker else _("l'entreprise")
        rows.append([when(contest.at, read.language), side, outcome])
    return section(_("Contestations"), [_("Date"), _("Par"), _("Suite")], rows)


def _signature(read: ClaimRead) -> dict[str, Any]:
    signed = Signature.objects.select_related("account").filter(claim=read.claim).first()
    if signed is None:
        told = [_("Cette demande n'est pas encore signée par l'entreprise.")]
    else:
        who = {"name": signed.account.full_name or "—", "at": when(signed.at, read.language)}
        told = [
            _("Signée au nom de l'entreprise par %(name)s, le %(at)s, sur l'empreinte :") % who,
            digest_groups(signed.digest),
        ]
    return {"heading": _("Signature de l'entreprise"), "paragraphs": told}


def _rulings(read: ClaimRead) -> dict[str, Any] | None:
    rows = [
        [
            when(ruling.at, read.language),
            str(DECISIONS.get(ruling.event, ruling.event)),
            ruling.ground or "—",
            money(ruling.cents, read.language),
        ]
        for ruling in Ruling.objects.filter(claim=read.claim).order_by("at", "pk")
    ]
    headers = [_("Date"), _("Acte"), _("Motif"), _("Montant")]
    return section(_("Contrôle et décision"), headers, rows, numeric=[3], widths=[5, 5, 9, 4])


def _proof(read: ClaimRead) -> dict[str, Any]:
    claim = read.claim
    lake = ", ".join(f"{name} {version}" for name, version in sorted(claim.lake_versions.items()))
    rows = [
        [_("Empreinte de la demande (SHA-256)"), digest_groups(claim.content_digest)],
        [_("Empreinte des lignes (SHA-256)"), digest_groups(claim.lines_digest)],
        [_("Version de l'offre (SHA-256)"), digest_groups(claim.offer_digest)],
        [_("Calcul"), isolated(claim.run)],
        [_("Déclarations connues jusqu'à"), isolated(format_month(claim.known_until))],
        [_("Versions du lac de déclarations"), isolated(lake)],
    ]
    return {
        "heading": _("Preuve"),
        "paragraphs": [_("Ces versions suffisent à refaire le calcul, à l'identique, des années après.")],
        "table": {"headers": [_("Élément"), _("Valeur")], "rows": rows, "widths": [2, 5]},
    }
