"""An offer written down as plain data, and read back years later, so that a decision can be replayed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from minassa.engine.errors import LostRule
from minassa.engine.offers import Offer, Waiver
from minassa.engine.plain import figure_in, figure_out
from minassa.engine.rules import Rule
from minassa.vocabulary.statuses import Status


def snapshot(offer: Offer) -> dict[str, Any]:
    """Everything of the offer that a replay needs: figures in full; rules by name, dates and fingerprint of text."""
    return {
        "digest": offer.digest,
        "reforms": list(offer.reforms),
        "figures": {name: figure_out(figure) for name, figure in sorted(offer.figures.items())},
        "rules": [_recorded(rule) for rule in offer.rules],
        "waived": {name: [one.starts, one.status.value] for name, one in sorted(offer.waived.items())},
    }


def restored(code: Offer, recorded: Mapping[str, Any]) -> Offer:
    """The recorded offer, from its figures and from the rules still in the code; LostRule when one has changed.

    The functions that rules call are not recorded: the version of the code stands for them.
    """
    figures = {name: figure_in(name, entry) for name, entry in recorded["figures"].items()}
    known = {(r.name, r.grains, r.text_digest): r for r in code.rules}
    rules: list[Rule] = []
    for name, grains, starts, ends, digest, texts, status in recorded["rules"]:
        rule = known.get((name, tuple(grains), digest))
        if rule is None:
            raise LostRule(
                f"La règle {name} telle qu'enregistrée (texte {digest[:12]}) n'est plus dans cette version du code ; "
                "rejouez avec la version d'alors."
            )
        rules.append(replace(rule, starts=starts, ends=ends, texts=tuple(texts), status=Status(status)))
    # Records made before conditions could be waived say nothing of it.
    waived = {name: Waiver(starts, Status(status)) for name, (starts, status) in recorded.get("waived", {}).items()}
    return replace(code, rules=tuple(rules), figures=figures, reforms=tuple(recorded["reforms"]), waived=waived)


def _recorded(rule: Rule) -> list[Any]:
    """A version of a rule: versions that share a function differ by their dates, their texts and their status."""
    return [
        *(rule.name, list(rule.grains), rule.starts, rule.ends, rule.text_digest),
        *(list(rule.texts), rule.status.value),
    ]
