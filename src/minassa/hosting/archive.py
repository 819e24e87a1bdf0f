"""Backups: the database, the lake, the files and the keys in one file that proves itself whole; and erasure."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import time
import zipfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import psycopg

from minassa import __version__
from minassa.hosting.binaries import Binaries, find_binaries
from minassa.hosting.database import Database
from minassa.hosting.errors import AlreadyUp, BadBackup, NotEmpty, NotOurs, ServerFailed
from minassa.hosting.plant import Plant

FORMAT = 1
MANIFEST, DUMP, FILES = "manifest.json", "base.sql", "files/"
CHUNK = 1 << 20
LEFT_OUT = {"postgres", "log", "static"}
"""Folders that are dumped otherwise, or made again by the next start."""
OURS = {"postgres", "lake", "keys", "key", "log", "platform.json"}
"""Names of which at least one stands in a data folder of Minassa."""
OLD_SERVER = 17
UNKNOWN_BEFORE_17 = b"SET transaction_timeout"


class Digesting:
    """A stream that is written to while its digest and its length are taken."""

    def __init__(self, target: IO[bytes]) -> None:
        self.target, self.digest, self.length = target, hashlib.sha256(), 0

    def copy(self, source: IO[bytes]) -> dict[str, Any]:
        """Copy all of a stream: its digest and its length in bytes."""
        while chunk := source.read(CHUNK):
            self.digest.update(chunk)
            self.length += len(chunk)
            self.target.write(chunk)
        return {"sha256": self.digest.hexdigest(), "bytes": self.length}


# --- making ----------------------------------------------------------------------------------------------------------


def write_backup(plant: Plant, target: Path) -> dict[str, Any]:
    """Write the backup in one go, readable by its owner alone: its manifest. The platform may be running.

    The database is dumped first, in one snapshot; the files follow, and none that the snapshot names can be missing.
    """
    database = plant.database
    ours = database.server
    sleeping = ours is not None and not ours.answers()
    draft = target.with_name(f"{target.name}.part")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    database.start()
    try:
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_STORED) as archive:
            files = {DUMP: dump(database, archive)}
            for path in kept_files(plant.home):
                name = FILES + path.relative_to(plant.home).as_posix()
                try:
                    with path.open("rb") as source, archive.open(name, "w", force_zip64=True) as entry:
                        files[name] = Digesting(entry).copy(source)
                except FileNotFoundError:
                    continue  # a passing file, gone since it was listed
            manifest = {
                "format": FORMAT,
                "minassa": __version__,
                "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
                "database": database.described(),
                "files": files,
            }
            archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
        with draft.open("rb") as written:
            os.fsync(written.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
        if sleeping and not plant.running():
            plant.stop_database()
    return manifest


def dump(database: Database, archive: zipfile.ZipFile) -> dict[str, Any]:
    """Put the whole database into the archive as SQL: schema, rows, sequences, triggers, as of one instant."""
    said = database.described() or {}
    binaries = client_programs(int(str(said.get("version", "0")).split(".")[0]))
    info = zipfile.ZipInfo(DUMP, time.gmtime()[:6])
    info.compress_type = zipfile.ZIP_DEFLATED
    command = [binaries.program("pg_dump"), "--no-owner", "--encoding=UTF8", f"--dbname={database.address}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        if process.stdout is None or process.stderr is None:
            raise ServerFailed("pg_dump n'a pas pu être écouté")
        with archive.open(info, "w", force_zip64=True) as entry:
            found = Digesting(entry).copy(process.stdout)
        why = process.stderr.read().decode("utf-8", "replace").strip()
    if process.returncode:
        raise ServerFailed(f"la base n'a pas pu être sauvegardée : {why}")
    return found


def client_programs(major: int) -> Binaries:
    """Programs able to dump a server of that version: as recent as it, or more."""
    best = find_binaries()
    return best if best.major >= major else find_binaries(major)


def kept_files(home: Path) -> Iterator[Path]:
    """The files of the data folder worth keeping; of a table of the lake its log first, then the rows it names."""

    def order(path: Path) -> tuple[bool, str]:
        return "_delta_log" not in path.parts, str(path)

    for top in sorted(home.iterdir()):
        passing = top.name.startswith(("platform.", "nation-")) or top.suffix in {".lock", ".draft", ".stop"}
        if top.name in LEFT_OUT or passing:
            continue
        found = [top] if top.is_file() else [path for path in top.rglob("*") if path.is_file()]
        yield from sorted(found, key=order)


# --- reading ---------------------------------------------------------------------------------------------------------


def verify(file: Path) -> dict[str, Any]:
    """Read a backup from end to end and compare every digest: its manifest; BadBackup at the first difference."""
    try:
        with zipfile.ZipFile(file) as archive:
            manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
            if manifest.get("format") != FORMAT:
                raise BadBackup(f"« {file} » est d'un format que cette version de Minassa ne lit pas")
            names = set(archive.namelist()) - {MANIFEST}
            if names != set(manifest["files"]) or DUMP not in names:
                raise BadBackup(f"« {file} » ne contient pas ce que son manifeste annonce")
            for name, noted in manifest["files"].items():
                with archive.open(name) as entry:
                    digest = hashlib.file_digest(entry, "sha256").hexdigest()  # type: ignore[arg-type]
                if digest != noted["sha256"]:
                    raise BadBackup(f"« {file} » est abîmé : « {name} » n'a plus son empreinte. Prenez une autre copie")
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError) as error:
        raise BadBackup(f"« {file} » n'est pas une sauvegarde entière de Minassa. Prenez une autre copie") from error
    return manifest


def restore(plant: Plant, file: Path) -> Path | None:
    """Put a backup in the place of the data folder: where the former folder was set aside, None when there was none.

    All is rebuilt beside and swapped at the end: a failure leaves the former folder as it was.
    """
    verify(file)
    if plant.running():
        raise AlreadyUp("la plateforme est en marche ; arrêtez-la d'abord : ./run stop")
    given = plant.database
    if given.given:
        given.start()
        if not given.empty():
            raise NotEmpty("la base que DATABASE_URL désigne n'est pas vide ; indiquez-en une nouvelle")
    beside = plant.home.with_name(f"{plant.home.name}.restoring")
    shutil.rmtree(beside, ignore_errors=True)
    new = Plant(beside)
    try:
        unpack(file, beside)
        if given.given:
            load(given, file)
        else:
            new.database.start()
            load(new.database, file)
            new.stop_database()
    except BaseException:
        new.stop_database()
        shutil.rmtree(beside, ignore_errors=True)
        raise
    plant.stop_database()
    aside = set_aside(plant.home)
    beside.replace(plant.home)
    return aside


def unpack(file: Path, home: Path) -> None:
    """Put the files of a backup into a folder; names that lead out of it are refused."""
    home.mkdir(parents=True)
    with zipfile.ZipFile(file) as archive:
        for name in archive.namelist():
            if not name.startswith(FILES):
                continue
            target = (home / name.removeprefix(FILES)).resolve()
            if not target.is_relative_to(home.resolve()):
                raise BadBackup(f"« {file} » contient un nom de fichier qui sort du dossier : « {name} »")
            target.parent.mkdir(parents=True, exist_ok=True)
            secret = target.name == "key" or "keys" in target.parts
            target.touch(mode=0o600 if secret else 0o644)
            with archive.open(name) as source, target.open("wb") as written:
                shutil.copyfileobj(source, written, CHUNK)
    if (home / "keys").exists():
        (home / "keys").chmod(0o700)


def load(database: Database, file: Path) -> None:
    """Run the dump in one transaction: all of it or nothing."""
    with psycopg.connect(database.address) as link:
        major = link.info.server_version // 10_000
    program = client_programs(major).program("psql")
    options = ["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--single-transaction"]
    with (
        zipfile.ZipFile(file) as archive,
        archive.open(DUMP) as source,
        subprocess.Popen(
            [program, *options, f"--dbname={database.address}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        ) as process,
    ):
        if process.stdin is None or process.stderr is None:
            raise ServerFailed("psql n'a pas pu être lancé")
        try:
            process.stdin.writelines(lines_for(major, source))
            process.stdin.close()
        except BrokenPipeError:
            pass  # it stopped at an error, which it has said
        why = process.stderr.read().decode("utf-8", "replace").strip()
    if process.returncode:
        raise ServerFailed(f"la base n'a pas pu être restaurée : {why.splitlines()[0] if why else 'psql a échoué'}")


def lines_for(major: int, lines: Iterable[bytes]) -> Iterator[bytes]:
    """The lines of a dump, without the one setting at its head that servers before 17 do not know."""
    head = True
    for line in lines:
        head = head and not line.startswith((b"CREATE", b"COPY"))
        if not (head and major < OLD_SERVER and line.startswith(UNKNOWN_BEFORE_17)):
            yield line


def set_aside(home: Path) -> Path | None:
    """Rename a folder that holds something; remove an empty one: the new name, or None."""
    if not home.exists():
        return None
    if not any(home.iterdir()):
        home.rmdir()
        return None
    aside = home.with_name(f"{home.name}.before-{datetime.now(UTC):%Y%m%d-%H%M%S}")
    home.replace(aside)
    return aside


# --- erasing ---------------------------------------------------------------------------------------------------------


def erase(plant: Plant) -> None:
    """Erase all that the data folder holds.

    NotOurs for a folder that does not look like one, and for a database that DATABASE_URL names.
    """
    if plant.database.given:
        raise NotOurs("la base est celle que DATABASE_URL désigne : effacez-la vous-même, puis retirez DATABASE_URL")
    if plant.running():
        raise AlreadyUp("la plateforme est en marche ; arrêtez-la d'abord : ./run stop")
    found = list(plant.home.iterdir()) if plant.home.exists() else []
    names = {path.name for path in found}
    if found and (not names & OURS or ".git" in names or plant.home == Path.home()):
        raise NotOurs(f"« {plant.home} » ne ressemble pas à un dossier de travail de Minassa : rien n'est effacé")
    for path in found:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
