from __future__ import annotations

import pickle

from minassa.vocabulary.errors import MinassaError


class TideTooHigh(MinassaError):
    code = "tide-too-high"


def test_an_error_carries_its_code_its_sentence_and_its_details() -> None:
    error = TideTooHigh("La marée est trop haute.", metres=7)
    assert error.code == "tide-too-high"
    assert str(error) == error.message == "La marée est trop haute."
    assert error.details == {"metres": 7}


def test_an_error_survives_the_way_between_processes() -> None:
    error = pickle.loads(pickle.dumps(TideTooHigh("La marée est trop haute.", metres=7)))  # noqa: S301
    assert isinstance(error, TideTooHigh)
    assert (error.message, error.details) == ("La marée est trop haute.", {"metres": 7})
