"""Questionnaires that people bring, and the themes that they make of open answers."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import migrations, models

KEY = {"auto_created": True, "primary_key": True, "serialize": False, "verbose_name": "ID"}


class Migration(migrations.Migration):
    """Three tables."""

    dependencies: ClassVar = [("surveys", "0004_instances_stay")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Questionnaire",
            fields=[
                ("id", models.BigAutoField(**KEY)),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("code", models.CharField(max_length=63)),
                ("titles", models.JSONField()),
                ("sheets", models.JSONField()),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("synthetic", models.BooleanField(default=False)),
                ("by", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Theme",
            fields=[
                ("id", models.BigAutoField(**KEY)),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("question", models.CharField(max_length=63)),
                ("names", models.JSONField()),
                ("by", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                (
                    "survey",
                    models.ForeignKey(on_delete=models.deletion.PROTECT, related_name="themes", to="surveys.survey"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ThemedAnswer",
            fields=[
                ("id", models.BigAutoField(**KEY)),
                ("by", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                ("out_by", models.CharField(blank=True, max_length=64)),
                ("out_at", models.DateTimeField(null=True)),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=models.deletion.PROTECT, related_name="themed", to="surveys.submission"
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(on_delete=models.deletion.PROTECT, related_name="answers", to="surveys.theme"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("out_by", "")),
                        fields=("theme", "submission"),
                        name="answer_in_a_theme_once",
                    )
                ],
            },
        ),
    ]
