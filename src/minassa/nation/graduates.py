"""Graduates of a synthetic country: who was trained before being hired, who never was, and what really became of them.

Cohorts are drawn over the stays already lived (`verite/spells.csv`): nothing in the declarations knows of them. The
truth is told from the stays themselves, day by day, never from a declared line.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from minassa.nation.invented_numbers import MOST_PEOPLE, person_numbers
from minassa.nation.streams import BASIS, stream
from minassa.vocabulary.filieres import Filiere
from minassa.vocabulary.periods import format_month

TRAINED: Final = 4_000
"""Of people hired from outside, those who came out of a cohort, in basis points."""
OTHER_TRADE: Final = 2_500
"""Of those, trained for another filière than the one that hired them."""
WITHOUT_GROUND: Final = 800
"""Graduates for whom neither consent nor legal ground was recorded."""
NEVER_HIRED: Final = 0.35
"""Graduates who are never hired, for one who is."""
LONGEST_SEARCH: Final = 14
FILIERES: Final = (1, 2, 3, 4, 5)
_HALF: Final = 6


def graduates_of(stays: pl.DataFrame, filiere_of: pl.DataFrame, seed: int) -> pl.DataFrame:
    """Graduates of a country, one row each: programme, provider, cohort, number, graduated_month, filiere, grounded.

    `stays`: rows of `spells.csv` with month indexes `from_month` and `to_month` (null while it lasts). `filiere_of`:
    affiliation, person (CNSS number), filiere. A cohort is a half-year of one programme.
    """
    rng = stream(seed, "graduates")
    hired = _first_hires(stays, filiere_of)
    trained = hired.filter(pl.Series(rng.random(hired.height) * BASIS < TRAINED))
    search = rng.integers(1, LONGEST_SEARCH, trained.height)
    other = rng.random(trained.height) * BASIS < OTHER_TRADE
    filiere = np.where(other, rng.choice(FILIERES, trained.height), trained["filiere"].to_numpy())
    never = int(trained.height * NEVER_HIRED)
    months = np.concatenate([trained["from_month"].to_numpy() - search, rng.choice(trained["from_month"], never)])
    number = np.concatenate([trained["person"].to_numpy(), person_numbers(MOST_PEOPLE - 1 - np.arange(never))])
    taught = np.concatenate([filiere, rng.choice(FILIERES, never)])
    return _cohorts(number, months, taught, rng.random(len(number)) * BASIS >= WITHOUT_GROUND)


def _first_hires(stays: pl.DataFrame, filiere_of: pl.DataFrame) -> pl.DataFrame:
    first = stays.sort("from_month").group_by("person", maintain_order=True).first()
    return (
        first.filter(pl.col("origin") == "outside", ~pl.col("entry").is_in(["initial", "ghost"]))
        .join(filiere_of, on=["affiliation", "person"])
        .filter(pl.col("filiere") > 0)
        .sort("person")
    )


def _cohorts(
    number: NDArray[np.int64], months: NDArray[np.int64], filiere: NDArray[np.int64], grounded: NDArray[np.bool_]
) -> pl.DataFrame:
    year, month = pl.col("graduated_month") // 12, pl.col("graduated_month") % 12
    return pl.DataFrame({"number": number, "graduated_month": months, "filiere": filiere, "grounded": grounded}).select(
        programme=pl.format("programme-{}", "filiere"),
        provider=pl.format("etablissement-{}", pl.col("filiere") % 3 + 1),
        cohort=pl.format("{}-S{}", year, 1 + month // _HALF),
        number=pl.col("number"),
        graduated_month=pl.col("graduated_month").cast(pl.Int32),
        filiere=pl.col("filiere").cast(pl.Int8),
        grounded=pl.col("grounded"),
    )


def true_insertion(
    graduates: pl.DataFrame, stays: pl.DataFrame, filiere_of: pl.DataFrame, last_month: int, horizons: tuple[int, ...]
) -> pl.DataFrame:
    """What really became of each cohort: horizon, observed, employed, in_trade, from the stays alone.

    Only graduates with a ground count. Employed in a month: in post on one of its days.
    """
    lasting = stays.join(filiere_of, on=["affiliation", "person"], how="left").with_columns(
        pl.col("to_month").fill_null(last_month)
    )
    told = []
    for horizon in horizons:
        month = pl.col("graduated_month") + horizon
        reached = graduates.filter(pl.col("grounded")).with_columns(month=month, observed=month <= last_month)
        there = (
            reached.join(lasting, left_on="number", right_on="person", how="left", suffix="_post")
            .with_columns(there=pl.col("month").is_between("from_month", "to_month") & pl.col("observed"))
            .with_columns(trade=pl.col("there") & (pl.col("filiere_post") == pl.col("filiere")))
            .group_by("programme", "provider", "cohort", "number")
            .agg(pl.col("observed").first(), pl.col("there").any(), pl.col("trade").any())
        )
        told.append(
            there.group_by("programme", "provider", "cohort")
            .agg(observed=pl.col("observed").sum(), employed=pl.col("there").sum(), in_trade=pl.col("trade").sum())
            .with_columns(horizon=pl.lit(horizon, pl.Int32))
        )
    return pl.concat(told).sort("programme", "provider", "cohort", "horizon")


def planted(folder: Path, *, seed: int, last_month: int) -> pl.DataFrame:
    """Graduates of the country of a folder, from its truth and its registers; the same for the same seed."""
    stays = stays_of(folder / "verite" / "spells.csv")
    filiere_of = filieres_of(folder / "declarations" / "registres")
    graduates = graduates_of(stays.filter(pl.col("from_month") <= last_month), filiere_of, seed)
    return graduates.filter(pl.col("graduated_month") <= last_month)


def truth_of(folder: Path, graduates: pl.DataFrame, last_month: int, horizons: tuple[int, ...]) -> pl.DataFrame:
    """What really became of graduates planted in the country of a folder: `true_insertion`."""
    stays = stays_of(folder / "verite" / "spells.csv")
    filiere_of = filieres_of(folder / "declarations" / "registres")
    return true_insertion(graduates, stays, filiere_of, last_month, horizons)


def stays_of(path: Path) -> pl.DataFrame:
    """Every stay of `spells.csv`, with the month index of its first and last day (`to_month` null while it lasts)."""
    dates = {"hired_on": "from_month", "left_on": "to_month"}
    month = [
        (pl.col(name).str.slice(0, 4).cast(pl.Int32) * 12 + pl.col(name).str.slice(5, 2).cast(pl.Int32) - 1).alias(to)
        for name, to in dates.items()
    ]
    text = pl.read_csv(path, separator=";", schema_overrides={"left_on": pl.String, "affiliation": pl.Int32})
    return text.with_columns(pl.col("left_on").replace("", None)).with_columns(month)


def filieres_of(folder: Path) -> pl.DataFrame:
    """The filière of each person in each firm as its last register has it: affiliation, person, filiere."""
    codes = {filiere.name: int(filiere) for filiere in Filiere if filiere} | {"AUCUNE": 0}
    columns = ["num_cnss", "filiere"]
    frames = [
        pl.read_csv(path, separator=";", columns=columns, schema_overrides={"num_cnss": pl.Int64}).with_columns(
            affiliation=pl.lit(int(path.stem.split("_")[1]), pl.Int32)
        )
        for path in sorted(folder.glob("REGISTRE_*.csv"), key=lambda one: one.stem.rpartition("_")[2])
    ]
    return (
        pl.concat(frames)
        .drop_nulls("num_cnss")
        .with_columns(pl.col("filiere").replace_strict(codes, return_dtype=pl.Int8))
        .unique(["affiliation", "num_cnss"], keep="last", maintain_order=True)
        .select("affiliation", pl.col("num_cnss").alias("person"), "filiere")
    )


def cohort_sheet(graduates: pl.DataFrame) -> list[dict[str, str]]:
    """Rows of the sheet of cohorts of these graduates, as a training body fills it in; all invented, and saying so."""
    words = {int(filiere): filiere.name for filiere in Filiere}
    told = []
    groups = graduates.group_by("provider", "programme", "cohort", maintain_order=True)
    for (provider, programme, cohort), people in sorted(groups, key=lambda one: one[0]):
        ends, out = max(people["graduated_month"].to_list()), people.height
        told.append(
            {
                "organisme": str(provider),
                "programme": str(programme),
                "cohorte": str(cohort),
                "intitule": f"Programme synthétique {words[people['filiere'][0]]}",
                "type": "OFPPT",
                "filiere": words[people["filiere"][0]],
                "region": f"{people['filiere'][0] % 4 + 4:02d}",
                "debut": format_month(ends - 5),
                "fin": format_month(ends),
                "places": str(out + 8),
                "inscrits": str(out + 5),
                "presents": "",
                "diplomes": str(out),
                "abandons": "5",
                "places_en_emploi": "",
                "source": "données synthétiques",
            }
        )
    return told


def as_csv(rows: list[dict[str, str]]) -> bytes:
    """Rows of a sheet as the file a training body hands in: semicolons, UTF-8."""
    text = io.StringIO()
    sheet = csv.DictWriter(text, list(rows[0]), delimiter=";")
    sheet.writeheader()
    sheet.writerows(rows)
    return text.getvalue().encode()


def graduate_sheet(graduates: pl.DataFrame) -> list[dict[str, str]]:
    """Rows of the sheet of graduates, numbers of people who do not exist."""
    return [
        {
            "organisme": row["provider"],
            "programme": row["programme"],
            "cohorte": row["cohort"],
            "num_cnss": str(row["number"]),
            "cin": "",
            "diplome_le": format_month(row["graduated_month"]),
            "fondement": "CONSENTEMENT" if row["grounded"] else "AUCUN",
        }
        for row in graduates.iter_rows(named=True)
    ]
