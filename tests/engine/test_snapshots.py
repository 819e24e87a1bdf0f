from __future__ import annotations

import json
from dataclasses import replace

import pytest

from minassa.engine import reform, restored, snapshot
from minassa.engine.errors import LostRule
from tests.engine.country import patch, population
from tests.engine.country_rules import bread_aid, toll_paid
from tests.engine.evaluating import OFFER, computed


def test_an_offer_written_down_and_read_back_gives_the_same_amounts() -> None:
    made = reform(OFFER, patch("{name: x, figures: {toll: {upper: 9}}, dates: {dam: {ends: 2021-12-31}}}"))
    back = restored(OFFER, json.loads(json.dumps(snapshot(made))))
    assert (back.digest, back.reforms, back.figures) == (made.digest, ("x",), made.figures)
    frames = population(seed=2, millers=60)
    for grain, frame in computed(frames, made).items():
        assert computed(frames, back)[grain].equals(frame)


def test_a_rule_whose_text_has_changed_is_lost() -> None:
    record = snapshot(OFFER)
    rewritten = tuple(replace(r, body=toll_paid) if r.body is bread_aid else r for r in OFFER.rules)
    with pytest.raises(LostRule, match=r"La règle bread_amount telle qu'enregistrée .* n'est plus dans cette version"):
        restored(replace(OFFER, rules=tuple(r for r in OFFER.rules if r.body is not bread_aid)), record)
    with pytest.raises(LostRule, match="La règle bread_amount"):
        restored(replace(OFFER, rules=rewritten), record)


def test_a_damaged_record_is_refused() -> None:
    record = json.loads(json.dumps(snapshot(OFFER)))
    record["figures"]["bread_rate"]["values"][0]["value"] = "2000"
    with pytest.raises(LostRule, match="l'enregistrement de l'offre est abîmé"):
        restored(OFFER, record)


def test_versions_that_share_a_function_keep_their_own_texts_and_status() -> None:
    from minassa.offer.loading import load_offer  # noqa: PLC0415 (the real offer has such versions)

    offer = load_offer()
    again = restored(offer, snapshot(offer))
    assert [(r.name, r.starts, r.texts, r.status) for r in again.rules] == [
        (r.name, r.starts, r.texts, r.status) for r in offer.rules
    ]
