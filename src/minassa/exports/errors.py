"""What can be wrong with an act on exports: a stable code, a sentence for people."""

from __future__ import annotations

from collections.abc import Iterable

from minassa.declarations.findings import Finding
from minassa.vocabulary.errors import MinassaError, Stale


class ExportRefused(MinassaError):
    """An act that cannot be done as asked; `findings` say what is wrong in a sheet."""

    code = "export-act-refused"

    def __init__(self, message: str, findings: Iterable[Finding] = ()) -> None:
        super().__init__(message)
        self.findings = list(findings)


class StaleStatement(ExportRefused, Stale):
    """The row has been changed since the caller read it."""

    code = "export-stale"
