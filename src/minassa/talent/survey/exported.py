"""Answers exported by ODK Central, KoboToolbox or LimeSurvey, read by the columns that each of them writes.

ODK Central: `KEY`, `SubmissionDate`, groups joined by `-`, choices split as `question/choice`, a table for each repeat
tied by `PARENT_KEY`. KoboToolbox: `_uuid`, `_submission_time`, groups joined by `/`, a sheet for each repeat tied by
`_parent_index` or `_submission__uuid`. LimeSurvey: `id`, `submitdate`, `startlanguage`, codes without underscore,
choices and arrays as `question[sub]` and `question[row_column]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

from minassa.talent.survey.answers import Answers, Turn
from minassa.talent.survey.errors import ExportError
from minassa.talent.survey.forms import Form, Question
from minassa.talent.survey.tables import Row, Tables, tables_of
from minassa.vocabulary.folding import fold

ICE: Final = "ice"
_PARTS: Final = re.compile(r"[/\-:.]")
_SUB: Final = re.compile(r"([A-Za-z][A-Za-z0-9_]*)\[([^\]]+)\]")
_CHOSEN: Final = frozenset({"1", "y", "yes", "oui", "true", "vrai", "نعم"})
_UNDATED: Final = "1980-01-01"
"""What LimeSurvey writes when a survey does not keep dates."""


class Tool(StrEnum):
    """Who wrote the file."""

    ODK = "odk"
    KOBO = "kobo"
    LIMESURVEY = "limesurvey"


@dataclass(frozen=True, slots=True)
class Exported:
    """An answer of a file: its line (the heading is 1), its instance, when it was sent, the ICE, what was answered.

    `finished`: whether the tool says that it was sent; `submitted`: None where the tool kept no date.
    """

    line: int
    instance: str
    submitted: datetime | None
    finished: bool
    ice: str
    language: str
    answers: Answers


@dataclass(frozen=True, slots=True)
class Export:
    """A file: its tool, its answers, the columns that belong to no question, rows of repeats tied to no answer."""

    tool: Tool
    rows: tuple[Exported, ...]
    unread: tuple[str, ...]
    orphans: int


def read_export(form: Form, content: bytes) -> Export:
    """The answers of a file to a form. ExportError when it is of none of the three tools."""
    tables = tables_of(content)
    name, tool = _main(tables)
    rows = tables.pop(name)
    columns = Columns(form, tool, [*dict.fromkeys(head for row in rows for head in row)])
    turns, orphans = _turns(form, tool, rows, tables)
    read = tuple(_exported(columns, row, line, turns) for line, row in enumerate(rows, start=2))
    return Export(tool, read, tuple(columns.unread), orphans)


def _main(tables: Tables) -> tuple[str, Tool]:
    """The table of answers, and the tool, by the columns that only it writes."""
    for name, rows in tables.items():
        heads = set(rows[0]) if rows else set[str]()
        if "KEY" in heads and "PARENT_KEY" not in heads:
            return name, Tool.ODK
        if "_uuid" in heads and "_parent_index" not in heads:
            return name, Tool.KOBO
        if "id" in heads and heads & {"submitdate", "lastpage", "startlanguage"}:
            return name, Tool.LIMESURVEY
    raise ExportError(
        "Ce fichier n'a pas les colonnes d'ODK Central (KEY), de KoboToolbox (_uuid) ou de LimeSurvey (id,"
        " submitdate), ou n'a aucune réponse."
    )


class Columns:
    """Which column answers which question: the whole of it, or one choice, or one cell of an array."""

    def __init__(self, form: Form, tool: Tool, heads: Sequence[str]) -> None:
        """Read the headings once."""
        self.form, self.tool = form, tool
        self._by_fold = {_plain(name): name for name in form.questions}
        self.whole: dict[str, str] = {}
        self.choices: dict[str, list[tuple[str, str]]] = {}
        self.arrays: dict[str, list[tuple[str, str, str]]] = {}
        self.ice = ""
        self.unread: list[str] = []
        for head in heads:
            self._read(head)

    def _read(self, head: str) -> None:
        parts = [one for one in _PARTS.split(head) if one]
        last = parts[-1] if parts else ""
        if _plain(last) == ICE:
            self.ice = self.ice or head
        elif self._sub(head) or self._choice(head, parts):
            return
        elif name := self._by_fold.get(_plain(last)):
            self.whole.setdefault(name, head)
        elif not _of_the_tool(head):
            self.unread.append(head)

    def _choice(self, head: str, parts: Sequence[str]) -> bool:
        name = self._by_fold.get(_plain(parts[-2])) if len(parts) > 1 else None
        return name is not None and self._chosen(name, parts[-1], head)

    def _chosen(self, name: str, code: str, head: str) -> bool:
        found = next((one.name for one in self.form.questions[name].choices if _plain(one.name) == _plain(code)), None)
        if found is not None:
            self.choices.setdefault(name, []).append((found, head))
        return found is not None

    def _sub(self, head: str) -> bool:
        """`question[choice]`, or `repeat[row_column]`: the choice that the row is about, the question of the column."""
        match = _SUB.fullmatch(head)
        if match is None:
            return False
        name = self._by_fold.get(_plain(match[1]))
        if name is not None:
            return self._chosen(name, match[2], head)
        repeat = next((one for one in self.form.repeats if _plain(one) == _plain(match[1])), None)
        row, _bar, column = match[2].partition("_")
        question = self._by_fold.get(_plain(column))
        if repeat is None or question is None or self.form.repeat_of.get(question) != repeat:
            return False
        self.arrays.setdefault(repeat, []).append((row, question, head))
        return True

    def answer(self, row: Row, name: str) -> str:
        """The answer to a question: as the file writes it whole, else from the choices that are ticked."""
        question = self.form.questions[name]
        told = row.get(self.whole[name], "") if name in self.whole else ""
        if told or name not in self.choices:
            return _coded(question, told)
        return " ".join(code for code, head in self.choices[name] if fold(row.get(head, "")) in _CHOSEN)

    def turns(self, row: Row, repeat: str) -> list[Turn]:
        """The turns of a repeat that the file writes as an array, those where something was answered."""
        found: dict[str, Turn] = {}
        for about, question, head in self.arrays.get(repeat, []):
            if row.get(head, ""):
                found.setdefault(about, {})[question] = row[head]
        by = next((one.name for one in _parts_of(self.form, repeat) if one.kind == "select_one"), None)
        if by is None:
            return list(found.values())
        codes = {_plain(one.name): one.name for one in self.form.questions[by].choices}
        return [{by: codes.get(_plain(about), about), **turn} for about, turn in found.items()]


def _parts_of(form: Form, repeat: str) -> Iterator[Question]:
    return (form.questions[name] for name, of in form.repeat_of.items() if of == repeat)


def _plain(name: str) -> str:
    """A name as LimeSurvey lets it be written: no underscore, no case."""
    return name.replace("_", "").lower()


def _of_the_tool(head: str) -> bool:
    known = ("_", "meta", "SubmissionDate", "KEY", "Submitter", "Attachments", "DeviceID", "Edits", "FormVersion")
    more = ("ReviewState", "Status", "start", "end", "today", "id", "submitdate", "lastpage", "seed", "token", "refurl")
    return head.startswith((*known, *more, "datestamp", "ipaddr", "username", "deviceid", "instanceID", "formhub"))


def _coded(question: Question, told: str) -> str:
    """A choice by its code, when the file says its words in any language; anything else as it is."""
    if question.kind != "select_one" or any(one.name == told for one in question.choices):
        return told
    words = {fold(word): one.name for one in question.choices for word in one.labels.values()}
    return words.get(fold(told), told) if told else told


def _exported(columns: Columns, row: Row, line: int, turns: Mapping[str, Mapping[str, list[Turn]]]) -> Exported:
    form, key = columns.form, _instance(columns.tool, row)
    answers: Answers = {}
    for name in form.questions:
        if name not in form.repeat_of and (value := columns.answer(row, name)):
            answers[name] = value
    for repeat in form.repeats:
        if found := turns.get(repeat, {}).get(key) or columns.turns(row, repeat):
            answers[repeat] = found
    when = row.get("SubmissionDate") or row.get("_submission_time") or row.get("submitdate") or ""
    finished = bool(when) or columns.tool is not Tool.LIMESURVEY
    ice = row.get(columns.ice, "").replace(" ", "") if columns.ice else ""
    return Exported(
        line, key, _moment(when), finished, ice.zfill(15) if ice else "", row.get("startlanguage", ""), answers
    )


def _instance(tool: Tool, row: Row) -> str:
    """What tells an answer from every other; the same whether ODK or Kobo exported it."""
    if tool is Tool.LIMESURVEY:
        return f"limesurvey:{row.get('id', '')}" if row.get("id") else ""
    told = row.get("meta-instanceID") or row.get("instanceID") or row.get("KEY") or row.get("_uuid") or ""
    return told.removeprefix("uuid:")


def _moment(text: str) -> datetime | None:
    if not text or text.startswith(_UNDATED):
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _turns(form: Form, tool: Tool, rows: Sequence[Row], tables: Tables) -> tuple[dict[str, dict[str, list[Turn]]], int]:
    """The turns of each repeat by instance, from the tables beside that of answers; and rows tied to none."""
    if tool is Tool.LIMESURVEY:
        return {}, 0
    by_index = {row["_index"]: _instance(tool, row) for row in rows if row.get("_index")}
    known = {_instance(tool, row) for row in rows}
    by_key = {row["KEY"]: _instance(tool, row) for row in rows if row.get("KEY")}
    found: dict[str, dict[str, list[Turn]]] = {}
    orphans = 0
    for table in tables.values():
        columns = Columns(form, tool, [*dict.fromkeys(head for row in table for head in row)])
        names = [name for name in (*columns.whole, *columns.choices) if name in form.repeat_of]
        if not names:
            continue
        for row in table:
            parent = by_key.get(row.get("PARENT_KEY", "")) or row.get("_submission__uuid", "").removeprefix("uuid:")
            parent = parent if parent in known else by_index.get(row.get("_parent_index", ""), "")
            turn = {name: value for name in dict.fromkeys(names) if (value := columns.answer(row, name))}
            if parent and turn:
                found.setdefault(form.repeat_of[names[0]], {}).setdefault(parent, []).append(turn)
            orphans += bool(turn) and not parent
    return found, orphans
