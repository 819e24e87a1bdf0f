"""The rules: each is broken by some test, and the README says what they are."""

from __future__ import annotations

import re
from importlib import resources

from minassa.declarations.ebds import RULES
from tests.declarations.ebds.test_broken_files import PHYSICAL, STRUCTURE, TOTALS
from tests.declarations.ebds.test_broken_lines import CHARACTERS, COMPARED, PERSONS

ROW = re.compile(r"^\| `(EBDS-[0-9A-Z-]+)` \| (\w+) \| (.+?) \| (.+?) \|$", re.MULTILINE)


def test_every_rule_has_its_broken_file() -> None:
    cases = [*(PHYSICAL | STRUCTURE | TOTALS).values(), *(CHARACTERS | PERSONS | COMPARED).values()]
    assert {f"EBDS-{rule}" for case in cases for rule, _, _ in case.places} == set(RULES)


def test_the_readme_lists_the_rules_as_they_are() -> None:
    page = resources.files("minassa.declarations.ebds").joinpath("README.md").read_text(encoding="utf-8")
    assert ROW.findall(page) == [(rule.code, rule.effect.value, rule.holds, rule.origin) for rule in RULES.values()]
