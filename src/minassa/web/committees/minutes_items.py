"""An item in the minutes: what was proposed, who stood aside, how it was voted, what followed, who disagreed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from minassa.governance.models import ItemState
from minassa.governance.public import Choice, Ground
from minassa.web.committees.showing import CONSENT, decision_words, effect_words, kind_words, title_words
from minassa.web.writing import digest_groups, isolated, money

Told = Mapping[str, Any]
"""An item as the canonical minutes tell it."""


def item_section(item: Told, items: Sequence[Told], labels: Mapping[str, str], language: str) -> dict[str, Any]:
    """The section of an item; `labels`: of seats, by code."""
    rank = "" if item["kind"] == CONSENT else f"{item['rank']}. "
    return {
        "heading": rank + title_words(item["kind"], item["title"]),
        "paragraphs": [
            *_proposed(item, items, language),
            *_recused(item, labels),
            *_outcome(item, language),
            *_dissents(item, labels),
        ],
        "table": _votes(item, labels),
    }


def _proposed(item: Told, items: Sequence[Told], language: str) -> Iterator[str]:
    if item["kind"] == CONSENT:
        ranks = ", ".join(str(each["rank"]) for each in items if each["with_list"])
        yield _("Décidés ensemble : points %(ranks)s.") % {"ranks": isolated(ranks)}
        return
    words = {"kind": kind_words(item["kind"]), "decision": decision_words(item["kind"], item["decision"])}
    yield _("%(kind)s. Proposition : %(decision)s.") % words
    proposal = item["proposal"]
    said = proposal.get("ground") or proposal.get("reason") or proposal.get("text")
    if said:
        yield _("Motif : %(said)s") % {"said": said}
    if proposal.get("lines"):
        yield _("Lignes écartées : %(number)s.") % {"number": isolated(str(len(proposal["lines"])))}
    if item["digest"]:
        yield _("Dossier gelé, empreinte :") + f" {digest_groups(item['digest'])}"


def _recused(item: Told, labels: Mapping[str, str]) -> Iterator[str]:
    for one in item["recusals"]:
        words = {
            "name": one["name"],
            "seat": labels.get(one["seat"], one["seat"]),
            "ground": Ground(one["ground"]).label,
        }
        told = _("Récusé : %(name)s (%(seat)s), %(ground)s.") % words
        yield f"{told} {one['said']}".strip()


def _outcome(item: Told, language: str) -> Iterator[str]:
    state = str(ItemState(item["state"]).label)
    if item["state"] == ItemState.PUT_OFF:
        yield _("Renvoyé : %(reason)s") % {"reason": _(item["put_off_reason"]) if item["put_off_reason"] else "—"}
        return
    if "in_favour" in item["outcome"]:
        counts = {name: isolated(str(item["outcome"][name])) for name in ("in_favour", "against", "abstained")}
        way = _("Vote secret") if item["secret"] else _("Vote ouvert")
        told = _("pour %(in_favour)s, contre %(against)s, abstentions %(abstained)s") % counts
        yield _("%(way)s : %(told)s. Le point est %(state)s.") % {"way": way, "told": told, "state": state}
    effect, cents = effect_words(item["kind"], item["outcome"])
    if effect:
        amount = f" · {money(cents, language)}" if cents is not None else ""
        yield _("Effet : %(effect)s") % {"effect": effect} + amount


def _dissents(item: Told, labels: Mapping[str, str]) -> Iterator[str]:
    for one in item["dissents"]:
        words = {"name": one["name"], "seat": labels.get(one["seat"], one["seat"]), "said": one["said"]}
        yield _("Désaccord de %(name)s (%(seat)s) : %(said)s") % words


def _votes(item: Told, labels: Mapping[str, str]) -> dict[str, Any] | None:
    """Who voted, and what in an open vote."""
    rows = [
        [
            labels.get(one["seat"], one["seat"]),
            one["name"],
            str(Choice(one["choice"]).label) if one["choice"] else _("a voté"),
        ]
        for one in item["votes"]
    ]
    return {"headers": [_("Siège"), _("Membre"), _("Vote")], "rows": rows, "widths": [5, 4, 2]} if rows else None
