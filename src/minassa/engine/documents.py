"""Reads YAML in which nothing is lost in silence: a key written twice is refused."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import yaml
from pydantic import ValidationError

from minassa.vocabulary.periods import month_of


class _Strict(yaml.SafeLoader):
    """The safe loader, which refuses a key written twice in the same mapping."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002
        """The mapping; ConstructorError at the second occurrence of a key."""
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    "lecture", node.start_mark, f"la clé {key} est écrite deux fois", key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep)


def read_yaml(text: str) -> Any:
    """The document; yaml.YAMLError when it is not YAML or when a key is written twice."""
    return yaml.load(text, Loader=_Strict)  # noqa: S506 (a SafeLoader, made stricter)


def told(error: ValidationError) -> str:
    """Where a document departs from its schema and how, on one line."""
    return " ; ".join(f"{'.'.join(map(str, e['loc'])) or 'document'} : {e['msg']}" for e in error.errors())


def first_month(day: date) -> int:
    """Index of the month that starts on the day; ValueError for any other day of a month."""
    if day.day != 1:
        raise ValueError(f"{day.isoformat()} n'est pas le premier jour d'un mois ; une date de début l'est toujours.")
    return month_of(day)


def last_month(day: date) -> int:
    """Index of the month that ends on the day; ValueError for any other day of a month."""
    if (day + timedelta(days=1)).day != 1:
        raise ValueError(f"{day.isoformat()} n'est pas le dernier jour d'un mois ; une date de fin l'est toujours.")
    return month_of(day)
