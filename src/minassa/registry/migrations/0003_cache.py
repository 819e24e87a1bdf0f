"""The table of Django's cache: limits of sign-in are counted there, by all processes together."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

MAKE = """
CREATE TABLE minassa_cache (cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);
CREATE INDEX minassa_cache_expires ON minassa_cache (expires);
"""


class Migration(migrations.Migration):
    """What `createcachetable` would make."""

    dependencies: ClassVar = [("registry", "0002_auto_requests_and_limits")]
    operations: ClassVar = [migrations.RunSQL(MAKE, "DROP TABLE minassa_cache")]
