"""What firms state, as pages tell it: along each dimension, under control, in one scope alone; a firm's own, whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from minassa.exports.models import Statement, StatementState
from minassa.exports.public import counted_lines
from minassa.outlook.disclosure.parameters import control
from minassa.outlook.export.concentration import Concentration
from minassa.outlook.export.exposure import exposing, exposures, net_effect
from minassa.outlook.export.scopes import StatedTurnover, total
from minassa.outlook.export.stated import Dimension, Line, Spread, along, concentrated, spread
from minassa.steering.indicators.catalogue import Unit
from minassa.web.cases.tables import Amount, Cell
from minassa.web.exports.naming import DIMENSIONS, part_words, quarter_words
from minassa.web.indicators.wording import short
from minassa.web.public.pages import language
from minassa.web.surveys.drawing import Bars, bars

DRAWN: Final = 8
Row = tuple[str, StatedTurnover | None, int | None]


def told_statements(asked: str) -> dict[str, Any]:
    """The quarter asked for (the last stated one otherwise) with its spreads; None while nobody stated any."""
    known = stated_quarters()
    chosen = next((one for one in known if quarter_words(one) == asked), known[0] if known else None)
    if chosen is None:
        return {"stated": None}
    lines = counted_lines(chosen)
    found = spread(lines, list(Dimension), control())
    told: dict[str, Any] = {
        "quarter": quarter_words(chosen),
        "quarters": [quarter_words(one) for one in known],
        "whole": found[Dimension.MARKET].whole,
        "spreads": [_spread(dimension, one) for dimension, one in found.items()],
        "synthetic": Statement.objects.filter(quarter_month=chosen, synthetic=True).exists(),
        "concentration": _country_concentration(lines, found[Dimension.MARKET]),
        **_exposure({part.name: part.value for part in found[Dimension.CURRENCY].parts}),
    }
    return {"stated": told}


def stated_quarters() -> list[int]:
    """The quarters that some firm signed a statement of, the latest first."""
    signed = Statement.objects.filter(state=StatementState.SIGNED)
    return sorted(set(signed.values_list("quarter_month", flat=True)), reverse=True)


def cells_of(asked: str) -> Iterator[tuple[Cell, ...]]:
    """The spreads of a quarter as a file, what is not told left empty."""
    found = told_statements(asked)["stated"]
    for one in found["spreads"] if found else ():
        for name, value, _share in one["rows"]:
            yield (found["quarter"], str(one["title"]), name, "" if value is None else Amount(value.cents))


def headings() -> list[str]:
    """Headings of that file."""
    return [_("Trimestre"), _("Selon"), _("Part"), _("Chiffre d'affaires exporté (DH)")]


def own(lines: Sequence[Line]) -> dict[str, Any]:
    """A firm's own statement: along each dimension, how concentrated, how exposed; for that firm alone."""
    parts = {dimension: along(lines, dimension) for dimension in Dimension}
    whole = total(StatedTurnover, (line.value for line in lines))
    markets = _ranked(parts[Dimension.MARKET])
    return {
        "whole": whole,
        "parts": [(DIMENSIONS[dimension], _rows(dimension, found, whole)) for dimension, found in parts.items()],
        "concentration": concentrated(parts[Dimension.MARKET]),
        "first_market": part_words(Dimension.MARKET, markets[0][0]) if markets else "",
        **_exposure(parts[Dimension.CURRENCY]),
    }


def _rows(dimension: Dimension, found: Mapping[str, StatedTurnover], whole: StatedTurnover) -> list[Row]:
    return [(part_words(dimension, name), value, value.of(whole)) for name, value in _ranked(found)]


def _ranked(found: Mapping[str, StatedTurnover]) -> list[tuple[str, StatedTurnover]]:
    return sorted(found.items(), key=lambda one: (-one[1].cents, one[0]))


def _spread(dimension: Dimension, one: Spread) -> dict[str, Any]:
    rows: list[Row] = [
        (part_words(dimension, part.name), part.value, part.value.of(one.whole) if part.value and one.whole else None)
        for part in one.parts
    ]
    return {"code": str(dimension), "title": DIMENSIONS[dimension], "rows": rows, "bars": _bars(rows)}


def _bars(rows: Sequence[Row]) -> Bars | None:
    """The largest parts that are told, drawn in millions of dirhams; None when none is."""
    known = [(name, value.cents) for name, value, _share in rows if value is not None][:DRAWN]
    drawn = [(name, float(cents), float(cents), float(cents), short(Unit.CENTS, cents)) for name, cents in known]
    return bars(drawn, right_to_left=language() == "ar") if drawn else None


def _country_concentration(lines: Sequence[Line], markets: Spread) -> Concentration[str] | None:
    """How concentrated the country is by market, where every market is told: an index of hidden parts would tell."""
    if markets.whole is None or markets.hidden:
        return None
    return concentrated(along(lines, Dimension.MARKET))


def _exposure(parts: Mapping[str, StatedTurnover | None]) -> dict[str, Any]:
    """What a rise of the euro would change of the currencies that are told."""
    found = exposures({name: value.cents for name, value in parts.items() if value is not None})
    return {
        "exposures": [(part_words(Dimension.CURRENCY, one.currency), one) for one in found],
        "net_effect": net_effect(found) if found else None,
        "assumed": exposing(),
    }
