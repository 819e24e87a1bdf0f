"""The receipt of a deposit, as a sealed PDF: what was deposited, when, and the entry of the journal that proves it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from minassa.intake.models import Upload
from minassa.intake.public import Receipt, UploadRefused, receipt
from minassa.web.access import PageRequest, page
from minassa.web.deposits.showing import kind_of, period_of
from minassa.web.deposits.subjects import the_upload
from minassa.web.documents import pdf, seal
from minassa.web.writing import count, day, digest_groups, isolated, when


@require_GET
@page("upload.receipt", subject=the_upload)
def receipt_pdf(request: PageRequest, upload: Upload) -> HttpResponse:
    """The sealed receipt of a deposit; back to the file, told why, when it is not deposited."""
    try:
        proof = receipt(upload)
    except UploadRefused as refusal:
        messages.error(request, refusal.message)
        return HttpResponseRedirect(reverse("upload", args=[upload.uuid]))
    response = HttpResponse(receipt_document(proof), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="recepisse-{upload.uuid}.pdf"'
    return response


def receipt_document(proof: Receipt) -> bytes:
    """The receipt in the language of the page; the same bytes each time it is made."""
    language = (get_language() or "fr")[:2]
    made = pdf("statement", _data(proof, language), language, proof.deposited_at)
    return seal(made, _("Récépissé de dépôt"), proof.deposited_at)


def _data(proof: Receipt, language: str) -> dict[str, Any]:
    upload = proof.upload
    return {
        "title": _("Récépissé de dépôt"),
        "lead": _("Ce fichier a été contrôlé puis déposé ; les lignes acceptées ont pris effet."),
        "reference": str(upload.uuid),
        "facts": _facts(proof, language),
        "sections": [{"heading": _("Preuve"), "paragraphs": [_proof_words()], "table": _proof_table(proof)}],
        "notes": [_("Le cachet montre que ce document vient de la plateforme et n'a pas changé depuis.")],
        "synthetic": _("synthétique") if settings.MINASSA_DEMONSTRATION else "",
        "place_and_date": when(proof.deposited_at, language),
        "verify": {
            "address": settings.MINASSA_ADDRESS + reverse("upload", args=[upload.uuid]),
            "label": _("Retrouver ce dépôt"),
        },
    }


def _proof_words() -> str:
    return _("Le dépôt est écrit dans un journal où rien ne s'efface ; l'empreinte du fichier y figure.")


def _facts(proof: Receipt, language: str) -> list[tuple[str, str]]:
    upload = proof.upload
    facts = [
        (_("Entreprise"), upload.enterprise.name),
        (_("Affiliation CNSS"), isolated(f"{upload.affiliation:07d}") if upload.affiliation else "—"),
        (_("Nature"), str(kind_of(upload.kind))),
        (_("Période"), period_of(upload.period) or "—"),
        (_("Fichier"), isolated(upload.name)),
        (_("Reçu le"), when(upload.received_at, language)),
        (_("Déposé le"), when(proof.deposited_at, language)),
        (_("Lignes"), isolated(count(upload.lines))),
        (_("Lignes acceptées"), isolated(count(upload.accepted))),
        (_("Lignes rejetées"), isolated(count(upload.rejected))),
    ]
    former = upload.supersedes
    if former is not None and former.deposited_at is not None:
        facts.append((_("Remplace le dépôt du"), day(former.deposited_at, language)))
    return facts


def _proof_table(proof: Receipt) -> dict[str, Any]:
    rows = [
        [_("Empreinte SHA-256 du fichier"), digest_groups(proof.upload.sha256)],
        [_("Écriture du journal"), isolated(f"{proof.stream}#{proof.number}")],
        [_("Empreinte de l'écriture"), digest_groups(proof.entry_hash)],
    ]
    return {"headers": [_("Élément"), _("Valeur")], "rows": rows, "numeric": []}
