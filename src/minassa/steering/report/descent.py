"""The way down, for one firm: its measures, one amount of each, the months, the tree of rules, the lines of files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from minassa.entitlements.amounts import AmountId, grain_of, read_id
from minassa.entitlements.why import Answer, Line, why
from minassa.steering.lexicon import rule_label, word
from minassa.steering.originals import Piece, finder
from minassa.steering.report.facts import Facts, measure_label, place_label
from minassa.steering.report.tables import Column, Table
from minassa.steering.report.tree import Twig, twig
from minassa.steering.report.wording import NOTHING, month, short_month_text
from minassa.vocabulary.filieres import Filiere
from minassa.vocabulary.periods import parse_month

NO_BREAK = "\N{NO-BREAK SPACE}"
SITUATIONS = {
    0: "au travail",
    1: "sortie",
    2: "décès",
    3: "maternité",
    4: "maladie",
    5: "accident du travail",
    6: "congé sans solde",
    7: "maintenue sans salaire",
    8: "maladie professionnelle",
}


@dataclass(frozen=True, slots=True)
class Original:
    """A line of a file behind an amount: where it stands, and its pieces when the file can be read again."""

    source: str
    file: str
    line: int
    pieces: tuple[Piece, ...]

    @property
    def used(self) -> tuple[Piece, ...]:
        """The pieces that the computation read."""
        return tuple(piece for piece in self.pieces if piece.used)


@dataclass(frozen=True, slots=True)
class Requirement:
    """A condition in an answer: what it says, whether it holds, whether the law requires it."""

    label: str
    holds: bool
    required: bool


@dataclass(frozen=True)
class Story:
    """One amount told from the top: its conditions, its months, its tree, its lines."""

    identifier: str
    anchor: str
    measure: str
    period: str
    cents: int
    entitled: bool
    requirements: tuple[Requirement, ...]
    months: Table | None
    tree: Twig
    originals: tuple[Original, ...]


@dataclass(frozen=True)
class Descent:
    """The section on one firm."""

    firm: str
    affiliation: int
    known: tuple[tuple[str, str], ...]
    measures: Table
    people: Table
    stories: tuple[Story, ...] = field(default=())


def descent_of(facts: Facts, why_id: str | None) -> Descent | None:
    """The section on the firm of an amount, or on a large firm with several measures; None when nothing is due.

    UnknownAmount when `why_id` names no amount of the run.
    """
    wanted = None if why_id is None else read_id(why_id)
    affiliation = wanted.affiliation if wanted else largest_firm(facts)
    if affiliation is None:
        return None
    mine = facts.amounts.filter(pl.col("affiliation") == affiliation)
    identifiers = chosen(facts, mine, wanted)
    files = file_names(facts)
    return Descent(
        firm=facts.firm(affiliation),
        affiliation=affiliation,
        known=_known(facts, affiliation),
        measures=_measures(mine),
        people=_people(mine),
        stories=tuple(story(facts, identifier, files) for identifier in identifiers),
    )


def largest_firm(facts: Facts) -> int | None:
    """The firm with most measures, and of those the one to which most is due."""
    paid = facts.due.filter(pl.col("amount_cents") > 0)
    firms = paid.group_by("affiliation").agg(
        pl.col("measure").n_unique().alias("several"), pl.col("amount_cents").sum()
    )
    ordered = firms.sort(["several", "amount_cents", "affiliation"], descending=[True, True, False])
    return int(ordered["affiliation"][0]) if ordered.height else None


def chosen(facts: Facts, mine: pl.DataFrame, wanted: AmountId | None) -> list[AmountId]:
    """The amount asked for, then the largest of each other measure of the firm, settled ones first."""
    found = [] if wanted is None else [wanted]
    ordered = mine.filter("entitled", pl.col("amount_cents") > 0).sort(
        ["provisional", "amount_cents", "period_start", "person"], descending=[False, True, True, False]
    )
    for measure in facts.measures:
        rows = ordered.filter(pl.col("measure") == measure)
        if rows.height and (wanted is None or measure != wanted.measure):
            found.append(identifier_of(rows.row(0, named=True)))
    return found


def identifier_of(row: Mapping[str, Any]) -> AmountId:
    """The identifier of a row of the table of amounts."""
    return AmountId(row["measure"], row["affiliation"], row["person"], row["period_start"])


def _known(facts: Facts, affiliation: int) -> tuple[tuple[str, str], ...]:
    """What is known of the firm in the last month."""
    here = (pl.col("affiliation") == affiliation) & (pl.col("month") == facts.until)
    rows = facts.run.table("firm_month").filter(here).collect()
    if not rows.height:
        return ()
    row = rows.row(0, named=True)
    net = row["headcount_month"] - row["headcount_base"]
    return (
        ("Affiliation CNSS", str(affiliation)),
        ("Lieu principal", place_label(row["place"])),
        ("Filière principale", Filiere(row["filiere"]).label()),
        (f"Effectif à fin {month(facts.until)}", str(row["headcount_month"])),
        ("Emplois nets depuis juin 2025", f"{net:+d}".replace("-", "\N{MINUS SIGN}")),
        ("Recrues gardées 18 mois", str(row["kept_hires_month"])),
    )


def _measures(mine: pl.DataFrame) -> Table:
    due, waits = pl.col("entitled"), pl.col("provisional")
    rows = (
        mine.with_columns((pl.col("period_start") // 12).alias("year"))
        .group_by("measure", "year")
        .agg(
            pl.len().alias("lines"),
            due.sum().alias("rights"),
            pl.col("amount_cents").filter(due & ~waits).sum().alias("settled"),
            pl.col("amount_cents").filter(due & waits).sum().alias("waiting"),
        )
        .sort("measure", "year")
    )
    listed = [
        {**row, "label": measure_label(row["measure"]), "year": str(row["year"])} for row in rows.iter_rows(named=True)
    ]
    columns = (
        Column("label", "Mesure"),
        Column("year", "Année"),
        Column("lines", "Examinés", "count"),
        Column("rights", "Droits", "count"),
        Column("settled", "Dû", "money"),
        Column("waiting", "Dû à titre provisoire", "money"),
    )
    names = ("lines", "rights", "settled", "waiting")
    everything = {"label": "Ensemble", "year": "", **{n: sum(row[n] for row in listed) for n in names}}
    return Table("entreprise_mesures", "Mesures de l’entreprise, par année", columns, listed, everything)


def _people(mine: pl.DataFrame) -> Table:
    """The amounts due to the firm, the largest first, under their identifiers (persons as pseudonyms)."""
    ordered = mine.filter("entitled").sort(["amount_cents", "measure", "person"], descending=[True, False, False])
    rows = [
        {
            **row,
            "identifier": str(identifier_of(row)),
            "measure": row["measure"].upper(),
            "footing": "provisoire" if row["provisional"] else "établi",
        }
        for row in ordered.iter_rows(named=True)
    ]
    columns = (
        Column("identifier", "Identifiant"),
        Column("measure", "Mesure"),
        Column("period_start", "De", "month"),
        Column("period_end", "À", "month"),
        Column("amount_cents", "Dû", "money"),
        Column("footing", "État"),
    )
    note = "L’identifiant ouvre le même arbre par la commande : minassa why IDENTIFIANT."
    return Table("entreprise_montants", "Montants dus à l’entreprise", columns, rows, note=note, shown=8)


def file_names(facts: Facts) -> Mapping[int, str]:
    """Names of the deposited files by their number."""
    deposits = facts.tables.current("deposits", dict(facts.run.manifest["versions"]))
    return dict(deposits.select("file_id", "name").collect().iter_rows())


def story(facts: Facts, identifier: AmountId, files: Mapping[int, str]) -> Story:
    """One amount told whole; UnknownAmount when the run does not hold it."""
    answer = why(str(identifier), facts.run, facts.offer, facts.tables)
    anchor = f"montant-{identifier.measure}"
    find = finder(facts.tables)
    return Story(
        identifier=str(identifier),
        anchor=anchor,
        measure=measure_label(identifier.measure),
        period=period_text(answer.period, grain_of(facts.offer, identifier.measure)),
        cents=int(answer.tree.value),
        entitled=answer.entitled,
        requirements=requirements(facts, answer),
        months=_months(answer, files),
        tree=twig(answer.tree, facts.offer, anchor),
        originals=tuple(original(line, files, find) for line in telling(answer)),
    )


def requirements(facts: Facts, answer: Answer) -> tuple[Requirement, ...]:
    """The conditions of an answer: those required first, then those only proposed."""
    listed = [
        Requirement(rule_label(facts.offer, name), holds, name in answer.required)
        for name, holds in answer.conditions.items()
    ]
    return tuple(sorted(listed, key=lambda one: not one.required))


def period_text(period: str, grain: str) -> str:
    """A period as people say it: a span of months, the month of a hiring, the close of a fiscal year."""
    first, _, last = period.partition("/")
    start = month(parse_month(first))
    if last and last != first:
        return f"{start} à {month(parse_month(last))}"
    return {"hire": f"embauche de {start}", "firm_year": f"exercice clos en {start}"}.get(grain, start)


def _months(answer: Answer, files: Mapping[int, str]) -> Table | None:
    """The months declared at CNSS behind an amount, with each one's share of it when the amount is told by month."""
    declared = [line for line in answer.lines if line.kind == "cnss"]
    if not declared:
        return None
    monthly = answer.monthly
    rows = [
        {
            "month": parse_month(line.read["month"]),
            "days": line.read["days"],
            "salary_real": line.read["salary_real"],
            "salary_capped": line.read["salary_capped"],
            "situation": SITUATIONS.get(line.read["situation"], NOTHING),
            "share": monthly.get(line.read["month"]),
            "file": f"{files.get(line.file_id, f'fichier {line.file_id}')},{NO_BREAK}l.{NO_BREAK}{line.line}",
        }
        for line in declared
    ]
    columns = [
        Column("month", "Mois", "month"),
        Column("days", "Jours", "count"),
        Column("salary_real", "Salaire réel", "money"),
        Column("salary_capped", "Salaire plafonné", "money"),
        Column("situation", "Situation"),
    ]
    columns += [Column("share", "Part du montant", "money")] if monthly else []
    columns += [Column("file", "Lu dans")]
    return Table(f"mois-{answer.identifier.measure}", "Mois par mois, à la CNSS", tuple(columns), rows)


def telling(answer: Answer) -> tuple[Line, ...]:
    """The lines worth showing whole: the last CNSS month, and every line of the other sources."""
    declared = [line for line in answer.lines if line.kind == "cnss"]
    others = [line for line in answer.lines if line.kind != "cnss"]
    return (*declared[-1:], *others)


def original(line: Line, files: Mapping[int, str], find: Callable[[str, int, int], tuple[Piece, ...]]) -> Original:
    """A line of a file with its pieces."""
    when = f", {short_month_text(parse_month(line.read['month']))}" if "month" in line.read else ""
    return Original(
        source=word("sources", line.kind) + when,
        file=files.get(line.file_id, f"fichier {line.file_id}"),
        line=line.line,
        pieces=find(line.kind, line.file_id, line.line),
    )
