"""Whatever claims tell the journal has its words on the page of the claim."""

from __future__ import annotations

import re

from minassa.web.claims.log import KINDS
from tests.project.sources import ROOT

TOLD = re.compile(r'tell\(\s*"(claim\.[a-z_]+)"')


def test_every_kind_that_claims_tell_is_told_in_words() -> None:
    texts = [file.read_text("utf-8") for file in (ROOT / "src" / "minassa" / "claims").glob("*.py")]
    told = {kind for text in texts for kind in TOLD.findall(text)}
    assert len(told) > 10
    assert told <= set(KINDS)
