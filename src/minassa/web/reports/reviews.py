"""The pages of the reviews of a year: made of the last run, kept, opened, as PDF, as an editable file, as data."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from minassa.registry.public import Actor
from minassa.steering.commitments.reviewing import ReviewRefused, digest_of, make_review
from minassa.steering.models import YearlyReview
from minassa.web.access import PageRequest, page
from minassa.web.indicators.exports import FORMATS, taken_away
from minassa.web.reports.editable import report_docx
from minassa.web.reports.pages import DOCUMENTS, sent
from minassa.web.reports.paper import report_pdf
from minassa.web.reports.review import annex_rows, headings, review_report


def the_review(_actor: Actor, review: UUID, **_form: str) -> YearlyReview:
    """The review of an address."""
    return YearlyReview.objects.get(uuid=review)


@require_POST
@page("review.make")
def review_make(request: PageRequest) -> HttpResponse:
    """Make the review of a year of the last run."""
    year = request.POST.get("year", "")
    try:
        made = make_review(request.actor, _year(year), timezone.now(), synthetic=settings.MINASSA_DEMONSTRATION)
    except ReviewRefused as refusal:
        messages.error(request, refusal.message)
        return HttpResponseRedirect(reverse("reports") + "#bilans")
    messages.success(request, _("Le bilan est fait et gardé."))
    return HttpResponseRedirect(reverse("review", args=[made.uuid]))


def _year(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) == 4):  # noqa: PLR2004 (figures of a year)
        raise ReviewRefused(_("Choisissez une année."))
    return int(text)


@require_safe
@page("review.view", subject=the_review)
def review_page(request: PageRequest, review: YearlyReview) -> HttpResponse:
    """A review, whole, with its files."""
    told = review_report(review)
    context = {
        "review": review,
        "told": told,
        "formats": FORMATS,
        "holds": digest_of(review.content) == review.digest,
    }
    return render(request, "web/reports/review.html", context)


@require_safe
@page("review.view")
def review_file(request: PageRequest, review: UUID, form: str) -> HttpResponse:
    """A review as a sealed PDF or an editable document."""
    found = _found(request, review)
    if form not in DOCUMENTS:
        raise Http404
    told = review_report(found)
    content = report_pdf(told) if form == "pdf" else report_docx(told)
    return sent(content, DOCUMENTS[form], f"{told.reference}-{told.language}", form)


@require_safe
@page("review.view")
def review_annex(request: PageRequest, review: UUID, form: str) -> HttpResponse:
    """The figures of a review as CSV, XLSX or Parquet."""
    found = _found(request, review)
    if form not in FORMATS:
        raise Http404
    return taken_away(f"bilan-{found.year}-annexe", form, headings(), annex_rows(found))


def _found(request: PageRequest, review: UUID) -> YearlyReview:
    try:
        return the_review(request.actor, review)
    except YearlyReview.DoesNotExist as absent:
        raise Http404 from absent
