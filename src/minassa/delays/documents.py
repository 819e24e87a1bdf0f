"""Reads the dated files of this package in closed schemas: a key too many, or twice, is refused."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from minassa.delays.errors import InvalidDelayData
from minassa.vocabulary.statuses import Status
from minassa.vocabulary.texts import UnknownTextError, text


class Closed(BaseModel):
    """A schema in which no key may be added."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Dated(Closed):
    """What holds from `starts` to `ends`, both included, and where it was read."""

    starts: date
    ends: date | None
    text: str
    article: str | None
    status: Status
    note: str = Field(min_length=1)
    reviewed_on: date

    @property
    def citation(self) -> str:
        """The text and its article, as `text-id#article`."""
        return self.text if self.article is None else f"{self.text}#{self.article}"

    def in_force(self, day: date) -> bool:
        """Tell whether it holds on a day."""
        return self.starts <= day and (self.ends is None or day <= self.ends)


Schema = TypeVar("Schema", bound=BaseModel)


@cache
def packaged(name: str, schema: type[Schema]) -> Schema:
    """Return a file of this package, read once; InvalidDelayData when it departs from its schema."""
    content = resources.files("minassa.delays").joinpath(name).read_text(encoding="utf-8")
    return parse(content, name, schema)


def parse(content: str, origin: str, schema: type[Schema]) -> Schema:
    """Read the text of a file; InvalidDelayData names the file and what departs from the schema."""
    try:
        return schema.model_validate(yaml.load(content, Loader=_Strict))  # noqa: S506 (a SafeLoader, made stricter)
    except ValidationError as error:
        said = " ; ".join(f"{'.'.join(map(str, e['loc'])) or 'document'} : {e['msg']}" for e in error.errors())
        raise InvalidDelayData(f"{origin} : {said}") from error
    except yaml.YAMLError as error:
        raise InvalidDelayData(f"{origin} n'est pas un YAML lisible : {error}") from error


def check_dated(entries: list[Dated], origin: str) -> None:
    """Refuse two entries that hold on the same day, and a text that the register does not know: InvalidDelayData."""
    inorder = sorted(entries, key=lambda entry: entry.starts)
    for earlier, later in pairwise(inorder):
        if earlier.ends is None or earlier.ends >= later.starts:
            raise InvalidDelayData(f"{origin} : deux valeurs valent le {later.starts.isoformat()}.")
    for entry in entries:
        try:
            text(entry.text)
        except UnknownTextError as error:
            raise InvalidDelayData(f"{origin} : {error.message}") from error


class _Strict(yaml.SafeLoader):
    """The safe loader, which refuses a key written twice in the same mapping."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002
        """Return the mapping; ConstructorError at the second occurrence of a key."""
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        twice = {str(key) for key in keys if keys.count(key) > 1}
        if twice:
            message = f"clé écrite deux fois : {', '.join(sorted(twice))}"
            raise yaml.constructor.ConstructorError("lecture", node.start_mark, message, node.start_mark)
        return super().construct_mapping(node, deep)
