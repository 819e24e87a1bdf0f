"""The lake: every line ever accepted, at every version, and the door to the original files."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Final

import polars as pl

from minassa.declarations.durable import StorageFailed, Unsettled, settle, sync_folder
from minassa.declarations.lake.compaction import compact
from minassa.declarations.lake.keys import derive, remember, verify
from minassa.declarations.lake.storage import Storage, UnknownVersion, Written
from minassa.declarations.lake.supersession import CURRENT, with_current
from minassa.declarations.lake.tables import DEPOSITS, FINDINGS, TABLES, Table
from minassa.declarations.late import excerpt, excerpts
from minassa.declarations.packs import Packs
from minassa.declarations.pseudonyms import Pseudonyms
from minassa.vocabulary.errors import MinassaError

_DESCRIPTION: Final = "lake.json"
_CLAIMS: Final = "claims"
_RANK_BITS: Final = 20
_MISREAD: Final = frozenset("%*?[]=")

Versions = Mapping[str, int]
Unpublished = dict[str, list[Written]]
"""Files written for some tables, that no version has yet."""


class LakeMissing(MinassaError):
    """No lake stands at that path."""

    code = "lake-missing"


class LakePathRefused(MinassaError):
    """A path that the libraries of the lake take for something else."""

    code = "lake-path-refused"


class UnknownTable(MinassaError):
    """A table that the lake does not have."""

    code = "lake-table-unknown"


class UnknownFile(MinassaError):
    """A file number that no visible deposit has."""

    code = "lake-file-unknown"


class Lake:
    """A folder of Delta tables and sealed packs, under one key.

    Rows become visible all at once when the table `deposits` is committed, last. Nothing is ever erased: a recorded
    set of versions shows the lake again as it stood.
    """

    def __init__(self, path: str | Path, key: bytes, versions: Versions | None = None) -> None:
        """Open the lake; with `versions`, as it stood then. Nothing is written before `prepare`.

        Raises `KeyTooShort`, `WrongKey` when the lake was made with another key, `LakeUnreadable`, `LakePathRefused`.
        """
        self._path = _sound(Path(path))
        self._key = key
        self._keys = derive(key)
        self._pinned = dict(versions) if versions is not None else None
        self._storage = Storage(self._path)
        self._held: tuple[int, pl.DataFrame] | None = None
        if (self._path / _DESCRIPTION).is_file():
            verify(self._path / _DESCRIPTION, self._keys)

    @property
    def path(self) -> Path:
        """The folder of the lake."""
        return self._path

    @property
    def exists(self) -> bool:
        """Whether a lake stands at that path, its creation finished."""
        return (self._path / _CLAIMS).is_dir()

    @property
    def packs(self) -> Packs:
        """The sealed packs of original files."""
        return Packs(self._path / "packs", self._keys.packs)

    @property
    def opener(self) -> Callable[[], Lake]:
        """How another process opens the same lake. It carries the key: never write it down."""
        return partial(Lake, self._path, self._key, self._pinned)

    def pseudonyms(self) -> Pseudonyms:
        """A new maker of the pseudonyms of this lake."""
        return Pseudonyms(self._keys.pseudonyms)

    # -- reading -----------------------------------------------------------------------------------------------------

    def versions(self) -> dict[str, int]:
        """The version of every table: what a run records to be replayed."""
        self._require()
        if self._pinned is not None:
            return dict(self._pinned)
        # `deposits` is committed last and so is read first: all the lines it makes visible are already there.
        return {name: self._storage.version(name) for name in TABLES}

    def at(self, versions: Versions) -> Lake:
        """The lake as it stood at recorded versions. `UnknownVersion` when some are missing or do not exist."""
        self._require()
        for name, version in self._known(versions).items():
            self._storage.rows(name, version)
        return Lake(self._path, self._key, versions)

    def current(self, table: str, versions: Versions | None = None) -> pl.LazyFrame:
        """The rows in effect: those of files neither rejected nor superseded, now or at recorded versions.

        Of `deposits` the files themselves, of `findings` the remarks on them. `UnknownTable`, `UnknownVersion`.
        """
        versions = self._known(self.versions() if versions is None else versions)
        held = self._deposits(versions).filter(CURRENT).drop(CURRENT)
        return self._rows(_table(table), versions, held)

    def table(self, name: str, version: int | None = None) -> pl.LazyFrame:
        """All visible rows of a table, superseded ones too, now or at one of its versions."""
        versions = self.versions()
        held = self._deposits(versions).drop(CURRENT)
        if name == DEPOSITS and version is not None:
            return self._storage.scan(_table(DEPOSITS), version)
        return self._rows(_table(name), versions if version is None else {**versions, name: version}, held)

    def files(self) -> pl.LazyFrame:
        """Every deposited file, rejected ones too (the table `deposits`), with `current`: whether it is in effect."""
        return self._deposits(self.versions()).lazy()

    def findings(self, file_ids: Collection[int] | None = None) -> pl.LazyFrame:
        """The findings on these files, or on every visible file."""
        found = self.table(FINDINGS)
        return found if file_ids is None else found.filter(pl.col("file_id").is_in(list(file_ids)))

    def original_file(self, file_id: int) -> bytes:
        """A deposited file, byte for byte. `UnknownFile`, `PackUnreadable`."""
        return self._original(file_id)[1]

    def original_line(self, file_id: int, line: int) -> str:
        """One line of a deposited file as it was received: only for those allowed to see names.

        A row of a sheet comes with its cells separated by `;`, a person of an XML return with the whole element.
        `UnknownFile`, `PackUnreadable` (also when the file has no such line).
        """
        kind, content = self._original(file_id)
        return excerpt(content, kind, line)

    def original_lines(self, file_id: int, lines: Collection[int]) -> dict[int, str]:
        """The same for several lines of one file, which is opened once."""
        kind, content = self._original(file_id)
        return excerpts(content, kind, lines)

    # -- writing -----------------------------------------------------------------------------------------------------

    def prepare(self) -> None:
        """Create the lake, or finish creating it. `StorageFailed`; ValueError for a lake shown as it stood."""
        if self._pinned is not None:
            raise ValueError("a lake shown as it stood cannot be written to")
        if self.exists:
            return
        try:
            self._path.mkdir(parents=True, exist_ok=True)
            if not (self._path / _DESCRIPTION).is_file():
                remember(self._path / _DESCRIPTION, self._keys)
            self._storage.prepare()
            (self._path / _CLAIMS).mkdir(exist_ok=True)
        except OSError as cause:
            raise StorageFailed.on(str(self._path), cause) from cause

    def claim(self) -> int:
        """A number that nobody else has or will have, from 1, growing: of a deposit or of a compaction.

        A number claimed by a deposit that never ended is lost, and so are the lines it may have left: never visible.
        `StorageFailed` when the disk refuses.
        """
        claims = self._path / _CLAIMS
        try:
            number = max((int(claim.name) for claim in claims.iterdir() if claim.name.isdigit()), default=0) + 1
            while not _created(claims / f"{number:08d}"):
                number += 1
            sync_folder(claims)
        except OSError as cause:
            raise StorageFailed.on(claims.name, cause) from cause
        return number

    def write(self, claimed: int, deposits: pl.DataFrame, lines: Mapping[str, pl.DataFrame]) -> Unpublished:
        """Write the lines (and findings) of files, and their deposits, where nobody sees them yet.

        File numbers must come from `file_number(claimed, …)`. Any process may write; one publishes. `StorageFailed`;
        ValueError when a table does not receive the `rows` that its files are said to bring.
        """
        for name, rows in lines.items():
            if name != FINDINGS and _brought(_table(name), deposits) != rows.height:
                raise ValueError(f"{rows.height} lines for {name}, {_brought(_table(name), deposits)} announced")
        tables = {**lines, DEPOSITS: deposits}
        return {
            name: self._storage.write(_table(name), rows, f"{claimed:08d}")
            for name, rows in tables.items()
            if rows.height
        }

    def unsettled(self, written: Unpublished) -> list[Unsettled]:
        """What is to be settled (`durable.settle`) before what was written is published."""
        return [file for name, files in written.items() for file in self._storage.unsettled(_table(name), files)]

    def publish(self, written: Unpublished) -> None:
        """Commit what was written and settled, table by table; the deposits, last, make it visible.

        `StorageFailed`: then nothing became visible.
        """
        others = [name for name in written if name != DEPOSITS]
        if others:
            # Tables know nothing of each other: they are waited for together.
            with ThreadPoolExecutor(len(others)) as pool:
                list(pool.map(lambda name: self._storage.publish(_table(name), written[name]), others))
        if DEPOSITS in written:
            self._storage.publish(_table(DEPOSITS), written[DEPOSITS])

    def commit(self, claimed: int, deposits: pl.DataFrame, lines: Mapping[str, pl.DataFrame]) -> None:
        """Write, settle and publish."""
        written = self.write(claimed, deposits, lines)
        settle(self.unsettled(written))
        self.publish(written)

    def optimize(self) -> int:
        """Put small files together so that reading stays fast; how many files were replaced.

        No row changes, no former version is lost: the files replaced stay on disk for those who replay it.
        """
        self._require()
        stem = f"{self.claim():08d}-compact"
        return sum(compact(self._storage, table, stem) for table in TABLES.values())

    # ----------------------------------------------------------------------------------------------------------------

    def _require(self) -> None:
        if not self.exists:
            raise LakeMissing(f"Aucun lac à l'emplacement {self._path} : déposez d'abord des déclarations.")

    def _deposits(self, versions: Versions) -> pl.DataFrame:
        """The table of deposits with `current`, remembered for one version."""
        version = versions[DEPOSITS]
        if self._held is None or self._held[0] != version:
            self._held = (
                version,
                with_current(self._storage.scan(_table(DEPOSITS), version).sort("file_id").collect()),
            )
        return self._held[1]

    def _rows(self, table: Table, versions: Versions, held: pl.DataFrame) -> pl.LazyFrame:
        """The rows of a table that come from the files held."""
        if table.name == DEPOSITS:
            return held.lazy()
        rows = self._storage.scan(table, versions[table.name])
        # As many rows as the files held brought: there are no others, and nothing to look for.
        if table.kinds and _brought(table, held) == self._storage.rows(table.name, versions[table.name]):
            return rows
        return rows.join(held.lazy().select("file_id"), on="file_id", how="semi")

    def _original(self, file_id: int) -> tuple[str, bytes]:
        found = self._deposits(self.versions()).filter(pl.col("file_id") == file_id)
        if not found.height or not found["pack"][0]:
            raise UnknownFile(f"Le lac ne garde pas de fichier d'origine numéro {file_id}.", file_id=file_id)
        file = found.row(0, named=True)
        return file["kind"], self.packs.read(file["pack"], file["offset"], file["length"], file["digest"])

    @staticmethod
    def _known(versions: Versions) -> Versions:
        missing = TABLES.keys() - versions.keys()
        if missing:
            raise UnknownVersion(f"Les versions enregistrées ne disent rien de {', '.join(sorted(missing))}.")
        return versions


def file_number(claimed: int, rank: int) -> int:
    """The number of the file of that rank (from 0, at most 1,048,575) under a claimed number."""
    return claimed << _RANK_BITS | rank


def _sound(path: Path) -> Path:
    """The path, unless it would be read as an escape (%), a pattern (* ? [ ]) or a partition (=)."""
    if _MISREAD.intersection(str(path.absolute())):
        message = f"Le chemin du lac ne peut contenir aucun des caractères {' '.join(sorted(_MISREAD))} : {path}."
        raise LakePathRefused(message)
    return path


def _created(path: Path) -> bool:
    """Create an empty file; False when it is already there."""
    try:
        path.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def _brought(table: Table, deposits: pl.DataFrame) -> int:
    """How many rows of a table some files brought."""
    return int(deposits.filter(pl.col("kind").is_in(table.kinds))["rows"].sum())


def _table(name: str) -> Table:
    if name not in TABLES:
        raise UnknownTable(f"Le lac n'a pas de table {name} : il a {', '.join(TABLES)}.", table=name)
    return TABLES[name]
