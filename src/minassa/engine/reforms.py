"""A reform: a small YAML patch over an offer, which is never touched itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from minassa.engine.columns import Table
from minassa.engine.documents import first_month, last_month, read_yaml, told
from minassa.engine.errors import InvalidReform
from minassa.engine.figures import OTHERS, Codes, DatedValue, Figure, SourceEntry, Value, read_entries, read_value
from minassa.engine.graph import descendants
from minassa.engine.offers import Offer, Resolved, Waiver
from minassa.engine.rules import Rule
from minassa.vocabulary.periods import format_month
from minassa.vocabulary.statuses import Status


class SpanEntry(BaseModel):
    """New dates of a measure: first day of its first month, last day of its last one."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    starts: date | None = None
    ends: date | None = None


class ReformEntry(BaseModel):
    """The patch as written: figures by name, conditions by name, dates by measure.

    `starts` and `ends` bound the change of figures and conditions; without `starts`, it bears on the last dated value
    of each. A table takes the entries given, and keeps the others. `waived` are conditions without a switch that count
    as met from `starts` on, or as long as their last version is in force.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: str = Field(min_length=1)
    description: str = ""
    starts: date | None = None
    ends: date | None = None
    figures: dict[str, Any] = Field(default_factory=dict)
    conditions: dict[str, bool] = Field(default_factory=dict)
    dates: dict[str, SpanEntry] = Field(default_factory=dict)
    waived: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reform:
    """A checked patch and the codes its tables are keyed by; `status` and `source` are those its values will bear."""

    entry: ReformEntry
    codes: Codes
    status: Status = Status.PROPOSED
    source: SourceEntry | None = None

    @property
    def name(self) -> str:
        """What the reform is called."""
        return self.entry.name


def read_reform(source: Path | str, codes: Codes) -> Reform:
    """Read a reform from a file or from its text; InvalidReform says which key is wrong."""
    text = source.read_text(encoding="utf-8") if isinstance(source, Path) else source
    try:
        entry = ReformEntry.model_validate(read_yaml(text))
        for starts, ends in ((entry.starts, entry.ends), *((s.starts, s.ends) for s in entry.dates.values())):
            _refuse_backward(starts, ends)
    except yaml.YAMLError as error:
        raise InvalidReform(f"La réforme n'est pas un YAML lisible : {error}") from error
    except ValidationError as error:
        raise InvalidReform(f"La réforme ne suit pas son modèle : {told(error)}") from error
    except ValueError as error:
        raise InvalidReform(f"Dates de la réforme : {error}") from error
    return Reform(entry, codes)


def _refuse_backward(starts: date | None, ends: date | None) -> None:
    first = None if starts is None else first_month(starts)
    last = None if ends is None else last_month(ends)
    if first is not None and last is not None and last < first:
        raise ValueError(f"la fin ({ends}) précède le début ({starts}).")


def reform(offer: Offer, patch: Reform) -> Offer:
    """The offer with the patch applied. Rules and figures that it does not name are shared with the base.

    InvalidReform when it names something the offer does not hold, or a value does not fit.
    """
    entry = patch.entry
    changed: dict[str, Figure] = {}
    for name, raw in sorted({**entry.figures, **_switches(offer, entry.conditions)}.items()):
        changed[name] = _patched_figure(offer, name, raw, patch)
    made = replace(offer.with_figures(changed, entry.name), waived=_waivers(offer, patch))
    return replace(made, rules=_redated(offer, entry.dates)) if entry.dates else made


def _waivers(offer: Offer, patch: Reform) -> dict[str, Waiver]:
    """The conditions that count as met, those of the base included."""
    waived, entry = dict(offer.waived), patch.entry
    for name in entry.waived:
        versions = [r for r in offer.rules if r.kind == "condition" and r.name == name and r.switch is None]
        if not versions:
            able = sorted({r.name for r in offer.rules if r.kind == "condition" and r.switch is None})
            raise InvalidReform(f"{name} n'est pas une condition à lever ; celles-ci le sont : {', '.join(able)}.")
        last = max(rule.starts for rule in versions)
        waived[name] = Waiver(last if entry.starts is None else first_month(entry.starts), patch.status)
    return waived


def _switches(offer: Offer, conditions: Mapping[str, bool]) -> dict[str, bool]:
    switches: dict[str, bool] = {}
    for name, turned_on in conditions.items():
        found = {r.switch for r in offer.rules if r.kind == "condition" and r.name == name and r.switch is not None}
        if not found:
            able = sorted({r.name for r in offer.rules if r.kind == "condition" and r.switch is not None})
            raise InvalidReform(
                f"{name} n'est pas une condition que l'on puisse activer ; celles-ci le sont : {', '.join(able)}."
            )
        switches.update(dict.fromkeys(found, turned_on))
    return switches


def _patched_figure(offer: Offer, name: str, raw: Any, patch: Reform) -> Figure:
    if name not in offer.figures:
        raise InvalidReform(f"Pas de chiffre {name} dans l'offre ; chiffres : {', '.join(sorted(offer.figures))}.")
    figure = offer.figures[name]
    source = patch.source or SourceEntry(text="reform", note=patch.name)
    for base, starts, ends in _spans(figure, patch.entry):
        value = _new_value(figure, base.value, raw, patch.codes)
        figure = figure.patched(DatedValue(starts, ends, value, patch.status, source, base.reviewed_on))
    return figure


def _new_value(figure: Figure, base: Value, raw: Any, codes: Codes) -> Value:
    try:
        if figure.by is None or not isinstance(base, Table):
            return read_value(figure.unit, figure.by, raw, codes)
        entries: dict[int | str, int] = {
            **dict(base.entries),
            OTHERS: base.default,
            **read_entries(figure.by, raw, codes),
        }
    except ValueError as error:
        raise InvalidReform(f"Réforme du chiffre {figure.name} : {error}") from error
    default = entries.pop(OTHERS)
    return Table(tuple(sorted((int(code), value) for code, value in entries.items())), default)


def _spans(figure: Figure, entry: ReformEntry) -> list[tuple[DatedValue, int, int | None]]:
    """The dated values that the reform replaces, with the dates of each replacement."""
    first = figure.values[-1].starts if entry.starts is None else first_month(entry.starts)
    last = None if entry.ends is None else last_month(entry.ends)
    spans: list[tuple[DatedValue, int, int | None]] = []
    for value in figure.values:
        starts = max(value.starts, first)
        ends = value.ends if last is None else (last if value.ends is None else min(value.ends, last))
        if ends is None or starts <= ends:
            spans.append((value, starts, ends))
    if not spans:
        until = "" if last is None else f" à {format_month(last)}"
        raise InvalidReform(
            f"Le chiffre {figure.name} n'a pas de valeur de {format_month(first)}{until} : la réforme ne changerait "
            f"rien. Il est connu pour {figure.spans}."
        )
    return spans


def _redated(offer: Offer, dates: Mapping[str, SpanEntry]) -> tuple[Rule, ...]:
    unknown = sorted(set(dates) - {r.measure for r in offer.rules if r.measure})
    if unknown:
        raise InvalidReform(f"Pas de mesure {', '.join(unknown)} ; mesures : {', '.join(offer.measures)}.")
    return tuple(
        redated
        for rule in offer.rules
        if (redated := _redate(rule, dates.get(rule.measure or ""), _versions(offer, rule))) is not None
    )


def _versions(offer: Offer, rule: Rule) -> list[Rule]:
    """Every version of a rule, from the first to the last."""
    return sorted((r for r in offer.rules if (r.name, r.grains) == (rule.name, rule.grains)), key=lambda r: r.starts)


def _redate(rule: Rule, span: SpanEntry | None, versions: list[Rule]) -> Rule | None:
    """The rule within its measure's new dates; None when nothing of it remains.

    New dates cut every version; only the first version is stretched to an earlier start, the last to a later end.
    """
    if span is None:
        return rule
    starts, ends = rule.starts, rule.ends
    if span.starts is not None:
        new_start = first_month(span.starts)
        starts = new_start if rule is versions[0] else max(starts, new_start)
    if span.ends is not None:
        new_end = last_month(span.ends)
        ends = new_end if rule is versions[-1] or ends is None else min(ends, new_end)
    return None if ends is not None and ends < starts else replace(rule, starts=starts, ends=ends)


def changed_rules(base: Resolved, reformed: Resolved, above: Iterable[str] = ()) -> frozenset[str]:
    """Rules of the reformed law whose value or status may differ from the base: what must be computed again.

    `above` are names of the parent grain that have changed.
    """
    names = {n for n, v in reformed.figures.items() if n not in base.figures or not _same(base.figures[n], v)}
    names |= {n for n, r in reformed.rules.items() if n not in base.rules or _timeless(base.rules[n]) != _timeless(r)}
    names |= {n for n, r in reformed.rules.items() if r.switch in names}
    return descendants(reformed.rules, names.union(above))


def _same(base: DatedValue, reformed: DatedValue) -> bool:
    return base.value == reformed.value and base.status == reformed.status


def _timeless(rule: Rule) -> Rule:
    return replace(rule, starts=0, ends=None)
