"""What is signed, shown exactly with its digest; the signature; the deposit; the withdrawal."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from minassa.onestop.models import Case, CaseDocument, Signature
from minassa.onestop.public import CaseError, CaseState, all_answers, definition, missing, sign, submit, withdraw
from minassa.onestop.signing import digest_of, documents_of
from minassa.registry.public import allowed
from minassa.web.access import PageRequest, page
from minassa.web.cases.drafting import EDITED, version_of
from minassa.web.cases.showing import answer, asked_name, lacking
from minassa.web.cases.subjects import the_case


@require_GET
@page("case.edit", subject=the_case)
def sign_page(request: PageRequest, case: Case) -> HttpResponse:
    """All that a signature would bear on, its digest, and who may sign."""
    if case.state not in EDITED:
        return HttpResponseRedirect(reverse("case", args=[case.uuid]))
    return _shown(request, case)


def _shown(request: PageRequest, case: Case, error: CaseError | None = None, status: int = 200) -> HttpResponse:
    procedure, answers, documents = definition(case.procedure_id), all_answers(case), documents_of(case)
    digest = digest_of(case, answers, documents)
    uses = CaseDocument.objects.filter(case=case).select_related("document").order_by("pk")
    context: dict[str, Any] = {
        "case": case,
        "procedure": procedure,
        "answers": [answer(field, answers.get(field.key)) for field in procedure.fields if field.applies(answers)],
        "documents": [(asked_name(procedure, use.requirement), use.document) for use in uses],
        "missing": lacking(procedure, missing(procedure, answers, frozenset(documents))),
        "digest": digest,
        "signatures": Signature.objects.filter(case=case, digest=digest).select_related("account").order_by("pk"),
        "outdated": Signature.objects.filter(case=case).exclude(digest=digest).exists(),
        "may_sign": allowed(request.actor, "case.sign", case),
        "handed": case.state == CaseState.TO_SIGN,
        "error": error,
    }
    return render(request, "web/cases/sign.html", context, status=status)


def _refused(request: PageRequest, case: Case, error: CaseError) -> HttpResponse:
    """Say it on this page; on the page of the case when the case has gone on meanwhile, as after a second press."""
    case.refresh_from_db()
    if case.state in EDITED:
        return _shown(request, case, error, status=409)
    messages.warning(request, error.message)
    return HttpResponseRedirect(reverse("case", args=[case.uuid]))


@require_POST
@page("case.sign", subject=the_case)
def sign_case(request: PageRequest, case: Case) -> HttpResponse:
    """Sign, and deposit at once when the button says so."""
    now = timezone.now()
    try:
        sign(request.actor, case, now, expected=version_of(request.POST))
        if request.POST.get("suite") != "deposer":
            messages.success(request, _("Le dossier est signé. Il reste à le déposer."))
            return HttpResponseRedirect(reverse("case-sign", args=[case.uuid]))
        submit(request.actor, case, now)
    except CaseError as error:
        return _refused(request, case, error)
    messages.success(request, _("Le dossier est signé et déposé : les administrations l'ont reçu ensemble."))
    return HttpResponseRedirect(reverse("case", args=[case.uuid]))


@require_POST
@page("case.submit", subject=the_case)
def submit_case(request: PageRequest, case: Case) -> HttpResponse:
    """Deposit a signed case; hand a draft that needs a signature to who may sign."""
    try:
        submit(request.actor, case, timezone.now(), expected=version_of(request.POST))
    except CaseError as error:
        return _refused(request, case, error)
    if case.state == CaseState.TO_SIGN:
        messages.success(request, _("Le dossier est transmis à la signature de l'entreprise."))
        return HttpResponseRedirect(reverse("case-sign", args=[case.uuid]))
    messages.success(request, _("Le dossier est déposé : les administrations l'ont reçu ensemble."))
    return HttpResponseRedirect(reverse("case", args=[case.uuid]))


@require_POST
@page("case.withdraw", subject=the_case)
def withdraw_case(request: PageRequest, case: Case) -> HttpResponse:
    """Withdraw a case, once the person has said that they mean it."""
    back = HttpResponseRedirect(reverse("case", args=[case.uuid]))
    if request.POST.get("sur") != "oui":
        messages.warning(request, _("Rien n'est retiré : cochez la case pour confirmer le retrait."))
        return back
    try:
        withdraw(request.actor, case, timezone.now(), expected=version_of(request.POST))
        messages.success(request, _("Le dossier est retiré."))
    except CaseError as error:
        messages.error(request, error.message)
    return back
