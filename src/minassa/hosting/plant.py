"""The whole platform of one data folder: its start step by step, its state, its end."""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

from minassa.hosting.database import Database, database_of
from minassa.hosting.demonstration import (
    MANAGE,
    Nation,
    invented_cases,
    invented_nation,
    invented_story,
    nation_to_make,
)
from minassa.hosting.errors import AlreadyUp, StepFailed
from minassa.hosting.locks import take
from minassa.hosting.ports import HOST, free_port, free_ports, served
from minassa.hosting.processes import end, memory_of, proportional_bytes
from minassa.hosting.supervising import Child, Supervisor, end_orphans, read_state

PORT, SIMULATORS_FROM = 8000, 8101
SIMULATORS = ("cnss", "dgi", "commune", "immigration", "gisre")
WORKERS = 2
THREADS = 24
"""Requests that one process answers at once; each holds a connection, of the 80 that our own database lets in. More
wait their turn instead of being refused by the database."""
PREPARATION = """
import sys
import django
from django.core.management import call_command
django.setup()
call_command("collectstatic", interactive=False, verbosity=0)
print("files", flush=True)
call_command("migrate", interactive=False, verbosity=0)
call_command("createcachetable", verbosity=0)
print("tables", flush=True)
if "accounts" in sys.argv:
    call_command("demonstrate", accounts=True)
"""
"""Static files, tables and cache, accounts, in one process that says how far it is: loading Django for each would be
most of the time."""
FILES, TABLES, ACCOUNTS = "files", "tables", "accounts"
ANSWERS_WITHIN, BETWEEN_LOOKS = 120.0, 0.1
DATABASE_LOOKS = 2.0
"""Seconds between two looks at our own database server."""
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the person who starts the platform wants."""

    port: int = PORT
    demonstration: bool = True
    nation: bool = True
    people: int | None = None
    months: int | None = None
    """The size of the nation: the usual one unless told."""


@dataclass(frozen=True, slots=True)
class Plant:
    """The platform of one data folder."""

    home: Path

    @property
    def state_file(self) -> Path:
        """Where the supervisor writes how its processes fare."""
        return self.home / "platform.json"

    @property
    def stop_file(self) -> Path:
        """Its presence asks the supervisor to end, on every system alike."""
        return self.home / "platform.stop"

    @property
    def gate(self) -> Path:
        """The lock that the running supervisor holds."""
        return self.home / "platform.lock"

    @property
    def log_folder(self) -> Path:
        """Where each process has its log."""
        return self.home / "log"

    @property
    def database(self) -> Database:
        """The database."""
        return database_of(self.home)

    def running(self) -> bool:
        """Whether a supervisor lives: the system holds its lock for exactly as long."""
        if not self.gate.exists():
            return False
        descriptor = take(self.gate)
        if descriptor is None:
            return True
        os.close(descriptor)
        return False

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Be the only supervisor of this folder; AlreadyUp when there is one."""
        self.home.mkdir(parents=True, exist_ok=True)
        descriptor = take(self.gate)
        if descriptor is None:
            where = read_state(self.state_file).get("address", "une adresse pas encore choisie")
            raise AlreadyUp(
                f"la plateforme de « {self.home} » est déjà en marche : {where}. Pour l'arrêter : ./run stop"
            )
        try:
            yield
        finally:
            os.close(descriptor)

    # --- start -----------------------------------------------------------------------------------------------------

    def up(self, wishes: Wishes, say: Say) -> None:
        """Start everything, say where it is, and stay until Ctrl-C, SIGTERM or `stop`; then end everything."""
        began = time.monotonic()
        with self.alone():
            nation = nation_to_make(self.home, wishes.people, wishes.months) if wishes.nation else None
            self.stop_file.unlink(missing_ok=True)
            left = end_orphans(self.state_file)
            if left:
                say(f"{left} processus laissés par un arrêt brutal ont été arrêtés.")
            url = self.database.start()
            new = self.database.empty()
            say(f"{time.monotonic() - began:5.1f} s  Base de données prête.")
            port = free_port(wishes.port)
            address = os.environ.get("MINASSA_ADDRESS") or f"http://{HOST}:{port}"
            ports = free_ports(SIMULATORS_FROM, len(SIMULATORS))
            environment = self.environment(url, address, dict(zip(SIMULATORS, ports, strict=True)))
            supervisor = Supervisor(self.log_folder, self.state_file, secrets.token_hex(16), environment)
            supervisor.more = {"address": address, "port": port, "ready": False}
            try:
                with ended_by_signal():
                    self.serve(supervisor, wishes, nation, say, began, new=new)
            except KeyboardInterrupt:
                say("\nArrêt demandé…")
            finally:
                supervisor.stop()
                self.state_file.unlink(missing_ok=True)
                self.stop_file.unlink(missing_ok=True)
                self.stop_database()
            say("Plateforme arrêtée.")

    def serve(
        self, supervisor: Supervisor, wishes: Wishes, nation: Nation | None, say: Say, began: float, *, new: bool
    ) -> None:
        """Start the processes, wait until one can sign in, say so, then watch until the end is asked for.

        Pages and accounts come first, the rest of the demonstration behind: who starts it does not wait for that.
        """
        web, *others = self.children(supervisor)
        with self.preparing(supervisor.environment, accounts=wishes.demonstration) as preparation:
            # Nobody knows the address of a new platform: its pages load while its tables are made.
            preparation.reach(FILES if new else TABLES)
            supervisor.add(web)
            supervisor.look()
            preparation.reach(TABLES)
            say(f"{time.monotonic() - began:5.1f} s  Tables et fichiers des pages à jour.")
            table = preparation.rest()
        self.wait_for_answer(supervisor)
        supervisor.more["ready"] = True
        supervisor.write()
        say(f"{time.monotonic() - began:5.1f} s  Prêt : {supervisor.more['address']}")
        for child in others:
            supervisor.add(child)
        if wishes.demonstration:
            say(table or f"Les comptes de démonstration n'ont pas pu être faits ; voyez « {preparation.log} »")
        self.invent(supervisor, wishes, nation, say)
        say("Ctrl-C pour arrêter.")
        looked = time.monotonic()
        while not self.stop_file.exists():
            supervisor.look()
            if time.monotonic() - looked > DATABASE_LOOKS:
                self.revive_database(say)
                looked = time.monotonic()
            time.sleep(BETWEEN_LOOKS)

    def invent(self, supervisor: Supervisor, wishes: Wishes, nation: Nation | None, say: Say) -> None:
        """Start what is invented behind: the cases, the nation that is not made yet, then its story."""
        story = self.story() if wishes.demonstration else None
        if wishes.demonstration:
            say("Les dossiers inventés se font derrière (log/demonstration.log).")
            supervisor.add(self.invented())
        if nation is not None:
            say(f"La nation synthétique ({nation.people} salariés, {nation.months} mois) se fabrique et se calcule")
            say("derrière (log/nation.log) ; arrêtée en route, elle reprend au prochain départ.")
            supervisor.add(self.nation(nation, say, story))
        elif wishes.nation and story is not None:
            supervisor.add(story)

    def revive_database(self, say: Say) -> None:
        """Start our own server again when it was killed; what it had acknowledged is there."""
        server = self.database.server
        if server is not None and not server.answers():
            self.database.start()
            say("La base de données ne répondait plus : elle est repartie.")

    def environment(self, url: str, address: str, ports: dict[str, int]) -> dict[str, str]:
        """What every process of the platform is told."""
        simulators = {f"MINASSA_SIMULATOR_{code.upper()}": f"http://{HOST}:{port}" for code, port in ports.items()}
        return {
            **os.environ,
            **simulators,
            "DJANGO_SETTINGS_MODULE": "minassa.web.settings",
            **({"PGPASSFILE": str(self.home / "postgres" / "password")} if os.name == "nt" else {}),
            "DATABASE_URL": url,
            "MINASSA_HOME": str(self.home),
            "MINASSA_ADDRESS": address,
            "PYTHONUNBUFFERED": "1",
        }

    def children(self, supervisor: Supervisor) -> list[Child]:
        """The processes of the platform: pages, worker, and the five agencies played by simulators."""
        web = Child("web", serving("minassa.web.wsgi:application", supervisor.more["port"]))
        simulators = []
        for code in SIMULATORS:
            place = supervisor.environment[f"MINASSA_SIMULATOR_{code.upper()}"].rpartition(":")[2]
            command = (sys.executable, "-m", "minassa.simulators", code, "--port", place)
            simulators.append(Child(f"simulator-{code}", command))
        return [web, Child("worker", (*MANAGE, "work")), *simulators]

    def invented(self) -> Child:
        """What makes the invented cases."""
        return invented_cases()

    def story(self) -> Child:
        """What plays the story of the nation."""
        return invented_story()

    def nation(self, nation: Nation, say: Say, then: Child | None) -> Child:
        """What makes the nation; then the story begins."""
        return invented_nation(self.home, nation, say, then)

    @contextmanager
    def preparing(self, environment: dict[str, str], *, accounts: bool) -> Iterator[Preparation]:
        """The process that prepares the platform, ended with the block; its complaints are in `log/preparation.log`."""
        self.log_folder.mkdir(parents=True, exist_ok=True)
        log = self.log_folder / "preparation.log"
        with (
            log.open("wb") as complaints,
            subprocess.Popen(
                (*self.preparation(), *([ACCOUNTS] if accounts else [])),
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=complaints,
                text=True,
            ) as process,
        ):
            try:
                yield Preparation(process, log)
            finally:
                process.kill()

    def preparation(self) -> tuple[str, ...]:
        """The command that makes static files, tables and accounts, and says each when it is there."""
        return (sys.executable, "-c", PREPARATION)

    def wait_for_answer(self, supervisor: Supervisor) -> None:
        """Wait until the pages are served; StepFailed after two minutes."""
        limit = time.monotonic() + ANSWERS_WITHIN
        while not served(supervisor.more["port"]):
            if time.monotonic() > limit:
                log = self.log_folder / "web.log"
                raise StepFailed(f"le serveur de pages ne répond pas après {ANSWERS_WITHIN:.0f} s ; voyez « {log} »")
            supervisor.look()
            time.sleep(BETWEEN_LOOKS)

    # --- end and state ---------------------------------------------------------------------------------------------

    def stop_database(self) -> bool:
        """Stop our own server; whether it ran."""
        server = self.database.server
        return server is not None and server.stop()

    def stop(self, *, patience: float = 60.0) -> bool:
        """End the platform from outside, whatever of it runs; whether something ran."""
        was = self.running()
        if was:
            self.stop_file.touch()
            limit = time.monotonic() + patience
            while self.running() and time.monotonic() < limit:
                time.sleep(BETWEEN_LOOKS)
        supervisor = read_state(self.state_file).get("supervisor")
        if self.running() and isinstance(supervisor, int):
            end(supervisor)
        left = end_orphans(self.state_file)
        self.stop_file.unlink(missing_ok=True)
        self.state_file.unlink(missing_ok=True)
        stopped = self.stop_database()
        return bool(was or left or stopped)

    def status(self) -> dict[str, Any]:
        """What runs, for a person or a program: processes with state, start and memory (bytes), and the database."""
        up = self.running()
        state = read_state(self.state_file)
        rows: list[dict[str, Any]] = []
        if up:
            rows = [{"name": "supervisor", "pid": state.get("supervisor"), "state": "en marche"}]
            rows += state.get("children", [])
        server = self.database.server
        base = self.database.described()
        pid = server.pid() if server else None
        if base is not None:
            rows.append({"name": "postgresql", "pid": pid, "state": "en marche", "since": base["since"]})
        for row in rows:
            weigh = proportional_bytes if row["name"] == "supervisor" else memory_of  # its children have their rows
            row["memory"] = weigh(row["pid"]) if row.get("pid") else None
        return {
            "up": up,
            "ready": bool(state.get("ready")),
            "address": state.get("address"),
            "processes": rows,
            "database": base,
        }


@dataclass(frozen=True, slots=True)
class Preparation:
    """What is made before one can sign in, by one process that writes a word when each part is there."""

    process: subprocess.Popen[str]
    log: Path
    reached: list[str] = field(default_factory=list)

    def reach(self, word: str) -> None:
        """Wait for a word; StepFailed when the process ends without it."""
        while word not in self.reached:
            line = self.process.stdout.readline() if self.process.stdout else ""
            if not line:
                raise StepFailed(f"l'étape « preparation » a échoué ; le détail est dans « {self.log} »")
            self.reached.append(line.strip())

    def rest(self) -> str:
        """What the process says until its end: the table of accounts; empty when they could not be made."""
        told = self.process.stdout.read() if self.process.stdout else ""
        return "" if self.process.wait() else told.rstrip()


def serving(application: str, port: int) -> tuple[str, ...]:
    """The command that serves a WSGI application on that port, as the platform serves its pages."""
    where = ("--host", HOST, "--port", str(port))
    size = ("--workers", str(WORKERS), "--blocking-threads", str(THREADS))
    return (sys.executable, "-m", "granian", "--interface", "wsgi", *where, *size, "--no-ws", application)


@contextmanager
def ended_by_signal() -> Iterator[None]:
    """Take SIGTERM (a service manager, a container) for Ctrl-C."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        del number, frame
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
