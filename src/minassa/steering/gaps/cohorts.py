"""What the balance of a vintage takes from training: graduates expected of cohorts, and who of them comes to work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl

from minassa.outlook.targets import Scale
from minassa.talent.balance.cohorts import Told, expected_graduates, measured, silent
from minassa.talent.balance.market import no_graduates
from minassa.talent.balance.parameters import Parameters, Ranged
from minassa.talent.balance.tables import BalanceTables
from minassa.talent.flows.shares import Counted, counted
from minassa.training.public import Seen, cohorts, known_so_far, seen

_FIELDS: Final = tuple(Told.__dataclass_fields__)


@dataclass(frozen=True)
class Trained:
    """Graduates of the country by the month of their diploma, insertion measured by field, and cohorts as counted."""

    graduates: pl.DataFrame
    insertion: dict[str, Ranged]
    cohorts: int = 0
    silent: int = 0

    def scaled(self, scale: Scale) -> pl.DataFrame:
        """The graduates brought to the size of the data, which may be a sample of the country."""
        return self.graduates.with_columns(pl.col("graduates") * (scale.jobs / scale.country))

    def document(self) -> dict[str, Any]:
        """What a vintage keeps of it, so that it can be made again."""
        return {
            "graduates": [list(row) for row in self.graduates.iter_rows()],
            "insertion": {field: one.model_dump(mode="json") for field, one in self.insertion.items()},
            "cohorts": self.cohorts,
            "silent_cohorts": self.silent,
        }


def trained_of(document: dict[str, Any]) -> Trained:
    """What a vintage kept."""
    graduates = pl.DataFrame(document["graduates"], schema=no_graduates().schema, orient="row")
    insertion = {field: Ranged.model_validate(one) for field, one in document["insertion"].items()}
    return Trained(graduates, insertion, document["cohorts"], document["silent_cohorts"])


def trained_now(known: Parameters, tables: BalanceTables, day: date) -> Trained:
    """What training bodies have told, and what the last runs measured of it, as they now stand."""
    told = [Told(**row) for row in cohorts().values(*_FIELDS)]
    insertion = measured(_by_field(seen(), tables), day)
    return Trained(expected_graduates(told, known, tables), insertion, len(told), silent(told))


def training_state() -> str:
    """What names the state of training that a vintage was made of."""
    return ".".join(str(number) for number in known_so_far())


def _by_field(rows: list[Seen], tables: BalanceTables) -> dict[str, Counted]:
    sums: dict[str, tuple[int, int]] = {}
    for one in rows:
        field = tables.field_of(one.cohort.programme, one.cohort.filiere).field
        employed, observed = sums.get(field, (0, 0))
        sums[field] = (employed + one.employed, observed + one.observed)
    shares = {field: counted(*pair) for field, pair in sums.items()}
    return {field: share for field, share in shares.items() if share is not None}
