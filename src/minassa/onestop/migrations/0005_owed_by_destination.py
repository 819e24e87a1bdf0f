"""What is owed is looked for by destination: one that is away with much to receive slows no other down."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Written by Django."""

    dependencies = [
        ("onestop", "0004_place_and_state"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="outboxmessage",
            name="outbox_pending",
        ),
        migrations.AddIndex(
            model_name="outboxmessage",
            index=models.Index(
                condition=models.Q(("dead_at__isnull", True), ("delivered_at__isnull", True)),
                fields=["destination", "due_at", "id"],
                name="outbox_owed",
            ),
        ),
    ]
