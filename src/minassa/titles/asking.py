"""Titles put before a person, and answered. Each act is one transaction, told to the journal by its digest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.translation import gettext as _

from minassa.journal.public import append
from minassa.registry.public import Actor, require
from minassa.talent.matching import fold
from minassa.talent.matching.referenced import lexicon_with_reference
from minassa.titles.errors import TitleError
from minassa.titles.models import Answer, Origin, Question

STREAM: Final = "titles"
LONGEST: Final = 200
PLATFORM: Final = "platform"


def ask(actor: Actor, titles: Iterable[str], origin: Origin, at: datetime) -> int:
    """Put titles before a person; how many were not there yet. Empty ones, and those said already, are left out."""
    require(actor, "title.ask")
    return put([(title, None) for title in titles], origin, str(actor), at)


def put(titles: Iterable[tuple[str, int | None]], origin: Origin, by: str, at: datetime) -> int:
    """Put titles, with how many people hold each where it is known, before a person; how many were new."""
    wanted: dict[str, Question] = {}
    for title, people in titles:
        told = _told(title)
        if fold(told):
            made = Question(
                folded=fold(told)[:LONGEST], title=told, origin=origin, people=people, asked_by=by, asked_at=at
            )
            wanted.setdefault(made.folded, made)
    with transaction.atomic():
        there = set(Question.objects.filter(folded__in=wanted).values_list("folded", flat=True))
        new = [question for folded, question in wanted.items() if folded not in there]
        Question.objects.bulk_create(new, ignore_conflicts=True)
        if new:
            append(
                STREAM, "titles.asked", by, {"titles": len(new), "origin": str(origin), "digest": _digest(wanted)}, at
            )
    return len(new)


def answer(actor: Actor, title: str, concept: str, at: datetime) -> Answer:
    """Say which concept of the lexicon a title is, or that it names no occupation (empty). TitleError otherwise."""
    require(actor, "title.answer")
    told, known = _told(title), lexicon_with_reference().concepts.get(concept)
    if not fold(told):
        raise TitleError(_("Écrivez d'abord un titre."))
    if concept and known is None:
        raise TitleError(_("Ce métier n'est pas dans le lexique : choisissez-en un de la liste."))
    with transaction.atomic():
        made = Answer.objects.create(
            folded=fold(told)[:LONGEST],
            title=told,
            concept=concept,
            isco=known.isco if known else "",
            answered_by=str(actor),
            answered_at=at,
        )
        body = {"answer": made.pk, "isco": made.isco, "digest": _digest([made.folded, concept])}
        append(STREAM, "titles.answered", str(actor), body, at)
    return made


def waiting() -> QuerySet[Question]:
    """The titles that nobody has answered, those that most people hold first."""
    answered = Answer.objects.filter(folded=OuterRef("folded"))
    return Question.objects.filter(~Exists(answered)).order_by(F("people").desc(nulls_last=True), "pk")


def _told(title: str) -> str:
    return " ".join(title.replace("\x00", "").split())[:LONGEST]


def _digest(texts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()
