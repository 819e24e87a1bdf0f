"""Awards by firm in open data: what a signed convention promises beside what declarations verify."""

from __future__ import annotations

from pathlib import Path

import jsonschema_rs

from minassa.conventions.public import measure
from minassa.offer.loading import load_offer
from minassa.outlook.disclosure.parameters import control
from minassa.steering.opendata.describing import REGISTER_DATA, catalogue
from minassa.steering.registers.publishing import awarded, publish_registers
from minassa.vocabulary.periods import format_month
from tests.claims.world import Declared
from tests.conventions.world import NOW, World, in_force, proposed


def test_a_signed_convention_is_told_with_what_was_promised_and_verified(world: World, nation: Declared) -> None:
    """The promise of net jobs that falls due last, its last measured value, the firm by name; money in centimes."""
    made = in_force(world)
    rows = {one.number: one for one in sorted(measure(made, nation.late, load_offer(), NOW), key=lambda one: one.month)}
    [told] = awarded()
    assert told["reference"] == made.reference
    assert told["emplois_promis"] > 0
    last = rows[1]
    few = last.value is None or 0 < last.value < control().fewest_persons.value
    assert told["emplois_verifies"] == (None if few else last.value)
    assert told["verifie_a_fin"] == (None if few else format_month(last.month))
    assert (told["accorde_centimes"] is None) == few
    jsonschema_rs.validate(catalogue().datasets["attributions"].schema_of("attributions"), [told])


def test_what_is_not_signed_is_nobodys_award(world: World) -> None:
    """A proposal binds nobody, and names nobody."""
    proposed(world)
    assert list(awarded()) == []


def test_the_registers_of_a_day_are_written_once(world: World, tmp_path: Path) -> None:
    """The first to ask writes them; another who asks the same day finds the same, whatever was signed since."""
    first = publish_registers(tmp_path, NOW, synthetic=True)
    in_force(world)
    again = publish_registers(tmp_path, NOW, synthetic=True)
    assert first is not None
    assert again is not None
    assert again.manifest == first.manifest
    assert {one["dataset"] for one in first.files} == set(REGISTER_DATA)
    assert any(one["kind"] == "360giving.json" for one in first.files)
