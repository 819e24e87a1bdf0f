"""Every page of the platform, as those who use it see it, in French: wide and on a phone, audited by axe."""

from __future__ import annotations

import pytest

from tests.web.every_address import ACTS, ELSEWHERE, FILES, names
from tests.web.every_page import VISITS
from tests.web.page_reader import Reader, reader

__all__ = ["reader"]


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_every_page_is_accessible_whole_and_in_french(reader: Reader) -> None:
    """One test for all: the demonstration takes longer to make than a page to be looked at."""
    wrong = reader.faults_of_all("fr")
    assert not wrong, "\n".join(wrong)


def test_every_address_is_told_here() -> None:
    told = {visit.route for visit in VISITS} | ACTS | FILES | ELSEWHERE
    assert names() - told == set(), "tell tests.web.every_page or every_address what this address is"
    assert told - names() == set(), "there is no such address any more"
