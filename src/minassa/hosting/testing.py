"""A throw-away database server for tests: one a machine, quick, shared by all who test; nothing in it is kept."""

from __future__ import annotations

import getpass
import os
import re
import stat
import tempfile
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from minassa.hosting.errors import UnsafeFolder
from minassa.hosting.processes import alive
from minassa.hosting.server import Server

VARIABLE = "DATABASE_URL"
OWN = re.compile(r"(?:test_)?minassa_(\d+)(?:_\w+)?")
"""Databases named after the process that tests in them."""


def test_folder() -> Path:
    """The folder of the throw-away server: under the temporary folder of the system, for this account alone."""
    folder = Path(tempfile.gettempdir(), f"minassa-tests-{getpass.getuser()}")
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if os.name != "nt" and (found.st_uid != os.geteuid() or not stat.S_ISDIR(found.st_mode)):
        raise UnsafeFolder(f"« {folder} » appartient à quelqu'un d'autre : retirez-le, ou changez TMPDIR")
    return folder


def test_server() -> str:
    """Start the throw-away server, or find it running: the URL of a database named after this process.

    That database itself is not made: pytest-django makes `test_…` beside it, and its name keeps apart those who test
    at the same time. What dead processes have left is dropped.
    """
    server = Server(test_folder() / "postgres", quick=True)
    server.start()
    drop_orphans(server.address())
    return server.address(f"minassa_{os.getpid()}")


def drop_orphans(address: str) -> None:
    """Drop the databases of test processes that are no more."""
    with psycopg.connect(address, autocommit=True) as link:
        for (name,) in link.execute("SELECT datname FROM pg_database").fetchall():
            found = OWN.fullmatch(name)
            if found and not alive(int(found[1])):
                link.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def provide_database() -> str:
    """Set DATABASE_URL for this process and its children, unless a database is given already; its value."""
    if not os.environ.get(VARIABLE):
        os.environ[VARIABLE] = test_server()
    return os.environ[VARIABLE]


def django_settings(address: str) -> dict[str, str]:
    """The entries of Django's DATABASES that say where a database is."""
    said = conninfo_to_dict(address)
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    return {name: str(said.get(word) or "") for name, word in names.items()}


# pytest must not take them for tests when they are imported.
test_folder.__test__ = False  # type: ignore[attr-defined]
test_server.__test__ = False  # type: ignore[attr-defined]
