"""Entries chained within a stream, leaves of the public tree, daily heads. Triggers refuse any change or deletion."""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """One thing that happened, in the chain of its stream (`case:12`, `upload:7`, `registry`). No personal data."""

    stream = models.CharField(max_length=64)
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    kind = models.CharField(max_length=64)
    actor = models.CharField(max_length=64)
    body = models.JSONField(default=dict)
    previous_hash = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["stream", "number"], name="entry_once_per_number"),)

    def __str__(self) -> str:
        return f"{self.stream}#{self.number} {self.kind}"


class Leaf(models.Model):
    """Place of an entry in the public Merkle tree, given when its day is closed."""

    position = models.PositiveBigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT)
    hash = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return str(self.position)


class Node(models.Model):
    """A complete node of the public tree, at every `KEPT_EVERY`-th level above the leaves; others follow from them."""

    level = models.PositiveSmallIntegerField()
    rank = models.PositiveBigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["level", "rank"], name="node_once"),)

    def __str__(self) -> str:
        return f"{self.level}/{self.rank}"


class Head(models.Model):
    """Signed head of the public tree at the end of a day."""

    day = models.DateField(unique=True)
    size = models.PositiveBigIntegerField()
    root = models.BinaryField(max_length=32)
    document = models.JSONField()

    def __str__(self) -> str:
        return f"{self.day} ({self.size})"
