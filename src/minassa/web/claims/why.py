"""Why a line of a claim is what it is: conditions, figures, articles, down to the lines of the firm's own files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import polars as pl
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from minassa.claims.models import Contest, Line
from minassa.claims.public import ClaimError, why_line
from minassa.declarations.lake import Lake
from minassa.entitlements.why import Line as FileLine
from minassa.registry.public import Actor, allowed
from minassa.steering.originals import Piece, finder
from minassa.steering.report.tree import twig
from minassa.vocabulary.errors import MinassaError
from minassa.vocabulary.periods import parse_month
from minassa.web.access import PageRequest, page
from minassa.web.claims.lines import annotated, held_of, shown_lines
from minassa.web.claims.one import may, told
from minassa.web.claims.showing import conditions_of, month_words
from minassa.web.claims.sources import basis_of
from minassa.web.claims.subjects import claim_of, the_line

FILES: Final[dict[str, str | Promise]] = {
    "cnss": gettext_lazy("Déclaration de salaires (e-BDS)"),
    "simpl_ir_9421": gettext_lazy("Traitements et salaires (état 9421)"),
    "staff_register": gettext_lazy("Registre du personnel"),
    "yearly_accounts": gettext_lazy("Comptes de l'exercice"),
    "firm_sheet": gettext_lazy("Fiche de l'entreprise"),
}
"""Kinds of files behind an amount, in words."""


@dataclass(frozen=True, slots=True)
class Original:
    """A line of a file, cut into pieces: what was used shown, persons masked."""

    line: FileLine
    kind: str | Promise
    name: str
    pieces: tuple[Piece, ...]


@require_GET
@page("claim.open", subject=the_line, on=claim_of)
def line_page(request: PageRequest, line: Line) -> HttpResponse:
    """The page of a line."""
    return show_line(request, line)


def show_line(request: PageRequest, line: Line, *, error: ClaimError | None = None, status: int = 200) -> HttpResponse:
    """The page of a line; `error`: why its contest was refused, said beside the form with what was typed."""
    actor, claim = request.actor, line.claim
    (shown,) = shown_lines(actor, claim, annotated(claim).filter(pk=line.pk))
    context = {
        **told(claim),
        "shown": shown,
        "held": held_of(actor, claim, Line.objects.filter(pk=line.pk)),
        "firm": actor.may_act_for(claim.enterprise_id),
        "conditions": conditions_of(claim, line.unmet),
        "contests": list(Contest.objects.filter(line=line).order_by("pk")),
        **_explained(actor, line),
        **may(actor, claim, timezone.now()),
        "error": error,
        "typed": request.POST,
    }
    return render(request, "web/claims/line.html", context, status=status)


def _explained(actor: Actor, line: Line) -> dict[str, Any]:
    """The tree of the amount and the lines of files behind it; nothing when the run is no longer there."""
    basis = basis_of(line.claim)
    if basis is None:
        return {"answer": None}
    try:
        answer = why_line(actor, line, basis.run, basis.offer, basis.tables)
    except MinassaError:  # a line that only gives back rests on no amount of the run
        return {"answer": None}
    reads = allowed(actor, "upload.open", line.claim.enterprise)
    return {
        "answer": answer,
        "twig": twig(answer.tree, basis.offer, "pourquoi"),
        "originals": list(originals_of(answer.lines, basis.tables)) if reads else [],
        "reads_files": reads,
        "monthly": [(month_words(parse_month(month)), cents) for month, cents in answer.monthly.items()],
    }


def originals_of(lines: Sequence[FileLine], tables: Lake) -> Iterator[Original]:
    """Lines of files cut into pieces, each with its kind and the name of its file."""
    find, names = finder(tables), _file_names(lines, tables)
    for line in lines:
        kind = FILES.get(line.kind, line.kind)
        yield Original(line, kind, names.get(line.file_id, ""), find(line.kind, line.file_id, line.line))


def _file_names(lines: Sequence[FileLine], tables: Lake) -> dict[int, str]:
    """The names of files, which bear no person."""
    wanted = tables.files().filter(pl.col("file_id").is_in([line.file_id for line in lines]))
    return dict(wanted.select("file_id", "name").collect().iter_rows())
