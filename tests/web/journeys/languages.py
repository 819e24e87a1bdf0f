"""In which languages a walk through the platform is made."""

from __future__ import annotations

import os

import pytest

WHOLE = "MINASSA_TEST_WHOLE" in os.environ


def walked_in(usual: str) -> pytest.MarkDecorator:
    """Parametrise a walk by its language: the usual one each time, the other one when the whole is asked for.

    Every page is audited in both directions by `tests.web.every_page`; a walk asks whether acts follow one another.
    """
    other = {"fr": "ar", "ar": "fr"}[usual]
    skipped = pytest.mark.skipif(not WHOLE, reason="walked in its other language when MINASSA_TEST_WHOLE=1 asks for it")
    return pytest.mark.parametrize("language", [usual, pytest.param(other, marks=skipped)])
