"""What is read of reforms: each with what its last revision says."""

from __future__ import annotations

from django.db.models import Count, OuterRef, QuerySet, Subquery

from minassa.reforms.reform_models import Comment, Reform, Revision
from minassa.registry.public import Actor, allowed


def reforms_for(actor: Actor) -> QuerySet[Reform]:
    """The reforms that the actor may read, with `name`, `changes`, `number`, `revised_at` and counts, latest first."""
    if not allowed(actor, "reform.read"):
        return Reform.objects.none()
    last = Revision.objects.filter(reform=OuterRef("pk")).order_by("-number")
    said = Comment.objects.filter(reform=OuterRef("pk")).order_by().values("reform").annotate(n=Count("pk")).values("n")
    told = {"name": "name", "changes": "changes", "number": "number", "revised_at": "written_at"}
    found = {name: Subquery(last.values(column)[:1]) for name, column in told.items()}
    return Reform.objects.annotate(**{**found, "comment_count": Subquery(said)}).order_by("-pk")
