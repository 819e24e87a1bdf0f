"""A PostgreSQL of our own, kept in one folder: made, started, found again after any accident, stopped."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from minassa.hosting import sockets
from minassa.hosting.binaries import Binaries, find_binaries
from minassa.hosting.errors import ServerFailed
from minassa.hosting.locks import held
from minassa.hosting.processes import alive, command_line, end, works_in
from minassa.hosting.rights import WAYS, Rights, Way, choose_rights

USER = DATABASE = "minassa"
MADE = ("--encoding=UTF8", "--locale=C.UTF-8", f"--username={USER}", "--data-checksums")
SETTINGS = {
    "max_connections": "80",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "1GB",
    "checkpoint_timeout": "10min",
    "random_page_cost": "1.1",
    "max_worker_processes": "4",
    "max_parallel_workers_per_gather": "1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    "log_min_duration_statement": "2s",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_checkpoints": "off",
}
"""For two cores and a few gigabytes; no value of a parameter reaches the log, where persons must not be named."""
QUICK = {"fsync": "off", "full_page_writes": "off", "shared_buffers": "64MB"}
"""For tests: survives kill -9, not a power cut."""
READY_WITHIN = 60.0
"""Seconds left to a server to come up; the recovery after an accident is in it."""
UNREACHABLE_AFTER = 5.0
"""Seconds after which a living server without a socket is taken for unreachable."""
NOBODY = 2**22 + 1
"""A process number that no system gives."""
LOG_BYTES = 5_000_000


@dataclass(frozen=True)
class Server:
    """One server in one folder. `quick` gives up safety for speed (tests); `ways` are those to run as root."""

    home: Path
    quick: bool = False
    major: int | None = None
    ways: tuple[Way, ...] = WAYS

    @property
    def data(self) -> Path:
        """The data folder itself."""
        return self.home / "data"

    @property
    def log(self) -> Path:
        """Where the server writes what happens to it."""
        return self.home / "server.log"

    @property
    def password_file(self) -> Path:
        """The password, where there is no Unix socket."""
        return self.home / "password"

    @cached_property
    def socket_folder(self) -> Path:
        """The folder of the Unix socket."""
        return sockets.socket_folder(self.home)

    @cached_property
    def binaries(self) -> Binaries:
        """The programs: those of the version that made the data, when there are data."""
        written = self.data / "PG_VERSION"
        return find_binaries(int(written.read_text("ascii")) if written.exists() else self.major)

    @cached_property
    def rights(self) -> Rights:
        """As whom the server runs."""
        return choose_rights(self.binaries, self.home, self.data, self.ways)

    # --- where it is reached ---------------------------------------------------------------------------------------

    def address(self, database: str = DATABASE) -> str:
        """The URL of one of its databases; no secret in it."""
        if os.name != "nt":
            return f"postgresql://{USER}@/{database}?host={quote(str(self.socket_folder), safe='')}&port={sockets.PORT}"
        place = quote(str(self.password_file), safe="")
        return f"postgresql://{USER}@127.0.0.1:{self.port()}/{database}?passfile={place}"

    def port(self) -> int:
        """The port on Windows, chosen once and kept."""
        kept = self.home / "port"
        if not kept.exists():
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                kept.write_text(str(probe.getsockname()[1]), "ascii")
        return int(kept.read_text("ascii"))

    # --- what is true of it ----------------------------------------------------------------------------------------

    def identity(self) -> int | None:
        """The number that initdb gave to these data, read from their control file; None without data."""
        try:
            return int(struct.unpack("=Q", (self.data / "global" / "pg_control").read_bytes()[:8])[0])
        except (OSError, struct.error):
            return None

    def answers(self) -> bool:
        """Whether a server of these very data takes a connection: the only proof that is believed."""
        try:
            with psycopg.connect(self.address("postgres"), connect_timeout=3, autocommit=True) as link:
                row = link.execute("SELECT system_identifier FROM pg_control_system()").fetchone()
        except psycopg.Error:
            return False
        return row is not None and self.identity() in {row[0], row[0] + 2**64}

    def noted_pid(self) -> int:
        """The number in postmaster.pid, a hint and no more; 0 without one."""
        try:
            return int((self.data / "postmaster.pid").read_text("utf-8").split("\n", 1)[0])
        except (OSError, ValueError):
            return 0

    def pid(self) -> int | None:
        """The server's process, if that number is a living postgres that stands in these data; None else."""
        number = self.noted_pid()
        words = command_line(number) if number and alive(number) else []
        if not words or not Path(words[0]).name.startswith("postgres"):
            return None
        stands = works_in(number, self.data)
        return number if (str(self.data.resolve()) in words if stands is None else stands) else None

    # --- starting --------------------------------------------------------------------------------------------------

    def start(self, database: str = DATABASE) -> str:
        """Make what is missing, start or find the server, make the database; its URL. Safe to call at the same time."""
        self.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        with held(self.home.with_name(f"{self.home.name}.lock")):
            if not self.answers():
                self.make()
                self.start_stopped()
            self.make_database(database)
        return self.address(database)

    def make(self) -> None:
        """Make the data folder, at once or not at all: a half-made one is thrown away."""
        if (self.data / "PG_VERSION").exists():
            return
        self.rights.own(self.home)
        draft = self.home / "data.new"
        shutil.rmtree(draft, ignore_errors=True)
        done = subprocess.run(
            self.rights.command("initdb", *MADE, *self.trust(), *(["--no-sync"] if self.quick else []), str(draft)),
            capture_output=True,
            text=True,
            check=False,
            cwd="/" if os.name != "nt" else None,
            **self.rights.account,
        )
        if done.returncode:
            why = done.stderr.strip()
            raise ServerFailed(f"la base de données n'a pas pu être créée dans « {self.home} » :\n{why}")
        draft.replace(self.data)

    def trust(self) -> list[str]:
        """How initdb lets people in: by a folder closed to others, or by a password where there is no such socket."""
        if os.name != "nt":
            return ["--auth=trust"]
        secret = secrets.token_urlsafe(32)
        self.password_file.write_text(f"127.0.0.1:{self.port()}:*:{USER}:{secret}\n", "ascii")
        bare = self.home / "password.new"
        bare.write_text(secret, "ascii")
        return ["--auth=scram-sha-256", f"--pwfile={bare}"]

    def start_stopped(self) -> None:
        """Start a server that does not answer, over whatever a former one has left; ServerFailed in the end."""
        limit = time.monotonic() + READY_WITHIN
        if self.waited_for(limit):
            return
        last = ""
        while time.monotonic() < limit:
            self.clear_remains()
            process = self.launch()
            while process.poll() is None and time.monotonic() < limit:
                if self.answers():
                    return
                time.sleep(0.02)
            # Servants of a killed server may hold its memory for a moment more: PostgreSQL sees them and refuses.
            last = self.last_words()
            if "in use" not in last:
                break
            time.sleep(0.2)
        raise ServerFailed(f"la base de données n'est pas partie ; son journal « {self.log} » finit par :\n{last}")

    def waited_for(self, limit: float) -> bool:
        """Wait for a server that lives and does not answer yet; one that nobody can reach any more is stopped."""
        unreachable = time.monotonic() + UNREACHABLE_AFTER
        while (pid := self.pid()) is not None and time.monotonic() < limit:
            if self.answers():
                return True
            if time.monotonic() > unreachable and not (self.socket_folder / sockets.NAME).exists():
                end(pid, gently=signal.SIGINT)
            time.sleep(0.05)
        return False

    def clear_remains(self) -> None:
        """Make harmless what a dead server has left.

        A foreign number in its pid file is replaced by one that nobody bears, and the rest of the file is kept: by it
        PostgreSQL finds out whether its old memory is still in use.
        """
        if os.name != "nt":
            sockets.prepare(self.socket_folder, {os.geteuid(), 0, *([self.rights.user] if self.rights.user else [])})
            self.rights.own(self.socket_folder)
            sockets.clear(self.socket_folder)
        note = self.data / "postmaster.pid"
        number = self.noted_pid()
        if note.exists() and (not number or (alive(number) and self.pid() is None) or not note.read_text("utf-8")):
            lines = note.read_text("utf-8").split("\n", 1)
            if number and len(lines) > 1:
                note.write_text(f"{NOBODY}\n{lines[1]}", "utf-8")
            else:
                note.unlink()

    def launch(self) -> subprocess.Popen[bytes]:
        """Start the server's process, apart from us: neither our end nor Ctrl-C touches it."""
        if self.log.exists() and self.log.stat().st_size > LOG_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))
        local = ["-k", str(self.socket_folder), "-h", ""]
        listens = ["-p", str(self.port()), "-h", "127.0.0.1"] if os.name == "nt" else local
        settings = {**SETTINGS, **(QUICK if self.quick else {})}
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                self.rights.command("postgres", "-D", str(self.data.resolve()), *listens, *options),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                cwd="/" if os.name != "nt" else None,
                **self.rights.account,
            )
        # Buries it if it ends while we live; without this its number would look taken.
        threading.Thread(target=process.wait, daemon=True).start()
        return process

    def last_words(self) -> str:
        """The last lines of the server's log."""
        return "\n".join(self.log.read_text("utf-8", errors="replace").splitlines()[-4:])

    def make_database(self, name: str) -> None:
        """Make a database, unless it exists."""
        with psycopg.connect(self.address("postgres"), autocommit=True) as link:
            if link.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone() is None:
                link.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))

    # --- stopping --------------------------------------------------------------------------------------------------

    def stop(self) -> bool:
        """Stop the server, connections closed, work under way undone; whether there was one."""
        if not self.home.exists():
            return False
        with held(self.home.with_name(f"{self.home.name}.lock")):
            pid = self.pid()
            if pid is None:
                return False
            if sys.platform == "win32":
                subprocess.run(self.rights.command("pg_ctl", "stop", "-m", "fast", "-D", str(self.data)), check=False)
            else:
                end(pid, gently=signal.SIGINT, patience=30)
            return True
