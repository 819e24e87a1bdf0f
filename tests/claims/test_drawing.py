"""The draw, and the script that anyone can run: written apart, they give the same list."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minassa.claims import verify_draw
from minassa.claims.drawing import STRATA, commitment, published, selected
from minassa.claims.models import Claim, Draw
from minassa.claims.public import DrawRefused, check, commit_draw, draw_controls, open_claims, sign
from minassa.journal.models import Entry
from minassa.registry.models import Enterprise
from minassa.registry.public import Forbidden
from tests.claims.world import DAY, NOW, Declared, World, mandated, signed

RATES = {"high": 10_000, "medium": 5_000, "low": 2_000}
SEED = "tirage public du 2 septembre : 4 8 15 16 23 42"


def unsaved(strata: list[str], rates: dict[str, int]) -> Draw:
    listed = [{"claim": str(UUID(int=rank)), "stratum": name} for rank, name in enumerate(strata)]
    draw = Draw(name="essai", candidates=listed, rates=rates, seed_source="essai", seed_not_before=NOW)
    draw.digest = commitment(draw)
    return draw


@given(
    st.lists(st.sampled_from(STRATA), min_size=1, max_size=60),
    st.fixed_dictionaries({name: st.integers(0, 10_000) for name in STRATA}),
    st.text(min_size=8, max_size=40, alphabet=st.characters(exclude_categories=("Cs", "Cc"))),
)
def test_the_script_draws_what_the_platform_draws(strata: list[str], rates: dict[str, int], seed: str) -> None:
    draw = unsaved(strata, rates)
    draw.seed, draw.selected = seed, selected(draw, seed)
    assert verify_draw.verify(json.loads(json.dumps(published(draw))))
    for name in STRATA:
        drawn = [one for one in draw.candidates if one["stratum"] == name and one["claim"] in draw.selected]
        assert len(drawn) == -(-strata.count(name) * rates[name] // 10_000)


@given(st.lists(st.sampled_from(STRATA), min_size=2, max_size=30), st.integers(0, 29))
def test_the_script_sees_a_claim_that_was_swapped_or_a_list_that_changed(strata: list[str], place: int) -> None:
    draw = unsaved(strata, dict.fromkeys(STRATA, 5_000))
    draw.seed, draw.selected = SEED, selected(draw, SEED)
    told = json.loads(json.dumps(published(draw)))
    assert verify_draw.verify(told)
    one = told["candidates"][place % len(strata)]
    other = dict(told, selected=sorted(set(told["selected"]) ^ {one["claim"]}))
    assert not verify_draw.verify(other)
    one["stratum"] = "low" if one["stratum"] != "low" else "high"
    assert not verify_draw.verify(told)


MIXED = ["high"] * 3 + ["medium"] * 17 + ["low"] * 40


@pytest.mark.parametrize("seed", [SEED, "0" * 8, "قرعة علنية 2026", "tirage 2\n, espaces  et sauts"])
@pytest.mark.parametrize(
    ("strata", "rates"),
    [
        pytest.param(MIXED, RATES, id="mixed"),
        pytest.param(["medium"] * 5 + ["low"] * 9, RATES, id="no-high"),
        pytest.param(["high"] * 4 + ["low"] * 9, RATES, id="no-medium"),
        pytest.param(["low"] * 11, RATES, id="low-alone"),
        pytest.param(["high"], RATES, id="one"),
        pytest.param(MIXED, {"high": 0, "medium": 1, "low": 0}, id="nearly-none"),
        pytest.param(MIXED, dict.fromkeys(STRATA, 0), id="none"),
    ],
)
def test_a_plain_python_without_this_program_draws_the_same_list(
    strata: list[str], rates: dict[str, int], seed: str, tmp_path: Path
) -> None:
    draw = unsaved(strata, rates)
    draw.seed, draw.selected = seed, selected(draw, seed)
    told = published(draw)
    assert plain_python(told, tmp_path) == 0
    other = next(one["claim"] for one in draw.candidates)
    assert plain_python(told | {"selected": sorted(set(draw.selected) ^ {other})}, tmp_path) == 1


def plain_python(told: dict[str, object], folder: Path) -> int:
    """What the script says in a process that sees nothing but Python: no site, no path, no variable of ours."""
    script, file = folder / "verify_draw.py", folder / "draw.json"
    shutil.copyfile(verify_draw.__file__, script)
    file.write_text(json.dumps(told), "utf-8")
    return subprocess.run(
        [sys.executable, "-I", "-S", str(script), str(file)], check=False, cwd=folder, env={}
    ).returncode


@pytest.mark.django_db
def test_claims_drawn_go_to_control_and_the_script_agrees(world: World, nation: Declared, tmp_path: Path) -> None:
    open_claims(nation.late, nation.tables, NOW, ("paf",))
    for firm in Enterprise.objects.order_by("pk")[:4]:
        preparer, signatory = mandated(f"p{firm.pk}", firm, "prepare"), mandated(f"s{firm.pk}", firm, "sign")
        for claim in Claim.objects.filter(enterprise=firm, state="open"):
            check(preparer, claim, NOW)
            sign(signatory, claim, NOW)
    draw = commit_draw(world.secretary, "automne", RATES, "tirage public du 2 septembre", NOW + DAY, NOW)
    assert Entry.objects.get(kind="draw.committed").body["digest"] == draw.digest
    draw_controls(world.secretary, draw, SEED, NOW + DAY)
    drawn = {str(uuid) for uuid in Claim.objects.filter(state="in_control").values_list("uuid", flat=True)}
    assert drawn == set(draw.selected)
    assert 0 < len(drawn) <= len(draw.candidates)
    file = tmp_path / "draw.json"
    script = Path(verify_draw.__file__)
    for seed, code in ((draw.seed, 0), (draw.seed + "!", 1)):
        file.write_text(json.dumps(published(draw) | {"seed": seed}), "utf-8")
        one_of_each = len(draw.candidates) == len(draw.selected)
        done = subprocess.run([sys.executable, "-I", str(script), str(file)], check=False)
        assert done.returncode == (0 if one_of_each else code)


@pytest.mark.django_db
def test_a_draw_is_committed_before_its_seed_and_done_once(world: World, nation: Declared) -> None:
    later = NOW + DAY
    with pytest.raises(DrawRefused):
        commit_draw(world.secretary, "vide", RATES, "tirage", later, NOW)
    signed(world, nation)
    for name, rates, source, not_before in (
        ("a", {"high": 1}, "tirage", later),
        ("a", RATES | {"low": 10_001}, "tirage", later),
        ("a", RATES, " ", later),
        ("a", RATES, "tirage", NOW),
        (" ", RATES, "tirage", later),
    ):
        with pytest.raises(DrawRefused):
            commit_draw(world.secretary, name, rates, source, not_before, NOW)
    with pytest.raises(Forbidden):
        commit_draw(world.member, "a", RATES, "tirage", later, NOW)
    draw = commit_draw(world.secretary, "a", RATES, "tirage", later, NOW)
    with pytest.raises(DrawRefused):
        commit_draw(world.secretary, "a", RATES, "tirage", later, NOW)
    for seed, at in ((SEED, later - timedelta(seconds=1)), ("court", later)):
        with pytest.raises(DrawRefused):
            draw_controls(world.secretary, draw, seed, at)
    draw_controls(world.secretary, draw, SEED, later)
    with pytest.raises(DrawRefused):
        draw_controls(world.secretary, draw, SEED, later)
