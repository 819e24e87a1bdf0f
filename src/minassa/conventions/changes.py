"""What each kind of amendment changes: pure functions from a snapshot to the next, and what they replace."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from django.utils.translation import gettext as _
from pydantic import ValidationError

from minassa.conventions.convention_models import AmendmentKind, ConventionState
from minassa.conventions.errors import StaleAmendment, TermsRefused
from minassa.conventions.reading import Snapshot
from minassa.conventions.states import convention_after, event_of
from minassa.conventions.terms import CommitmentTerms, Terms, require_sound

Values = Mapping[str, Any]
"""The fields that an amendment bears on, as plain data."""

ON_COMMITMENT: Final = frozenset({AmendmentKind.CHANGE_TARGET, AmendmentKind.CHANGE_DUE})
FIELDS: Final[Mapping[AmendmentKind, tuple[str, ...]]] = MappingProxyType(
    {
        AmendmentKind.ADD_COMMITMENT: tuple(name for name in CommitmentTerms.model_fields if name != "number"),
        AmendmentKind.CHANGE_TARGET: ("target",),
        AmendmentKind.CHANGE_DUE: ("due_on",),
        AmendmentKind.CHANGE_END: ("ends_on",),
        AmendmentKind.CHANGE_PARTY: ("firm_name", "signatories"),
        AmendmentKind.SUSPEND: (),
        AmendmentKind.RESUME: (),
        AmendmentKind.TERMINATE: (),
    }
)
"""What each kind may change; a field that is not named here is not changed by it."""
ONE_SIDED: Final = frozenset({AmendmentKind.SUSPEND, AmendmentKind.RESUME, AmendmentKind.TERMINATE})
"""What the State decides alone; all else binds the firm only if it agrees."""


def replaced(snapshot: Snapshot, kind: AmendmentKind, commitment: int) -> dict[str, Any]:
    """What an amendment of this kind replaces, as plain data: the `before` that is frozen with it."""
    if kind is AmendmentKind.ADD_COMMITMENT:
        return {}
    if kind in ONE_SIDED:
        return {"state": str(snapshot.state)}
    source: Terms | CommitmentTerms = snapshot.terms
    if kind in ON_COMMITMENT:
        source = snapshot.terms.commitment(commitment)
    said = source.model_dump(mode="json")
    return {name: said[name] for name in FIELDS[kind]}


def wanted(snapshot: Snapshot, kind: AmendmentKind, given: Values) -> dict[str, Any]:
    """What an amendment puts in the place, its `after`; TermsRefused for fields that the kind does not bear on."""
    if kind in ONE_SIDED:
        return {"state": str(convention_after(snapshot.state, event_of(kind)))}
    if not given or not set(given) <= set(FIELDS[kind]):
        raise TermsRefused(_("Cet avenant ne porte pas sur cela."), kind=str(kind))
    return dict(given)


def applied(snapshot: Snapshot, kind: AmendmentKind, commitment: int, before: Values, after: Values) -> Snapshot:
    """The convention after an amendment. StaleAmendment when what it replaces no longer holds, TermsRefused."""
    if replaced(snapshot, kind, commitment) != dict(before):
        raise StaleAmendment(_("Ce que cet avenant remplace n'est plus en vigueur : proposez-en un autre."))
    if kind in ONE_SIDED:
        return Snapshot(snapshot.revision + 1, snapshot.terms, ConventionState(after["state"]))
    terms = _APPLIED[kind](snapshot.terms, commitment, after)
    require_sound(terms)
    return Snapshot(snapshot.revision + 1, terms, snapshot.state)


def _made(schema: type[Any], values: Values) -> Any:  # noqa: ANN401 (a schema of terms)
    try:
        return schema.model_validate(dict(values))
    except ValidationError as error:
        raise TermsRefused(_("L'avenant n'est pas complet, ou une valeur n'est pas de sa sorte.")) from error


def _add(terms: Terms, _commitment: int, after: Values) -> Terms:
    one = _made(CommitmentTerms, {**after, "number": len(terms.commitments) + 1})
    return terms.model_copy(update={"commitments": (*terms.commitments, one)})


def _change(terms: Terms, commitment: int, after: Values) -> Terms:
    held = terms.commitment(commitment)
    changed = _made(CommitmentTerms, {**held.model_dump(mode="json"), **after})
    rows = tuple(changed if one.number == commitment else one for one in terms.commitments)
    return terms.model_copy(update={"commitments": rows})


def _frame(terms: Terms, _commitment: int, after: Values) -> Terms:
    changed: Terms = _made(Terms, {**terms.model_dump(mode="json"), **after})
    return changed


_APPLIED: Final[Mapping[AmendmentKind, Callable[[Terms, int, Values], Terms]]] = MappingProxyType(
    {
        AmendmentKind.ADD_COMMITMENT: _add,
        AmendmentKind.CHANGE_TARGET: _change,
        AmendmentKind.CHANGE_DUE: _change,
        AmendmentKind.CHANGE_END: _frame,
        AmendmentKind.CHANGE_PARTY: _frame,
    }
)


def as_values(**given: Any) -> dict[str, Any]:  # noqa: ANN401 (fields of terms)
    """Fields of terms as the plain data that an amendment keeps."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in given.items()}
