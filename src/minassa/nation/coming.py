"""The declaration that an invented firm would file next, made again from the recipe of its country."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from minassa.nation.basin import make_basin
from minassa.nation.manifest import Manifest
from minassa.nation.plan import NationError, make_plan
from minassa.vocabulary.periods import format_month, parse_month


def declaration(manifest: Manifest, affiliation: int, month: int) -> tuple[str, bytes]:
    """The name and the bytes of the CNSS declaration of a firm of a country for a month (an index).

    NationError when the country has no such firm, or when the firm declares nobody in that month.
    """
    start = parse_month(manifest.start)
    written = month - start + 1
    plan = make_plan(
        people=manifest.people,
        months=manifest.months,
        seed=manifest.seed,
        start=start,
        irregularities=manifest.irregularities,
        written=written,
    )
    firm = np.flatnonzero(plan.firms.affiliation == affiliation)
    basin = next((one for one in plan.basins if len(firm) and firm[0] in one.firms), None)
    if basin is None:
        raise NationError("Cette entreprise n'est pas du pays synthétique.", affiliation=affiliation)
    with TemporaryDirectory(prefix="minassa-nation-") as folder:
        parts = Path(folder, "parts")
        make_basin(plan, basin, Path(folder, "declarations"), parts)
        found = sorted(Path(folder, "declarations", format_month(month)).rglob(f"DS_{affiliation}_*.txt"))
        if not found:
            raise NationError("Cette entreprise ne déclare personne ce mois-là.", affiliation=affiliation)
        return found[-1].name, found[-1].read_bytes()
