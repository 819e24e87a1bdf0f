"""The tables on disk: Parquet files written by Polars, and the Delta log that says which of them count.

A file is on disk for good before the log speaks of it. Nothing is ever deleted: neither files nor log, so that any
version stays readable.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

import polars as pl
from deltalake import CommitProperties, DeltaTable, PostCommitHookProperties
from deltalake.exceptions import DeltaError
from deltalake.transaction import AddAction, RemoveAction

from minassa.declarations.durable import StorageFailed, Unsettled, settle, sync_file, sync_folder
from minassa.declarations.lake.tables import TABLES, Table
from minassa.vocabulary.errors import MinassaError

_FOREVER: Final = {
    "delta.appendOnly": "true",
    "delta.checkpointInterval": "20",
    "delta.enableExpiredLogCleanup": "false",
    "delta.logRetentionDuration": "interval 36500 days",
    "delta.deletedFileRetentionDuration": "interval 36500 days",
}
_KEEP_LOG: Final = PostCommitHookProperties(cleanup_expired_logs=False)
_ROW_GROUP: Final = 262_144


class UnknownVersion(MinassaError):
    """A version of a table that the lake does not have."""

    code = "lake-version-unknown"


@dataclass(frozen=True, slots=True)
class DataFile:
    """One Parquet file of a table as the log knows it: its path in the table, its partition ("" if none), its rows."""

    path: str
    partition: str
    rows: int
    size: int


class Written(NamedTuple):
    """A Parquet file on disk that no version has yet: its path in the table, its partition, and what the log will say.

    `written_at` is in milliseconds since 1970.
    """

    path: str
    partition: str
    size: int
    written_at: int
    statistics: str


class Storage:
    """The Delta tables of one folder."""

    def __init__(self, folder: Path) -> None:
        """Open nothing yet: a table is opened when it is first needed."""
        self._folder = folder
        self._latest: dict[str, DeltaTable] = {}
        self._fixed: dict[str, DeltaTable] = {}

    def prepare(self) -> None:
        """Create the tables that are not there yet."""
        # Each waits for the disk: all wait together.
        with ThreadPoolExecutor(len(TABLES)) as pool:
            list(pool.map(self._create, TABLES.values()))

    def _create(self, table: Table) -> None:
        if not DeltaTable.is_deltatable(self._address(table.name)):
            DeltaTable.create(
                self._address(table.name),
                table.schema,
                mode="ignore",
                partition_by=table.partitions,
                configuration=_FOREVER,
            )

    def version(self, table: str) -> int:
        """The number of the table's latest commit, from 0."""
        return self._updated(table).version()

    def scan(self, table: Table, version: int) -> pl.LazyFrame:
        """The rows of the table at a version, columns in their order. `UnknownVersion` when there is none."""
        files = self.files(table, version)
        if not files:
            return table.empty().lazy()
        # Not `scan_delta`: it does not find a folder whose name has a space or an accent.
        paths = [self._folder / table.name / file.path for file in files]
        partitions = {table.partition: table.columns[table.partition]} if table.partition else None
        rows = pl.scan_parquet(paths, hive_partitioning=bool(partitions), hive_schema=partitions)
        return rows.select(*table.columns)

    def rows(self, table: str, version: int) -> int:
        """How many rows the table has at a version, from the log alone."""
        return sum(file.rows for file in self.files(TABLES[table], version))

    def files(self, table: Table, version: int) -> list[DataFile]:
        """The Parquet files that make the table at a version."""
        added = pl.DataFrame(self._at(table.name, version).get_add_actions(flatten=True))
        partition = f"partition.{table.partition}"
        parts = added[partition].cast(pl.String).to_list() if table.partition and added.height else [""] * added.height
        columns = (added["path"].to_list(), parts, added["num_records"].to_list(), added["size_bytes"].to_list())
        return [DataFile(*values) for values in zip(*columns, strict=True)]

    def read(self, table: Table, files: Sequence[DataFile]) -> pl.DataFrame:
        """The rows of some files of one partition of a table."""
        paths = [self._folder / table.name / file.path for file in files]
        rows = pl.read_parquet(paths, hive_partitioning=False)
        if table.partition:
            kind = table.columns[table.partition]
            rows = rows.with_columns(pl.lit(files[0].partition).cast(kind).alias(table.partition))
        return rows.select(*table.columns)

    def write(self, table: Table, rows: pl.DataFrame, stem: str) -> list[Written]:
        """Write rows in new files that no version has yet; `stem` must never have been used for this table.

        They are to be settled before they are published. `StorageFailed` when the disk refuses.
        """
        return [self._written(table, partition, part, stem) for partition, part in _parts(table, rows)]

    def unsettled(self, table: Table, written: Sequence[Written]) -> list[Unsettled]:
        """What is to be settled of files that were written."""
        paths = [self._folder / table.name / file.path for file in written]
        return [Unsettled(path, path) for path in paths]

    def publish(self, table: Table, written: Sequence[Written]) -> None:
        """Make the rows of files part of the table, in one commit. `StorageFailed`: then none of them count."""
        self._commit(table, [_addition(table, file, changes=True) for file in written])

    def replace(self, table: Table, old: Sequence[DataFile], rows: pl.DataFrame, stem: str) -> None:
        """Put the same rows in new files and drop the old ones from the latest version, in one commit.

        The old files stay on disk for the versions that have them.
        """
        written = self.write(table, rows, stem)
        settle(self.unsettled(table, written))
        dropped = [
            RemoveAction(
                path=file.path,
                data_change=False,
                deletion_timestamp=written[0].written_at,
                size=file.size,
                partition_values=_partition_values(table, file.partition),
            )
            for file in old
        ]
        self._commit(table, [*(_addition(table, file, changes=False) for file in written), *dropped])

    def _address(self, table: str) -> str:
        return (self._folder / table).absolute().as_uri()

    def _updated(self, table: str) -> DeltaTable:
        latest = self._latest.get(table)
        if latest is None:
            latest = self._latest[table] = DeltaTable(self._address(table))
        else:
            latest.update_incremental()
        return latest

    def _at(self, table: str, version: int) -> DeltaTable:
        """The table at a version. A lazy frame reads through this object: it must never move to another version."""
        fixed = self._fixed.get(table)
        if fixed is None or fixed.version() != version:
            try:
                fixed = self._fixed[table] = DeltaTable(self._address(table), version=version)
            except (DeltaError, OverflowError) as cause:
                message = f"Le lac n'a pas de version {version} de la table {table}."
                raise UnknownVersion(message, table=table, version=version) from cause
        return fixed

    def _written(self, table: Table, partition: str, rows: pl.DataFrame, stem: str) -> Written:
        folder = f"{table.partition}={partition}/" if table.partition else ""
        path = self._folder / table.name / folder / f"{stem}.parquet"
        try:
            _ensure(path.parent)
            _write(path, rows.select(name for name in table.columns if name != table.partition))
            status = path.stat()
        except (OSError, pl.exceptions.PolarsError) as cause:
            raise StorageFailed.on(table.name, cause) from cause
        # The hour is the file system's: the lake has no clock of its own.
        written_at = status.st_mtime_ns // 1_000_000
        return Written(f"{folder}{path.name}", partition, status.st_size, written_at, _statistics(table, rows))

    def _commit(self, table: Table, actions: list[AddAction | RemoveAction]) -> None:
        latest = self._latest.get(table.name) or self._updated(table.name)
        try:
            latest.create_write_transaction(
                actions,
                "append",
                table.schema,
                table.partitions,
                commit_properties=CommitProperties(max_commit_retries=100),
                post_commithook_properties=_KEEP_LOG,
            )
            latest.update_incremental()
            log = self._folder / table.name / "_delta_log"
            sync_file(log / f"{latest.version():020d}.json")
            sync_folder(log)
        except (OSError, DeltaError) as cause:
            raise StorageFailed.on(table.name, cause) from cause


def _partition_values(table: Table, partition: str) -> dict[str, str | None]:
    return {table.partition: partition} if table.partition else {}


def _addition(table: Table, file: Written, *, changes: bool) -> AddAction:
    return AddAction(
        path=file.path,
        size=file.size,
        partition_values=_partition_values(table, file.partition),
        modification_time=file.written_at,
        data_change=changes,
        stats=file.statistics,
    )


def _parts(table: Table, rows: pl.DataFrame) -> Iterator[tuple[str, pl.DataFrame]]:
    """The rows cut by partition, in the order of the table, then as given."""
    if not table.partition:
        yield "", _sorted(table, rows)
        return
    if rows[table.partition].is_sorted():
        # The usual case, for files are deposited month after month: nothing has to be gathered.
        runs = rows[table.partition].rle().struct.unnest()
        starts = runs["len"].cum_sum() - runs["len"]
        for start, length, value in zip(starts, runs["len"], runs["value"], strict=True):
            yield str(value), _sorted(table, rows.slice(start, length))
        return
    for (value,), part in rows.partition_by(table.partition, as_dict=True, maintain_order=True).items():
        yield str(value), _sorted(table, part)


def _sorted(table: Table, rows: pl.DataFrame) -> pl.DataFrame:
    return rows if rows[table.order].is_sorted() else rows.sort(table.order, maintain_order=True)


def _ensure(folder: Path) -> None:
    """Create the folder of a partition, for good."""
    if not folder.is_dir():
        folder.mkdir(exist_ok=True)
        sync_folder(folder.parent)


def _write(path: Path, rows: pl.DataFrame) -> None:
    # lz4: read three times faster than zstd here for a sixth more bytes, and read far more often than written.
    rows.write_parquet(path, compression="lz4", statistics=True, row_group_size=_ROW_GROUP)


def _statistics(table: Table, rows: pl.DataFrame) -> str:
    """The summary of a file that the log keeps: rows, and the bounds of its whole numbers."""
    names, column = table.summarised, pl.col(table.summarised)
    least, most, holes = "min:", "max:", "null:"
    bounds = rows.select(
        column.min().name.prefix(least), column.max().name.prefix(most), column.null_count().name.prefix(holes)
    ).row(0, named=True)
    return json.dumps(
        {
            "numRecords": rows.height,
            "minValues": {name: bounds[least + name] for name in names},
            "maxValues": {name: bounds[most + name] for name in names},
            "nullCount": {name: bounds[holes + name] for name in names},
        }
    )
