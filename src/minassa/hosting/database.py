"""The database of the platform: the one that DATABASE_URL names, or a server of our own."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import psycopg

from minassa.hosting.binaries import OLDEST
from minassa.hosting.errors import NoDatabase
from minassa.hosting.server import Server

VARIABLE = "DATABASE_URL"


@dataclass(frozen=True, slots=True)
class Database:
    """Where the data are; `server` is ours to start and stop, None for a database of someone else."""

    home: Path
    given: str | None

    @property
    def server(self) -> Server | None:
        """Our own server, in the data folder; None when a database was given."""
        return None if self.given else Server(self.home / "postgres")

    @property
    def address(self) -> str:
        """The URL, whether it answers or not."""
        return self.given or Server(self.home / "postgres").address()

    def start(self) -> str:
        """Make sure that the database answers: its URL; NoDatabase or ServerFailed."""
        server = self.server
        if server is not None:
            return server.start()
        try:
            with psycopg.connect(self.address, connect_timeout=10) as link:
                version = link.info.server_version // 10_000
        except psycopg.Error as error:
            # The message of the driver names host and base, never the password.
            raise NoDatabase(
                f"la base que {VARIABLE} désigne ne répond pas : {str(error).strip()}. Corrigez {VARIABLE}, "
                "ou retirez-la pour que Minassa démarre sa propre base"
            ) from error
        if version < OLDEST:
            raise NoDatabase(
                f"la base que {VARIABLE} désigne est PostgreSQL {version} ; il faut {OLDEST} ou plus récent"
            )
        return self.address

    def described(self) -> dict[str, object] | None:
        """Version and size of a database that answers; None of one that does not."""
        try:
            with psycopg.connect(self.address, connect_timeout=3) as link:
                row = link.execute(
                    "SELECT current_setting('server_version'), pg_database_size(current_database()), "
                    "extract(epoch FROM pg_postmaster_start_time())::bigint"
                ).fetchone()
        except psycopg.Error:
            return None
        return dict(zip(("version", "bytes", "since"), row, strict=True)) if row else None

    def empty(self) -> bool:
        """Whether the schema `public` holds no table."""
        with psycopg.connect(self.address) as link:
            found = link.execute("SELECT 1 FROM pg_tables WHERE schemaname = 'public' LIMIT 1").fetchone()
        return found is None


def database_of(home: Path) -> Database:
    """The database of that data folder, as the environment says."""
    return Database(home, os.environ.get(VARIABLE) or None)
