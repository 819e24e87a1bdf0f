"""A queryset compiled once: making its SQL costs more than running it, and every request asks for the same rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Expression, Model, QuerySet
from django.db.models.query import get_related_populators

from minassa.statements.links import numbered, prepared_cursor

Row = TypeVar("Row", bound=Model)


class Given(Expression):
    """A value of a compiled queryset, known by its name, given each time that it is read."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, _compiler: object, _connection: object) -> tuple[str, Any]:
        """Its place in the SQL; the parameter is this very object, replaced by the value when it is given."""
        return "%s", [self]


@dataclass(frozen=True, slots=True)
class _Plan:
    """What Django's compiler found: the SQL, its parameters, how values become Python, and rows become instances."""

    sql: str
    parameters: tuple[Any, ...]
    compiler: Any
    converters: dict[int, Any]
    populators: list[Any]
    columns: slice
    names: list[str]


class Compiled(Generic[Row]):
    """A queryset whose SQL is made when it is first read, `Given` values apart.

    `make` gives the queryset: of instances, `select_related` and `defer` included, or of `values_list`. Lists of values
    (`__in`) whose length changes cannot be `Given`.
    """

    def __init__(self, make: Callable[[], QuerySet[Row, Any]]) -> None:
        self._make = make
        self._plan: _Plan | None = None

    def all(self, **given: Any) -> list[Row]:  # noqa: ANN401 (values of columns)
        """The instances."""
        plan = self._planned()
        return [_instance(plan, row) for row in _run(plan, given)]

    def first(self, **given: Any) -> Row | None:  # noqa: ANN401 (values of columns)
        """The first instance; None without any."""
        return next(iter(self.all(**given)), None)

    def values(self, **given: Any) -> list[Any]:  # noqa: ANN401 (values of columns)
        """The rows of a queryset of `values_list`, each a list of values."""
        return list(_run(self._planned(), given))

    def _planned(self) -> _Plan:
        if self._plan is None:
            self._plan = _compiled(self._make())
        return self._plan


def _compiled(rows: QuerySet[Any, Any]) -> _Plan:
    compiler = rows.query.get_compiler(using=rows.db)
    sql, parameters = compiler.as_sql()
    converters = compiler.get_converters([one[0] for one in compiler.select[: compiler.col_count]])
    populators, columns, names = [], slice(0), []
    if compiler.klass_info:
        places = compiler.klass_info["select_fields"]
        columns = slice(places[0], places[-1] + 1)
        names = [one[0].target.attname for one in compiler.select[columns]]
        populators = get_related_populators(compiler.klass_info, compiler.select, rows.db)  # type: ignore[call-arg]
    return _Plan(numbered(sql), tuple(parameters), compiler, converters, populators, columns, names)


def _run(plan: _Plan, given: dict[str, Any]) -> Iterable[Any]:
    values = [given[one.name] if isinstance(one, Given) else one for one in plan.parameters]
    with prepared_cursor() as cursor:
        cursor.execute(plan.sql, values)
        rows: list[Any] = cursor.fetchall()
    return plan.compiler.apply_converters(rows, plan.converters) if plan.converters else rows


def _instance(plan: _Plan, row: Any) -> Any:  # noqa: ANN401 (values of columns in, an instance of the model out)
    made = plan.compiler.klass_info["model"].from_db(DEFAULT_DB_ALIAS, plan.names, row[plan.columns])
    for one in plan.populators:
        one.populate(row, made)
    return made
