"""A reform: a small YAML patch over an offer, which is never touched itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from minassa.engine.columns import Table
from minassa.engine.errors import InvalidReform
from minassa.engine.figures import Codes, DatedValue, Figure, SourceEntry, read_value
from minassa.engine.graph import descendants
from minassa.engine.offers import Offer, Resolved
from minassa.engine.rules import Rule
from minassa.vocabulary.periods import format_month, month_of
from minassa.vocabulary.statuses import Status


class SpanEntry(BaseModel):
    """New dates of a measure: first day of its first month, last day of its last one."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    starts: date | None = None
    ends: date | None = None


class ReformEntry(BaseModel):
    """The patch as written: figures by name, conditions by name, dates by measure, and from when."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: str = Field(min_length=1)
    description: str = ""
    starts: date | None = None
    ends: date | None = None
    figures: dict[str, Any] = Field(default_factory=dict)
    conditions: dict[str, bool] = Field(default_factory=dict)
    dates: dict[str, SpanEntry] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reform:
    """A checked patch and the codes its tables are keyed by."""

    entry: ReformEntry
    codes: Codes

    @property
    def name(self) -> str:
        """What the reform is called."""
        return self.entry.name


def read_reform(source: Path | str, codes: Codes) -> Reform:
    """Read a reform from a file or from its text; InvalidReform says which key is wrong."""
    text = source.read_text(encoding="utf-8") if isinstance(source, Path) else source
    try:
        document = yaml.safe_load(text)
        return Reform(ReformEntry.model_validate(document), codes)
    except yaml.YAMLError as error:
        message = f"the reform is not readable YAML: {error}"
        raise InvalidReform(message) from error
    except ValidationError as error:
        details = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        message = f"the reform is not well formed: {details}"
        raise InvalidReform(message) from error


def reform(offer: Offer, patch: Reform) -> Offer:
    """The offer with the patch applied. Rules and figures that it does not name are shared with the base."""
    entry = patch.entry
    changed: dict[str, Figure] = {}
    for name, raw in sorted({**entry.figures, **_switches(offer, entry.conditions)}.items()):
        changed[name] = _patched_figure(offer, name, raw, patch)
    made = offer.with_figures(changed, entry.name)
    return replace(made, rules=_redated(offer, entry.dates)) if entry.dates else made


def _switches(offer: Offer, conditions: Mapping[str, bool]) -> dict[str, bool]:
    known = {r.name: r.switch for r in offer.rules if r.kind == "condition"}
    switches: dict[str, bool] = {}
    for name, turned_on in conditions.items():
        switch = known.get(name)
        if switch is None:
            able = ", ".join(sorted(n for n, s in known.items() if s))
            message = f"{name} is not a condition that can be switched; these can: {able}"
            raise InvalidReform(message)
        switches[switch] = turned_on
    return switches


def _patched_figure(offer: Offer, name: str, raw: Any, patch: Reform) -> Figure:
    if name not in offer.figures:
        message = f"the reform changes {name}, which is no figure of the offer; figures: {', '.join(offer.figures)}"
        raise InvalidReform(message)
    figure = offer.figures[name]
    spans = _spans(figure, patch.entry)
    for base, starts, ends in spans:
        value = read_value(name, figure.unit, figure.by, raw, patch.codes)
        if isinstance(value, Table) and isinstance(base.value, Table):
            value = _merged(base.value, value)
        source = SourceEntry(text="reform", note=patch.name)
        figure = figure.patched(DatedValue(starts, ends, value, Status.PROPOSED, source, base.reviewed_on))
    return figure


def _spans(figure: Figure, entry: ReformEntry) -> list[tuple[DatedValue, int, int | None]]:
    """The dated values that the reform replaces, with the dates of each replacement."""
    first = figure.values[-1].starts if entry.starts is None else month_of(entry.starts)
    last = None if entry.ends is None else month_of(entry.ends)
    spans: list[tuple[DatedValue, int, int | None]] = []
    for value in figure.values:
        starts = max(value.starts, first)
        ends = value.ends if last is None else (last if value.ends is None else min(value.ends, last))
        if ends is None or starts <= ends:
            spans.append((value, starts, ends))
    if not spans:
        message = f"figure {figure.name} has no value from {format_month(first)} on: the reform would change nothing"
        raise InvalidReform(message)
    return spans


def _merged(base: Table, patch: Table) -> Table:
    entries = {**dict(base.entries), **dict(patch.entries)}
    return Table(tuple(sorted(entries.items())), base.default if patch.default is None else patch.default)


def _redated(offer: Offer, dates: Mapping[str, SpanEntry]) -> tuple[Rule, ...]:
    unknown = sorted(set(dates) - {r.measure for r in offer.rules if r.measure})
    if unknown:
        message = f"no measure {', '.join(unknown)}; measures: {', '.join(offer.measures)}"
        raise InvalidReform(message)
    last = {r.name: max(_end(v) for v in offer.rules if v.name == r.name) for r in offer.rules}
    return tuple(r for old in offer.rules if (r := _redate(old, dates, _end(old) == last[old.name])) is not None)


def _end(rule: Rule) -> float:
    return float("inf") if rule.ends is None else rule.ends


def _redate(rule: Rule, dates: Mapping[str, SpanEntry], is_last: bool) -> Rule | None:
    """The rule within the measure's new dates; None when nothing of it remains.

    New dates cut every version; only the last version of a rule is stretched to a later end.
    """
    span = dates.get(rule.measure or "")
    if span is None:
        return rule
    starts, ends = rule.starts, rule.ends
    if span.starts is not None:
        starts = max(starts, month_of(span.starts))
    if span.ends is not None:
        new_end = month_of(span.ends)
        ends = new_end if is_last or ends is None else min(ends, new_end)
    return None if ends is not None and ends < starts else replace(rule, starts=starts, ends=ends)


def changed_rules(base: Resolved, reformed: Resolved) -> frozenset[str]:
    """Rules of the reformed law whose value may differ from the base: what must be computed again."""
    names = {n for n, v in reformed.figures.items() if n not in base.figures or base.figures[n].value != v.value}
    names |= {
        n
        for n, r in reformed.rules.items()
        if n not in base.rules or base.rules[n].body is not r.body or base.rules[n].inputs != r.inputs
    }
    return descendants(reformed.rules, names)
