"""Every page of the platform, as those who use it see it, in Arabic: apart, so that both may be looked at together."""

from __future__ import annotations

import pytest

from tests.web.page_reader import Reader, reader

__all__ = ["reader"]


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_every_page_is_accessible_whole_and_in_arabic(reader: Reader) -> None:
    wrong = reader.faults_of_all("ar")
    assert not wrong, "\n".join(wrong)
