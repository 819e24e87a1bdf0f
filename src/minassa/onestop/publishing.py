"""Reads the procedures that the package ships, and publishes their versions once: cases point to what was published."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from functools import cache, lru_cache
from importlib import resources
from typing import Any, Final

import yaml
from django.db import transaction
from pydantic import ValidationError

from minassa.delays.errors import SilenceOnMoney
from minassa.journal.public import append
from minassa.onestop.errors import InvalidProcedure, UnknownProcedure
from minassa.onestop.procedure_models import ProcedureVersion
from minassa.onestop.procedure_schema import Procedure
from minassa.proof import canonical_bytes
from minassa.statements import Compiled, Given
from minassa.vocabulary.texts import UnknownTextError


def parse_procedure(content: dict[str, Any], origin: str) -> Procedure:
    """A procedure from its content; InvalidProcedure names the file and every departure from the schema."""
    try:
        return Procedure.model_validate(content)
    except ValidationError as error:
        said = " ; ".join(f"{'.'.join(map(str, e['loc'])) or 'fichier'} : {e['msg']}" for e in error.errors())
        raise InvalidProcedure(f"{origin} : {said}", origin=origin) from error
    except (SilenceOnMoney, UnknownTextError) as error:
        raise InvalidProcedure(f"{origin} : {error.message}", origin=origin) from error


@cache
def shipped() -> tuple[Procedure, ...]:
    """Every version of every procedure that the package ships, by code then version; InvalidProcedure."""
    found = []
    for folder in resources.files("minassa.onestop.procedures").iterdir():
        if not folder.is_dir() or folder.name.startswith("_"):
            continue
        for file in folder.iterdir():
            origin = f"{folder.name}/{file.name}"
            procedure = parse_procedure(yaml.safe_load(file.read_text(encoding="utf-8")), origin)
            if origin != f"{procedure.code}/{procedure.version}.yaml":
                raise InvalidProcedure(f"{origin} : le fichier ne porte pas le nom de ce qu'il contient.")
            found.append(procedure)
    return tuple(sorted(found, key=lambda one: (one.code, one.version)))


def content_of(procedure: Procedure) -> dict[str, Any]:
    """The content of a procedure as it is published."""
    return procedure.model_dump(mode="json")


def digest_of(content: dict[str, Any]) -> str:
    """SHA-256 of a published content, in hexadecimal, over its one canonical writing."""
    return hashlib.sha256(canonical_bytes(content)).hexdigest()


def publish_procedures(at: datetime) -> list[ProcedureVersion]:
    """Publish the versions that were not published yet, and return them.

    InvalidProcedure when a version already published has changed since: a change is a new version, and open cases keep
    theirs.
    """
    with transaction.atomic():
        known = {
            (one.code, one.version): one.digest for one in ProcedureVersion.objects.only("code", "version", "digest")
        }
        return [version for one in shipped() if (version := _published(one, known, at))]


def _published(procedure: Procedure, known: dict[tuple[str, int], str], at: datetime) -> ProcedureVersion | None:
    content = content_of(procedure)
    digest = digest_of(content)
    before = known.get((procedure.code, procedure.version))
    if before is not None:
        if before != digest:
            raise InvalidProcedure(
                f"La version {procedure.version} de « {procedure.code} » est publiée et a changé : écrivez la"
                f" version {procedure.version + 1}.",
                procedure=procedure.code,
            )
        return None
    append(
        "procedures",
        "procedure.published",
        "system:publishing",
        {"code": procedure.code, "version": procedure.version, "digest": digest},
        at,
    )
    return ProcedureVersion.objects.create(
        code=procedure.code,
        version=procedure.version,
        in_force_from=procedure.in_force_from,
        content=content,
        digest=digest,
        published_at=at,
    )


@lru_cache(maxsize=256)
def definition(version_id: int, digest: str = "") -> Procedure:
    """The content of a published version, read once: it never changes. `digest` only tells databases apart in tests."""
    del digest
    return parse_procedure(ProcedureVersion.objects.get(pk=version_id).content, str(version_id))


_IN_FORCE: Final = Compiled(
    lambda: (
        ProcedureVersion.objects.filter(code=Given("code"), in_force_from__lte=Given("on"))
        .order_by("-version")
        .defer("content")[:1]
    )
)


def version_in_force(code: str, on: date) -> ProcedureVersion:
    """The version of a procedure in force on a day; UnknownProcedure when there is none."""
    found = _IN_FORCE.first(code=code, on=on)
    if found is None:
        raise UnknownProcedure("Cette démarche n'existe pas, ou n'est pas encore en vigueur.", procedure=code)
    return found


def in_force(on: date) -> list[Procedure]:
    """The procedures in force on a day, each in its latest version, in the order of their codes."""
    latest = ProcedureVersion.objects.filter(in_force_from__lte=on).order_by("code", "-version").distinct("code")
    return [definition(version.pk) for version in latest.only("pk")]
