"""One file: where it stands, what was found on its lines, what it changes, its versions, its story."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from minassa.intake.models import Upload, UploadFinding, UploadState
from minassa.intake.public import Excerpt, changes_of, excerpts, receipt, sentence, versions
from minassa.intake.receiving import stream_of
from minassa.journal.models import Entry
from minassa.registry.public import allowed
from minassa.web.access import PageRequest, page
from minassa.web.deposits.showing import MOVING, kind_of, mark_of, period_of
from minassa.web.deposits.subjects import the_upload
from minassa.web.marks import Mark

PAGE_FINDINGS: Final = 50
_REJECTS: Final = Mark("refused", "wrong", _("ligne rejetée"))
_WARNS: Final = Mark("waiting", "waiting", _("à vérifier"))
_STORY: Final[dict[str, str | Promise]] = {
    "upload.received": _("Fichier reçu"),
    "upload.checked": _("Contrôle terminé"),
    "upload.deposit-asked": _("Dépôt demandé"),
    "upload.deposited": _("Déposé"),
    "upload.refused": _("Dépôt refusé"),
    "upload.withdrawn": _("Fichier retiré"),
    "upload.given-up": _("Traitement abandonné"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One finding on its line: its number in the file, the way to the ones before and after, its mark."""

    finding: UploadFinding
    number: int
    mark: Mark
    last_column: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file with what was found on it."""

    excerpt: Excerpt
    findings: list[Shown]


@require_GET
@page("upload.open", subject=the_upload)
def upload_page(request: PageRequest, upload: Upload) -> HttpResponse:
    """The page of one file."""
    actor = request.actor
    reads = allowed(actor, "upload.read_lines", upload)
    context = {
        "upload": upload,
        "mark": mark_of(upload),
        "kind": kind_of(upload.kind),
        "period": period_of(upload.period),
        "problem": sentence(upload.problem) if upload.problem else "",
        "moving": upload.state in MOVING,
        "masked": not reads,
        "may_deposit": upload.state == UploadState.CHECKED and allowed(actor, "upload.deposit", upload),
        "may_withdraw": upload.state in {UploadState.RECEIVED, UploadState.CHECKED, UploadState.REFUSED}
        and allowed(actor, "upload.send", upload),
        "proof": receipt(upload) if upload.state == UploadState.DEPOSITED else None,
        "changes": changes_of(upload.counts.get("changes")),
        "replaces": _instant(upload.counts.get("replaces", "")),
        "replaced_by": upload.superseded_by.order_by("-pk").first(),
        "versions": [(each, mark_of(each, replaced=each.superseded_by.exists())) for each in versions(upload)[:50]],
        "story": _story(upload),
        **_found(request, upload, masked=not reads),
    }
    return render(request, "web/deposits/one.html", context)


def _found(request: PageRequest, upload: Upload, *, masked: bool) -> dict[str, Any]:
    """The findings of this page of the list, on their lines; those on the whole file apart."""
    rows = upload.findings.order_by("line", "column", "id")
    total, rejecting = rows.count(), rows.filter(severity="reject").count()
    if request.GET.get("severity") in {"reject", "warn"}:
        rows = rows.filter(severity=request.GET["severity"])
    if request.GET.get("rule"):
        rows = rows.filter(rule=request.GET["rule"][:60])
    asked = request.GET.get("after", "") or request.GET.get("before", "")
    start = int(asked) if asked.isdecimal() and len(asked) < 7 else 0  # noqa: PLR2004 (no longer number)
    shown = list(rows[start : start + PAGE_FINDINGS + 1])
    here = [_shown(finding, start + rank) for rank, finding in enumerate(shown[:PAGE_FINDINGS], 1)]
    on_file, lines = _placed(upload, here, masked=masked)
    return {
        "total": total,
        "rejecting": rejecting,
        "warning": total - rejecting,
        "listed": rows.count(),
        "on_file": on_file,
        "lines": lines,
        "next": str(start + PAGE_FINDINGS) if len(shown) > PAGE_FINDINGS else "",
        "previous": str(max(start - PAGE_FINDINGS, 0)) if start else "",
        "severity": request.GET.get("severity", ""),
        "rule": request.GET.get("rule", ""),
        "rules": upload.counts.get("rules", {}),
    }


def _shown(finding: UploadFinding, number: int) -> Shown:
    mark = _REJECTS if finding.severity == "reject" else _WARNS
    return Shown(finding, number, mark, finding.column + max(finding.length, 1) - 1)


def _placed(upload: Upload, here: Sequence[Shown], *, masked: bool) -> tuple[list[Shown], list[Line]]:
    """Findings whose line is shown stand there; the others (on the whole file, or on bytes that are gone) apart."""
    by_finding = {each.finding.pk: each for each in here}
    gone = upload.state == UploadState.WITHDRAWN
    shown = [] if gone else excerpts(upload, [each.finding for each in here], masked=masked)
    lines = [Line(each, [by_finding[finding.pk] for finding in each.findings]) for each in shown]
    placed = {each.number for line in lines for each in line.findings}
    return [each for each in here if each.number not in placed], lines


def _instant(text: str) -> datetime | None:
    """An instant as the lake wrote it; None when there is none, or when it was written otherwise."""
    try:
        return parse_datetime(text) if text else None
    except ValueError:
        return None


def _story(upload: Upload) -> list[tuple[datetime, str | Promise]]:
    """What happened to the file, as the journal tells it."""
    rows = Entry.objects.filter(stream=stream_of(upload)).order_by("number").values_list("at", "kind")
    return [(at, _STORY.get(kind, kind)) for at, kind in rows]
