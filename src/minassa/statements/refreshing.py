"""Instances that tell what was written of the same row through another one."""

from __future__ import annotations

from django.db.models import Model


def refresh(given: Model, written: Model) -> None:
    """The instance that the caller holds tells what was written, without reading it again."""
    if given is not written:
        columns = [field.attname for field in written._meta.concrete_fields]  # noqa: SLF001 (Django's list of columns)
        given.__dict__.update({name: getattr(written, name) for name in columns})
