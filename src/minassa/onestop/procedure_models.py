"""Versions of procedures as they were published: cases point to them."""

from __future__ import annotations

from django.db import models


class ProcedureVersion(models.Model):
    """One dated version of a procedure; its content is the YAML that the package ships, kept as it was published."""

    code = models.SlugField(max_length=40)
    version = models.PositiveSmallIntegerField()
    in_force_from = models.DateField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["code", "version"], name="procedure_version_once"),)

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"
