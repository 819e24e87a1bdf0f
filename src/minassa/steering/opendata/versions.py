"""Versions of open data: folders written once, each file with its digest; a version that is there is never changed."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import polars as pl

from minassa.steering.opendata.describing import Described, catalogue

FOLDER: Final = "open-data"
MANIFEST: Final = "manifest.json"
TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "schema.json": "application/schema+json",
    "360giving.json": "application/json",
    "json": "application/json",
}
SYNTHETIC: Final = "synthétique"
_KINDS: Final = {"string": pl.String, "integer": pl.Int64, "boolean": pl.Boolean}
Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Version:
    """A version as it was written: its name, when, and its files with their digests and sizes."""

    name: str
    folder: Path
    manifest: dict[str, Any]

    @property
    def files(self) -> list[dict[str, Any]]:
        """Its files: name, data set, kind, SHA-256, bytes."""
        found: list[dict[str, Any]] = self.manifest["files"]
        return found

    def of(self, dataset: str) -> list[dict[str, Any]]:
        """The files of one data set."""
        return [one for one in self.files if one["dataset"] == dataset]


def versions(home: Path) -> list[Version]:
    """The versions of a workspace, the last written first."""
    found = [Version(p.parent.name, p.parent, json.loads(p.read_text("utf-8"))) for p in _manifests(home)]
    return sorted(found, key=lambda one: (one.manifest["issued"], one.name), reverse=True)


def latest_with(home: Path, dataset: str) -> Version | None:
    """The last version that holds a data set; None before the first."""
    return next((one for one in versions(home) if one.of(dataset)), None)


def write_version(
    home: Path, name: str, issued: str, rows: Mapping[str, Rows], more: Mapping[str, Any], extra: Mapping[str, bytes]
) -> Version:
    """Write a version whole; the one that is there when the name is taken.

    `rows` by data set; `more` goes in the manifest (synthetic, run, withheld); `extra`: other files, named alike.
    """
    folder = home / FOLDER / name
    if not (folder / MANIFEST).exists():
        waiting = folder.with_name(f".{name}.writing")
        shutil.rmtree(waiting, ignore_errors=True)
        waiting.mkdir(parents=True)
        contents = dict(extra)
        for dataset, lines in rows.items():
            contents |= _files(dataset, lines, synthetic=bool(more.get("synthetic")))
        told = [_written(waiting, file, content) for file, content in sorted(contents.items())]
        manifest = {"name": name, "issued": issued, **more, "files": told}
        (waiting / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1), "utf-8")
        waiting.replace(folder)
    return Version(name, folder, json.loads((folder / MANIFEST).read_text("utf-8")))


def _manifests(home: Path) -> list[Path]:
    return [path for path in (home / FOLDER).glob(f"*/{MANIFEST}") if not path.parent.name.startswith(".")]


def _written(folder: Path, file: str, content: bytes) -> dict[str, Any]:
    (folder / file).write_bytes(content)
    dataset, _dot, kind = file.partition(".")
    digest = hashlib.sha256(content).hexdigest()
    return {"file": file, "dataset": dataset, "kind": kind, "sha256": digest, "bytes": len(content)}


def _files(dataset: str, rows: Rows, *, synthetic: bool) -> dict[str, bytes]:
    described = catalogue().datasets[dataset]
    schema = described.schema_of(dataset)
    if synthetic:
        schema["description"] = f"données {SYNTHETIC}s : personnes, entreprises et montants inventés"
    return {
        f"{dataset}.csv": _csv(described, rows, synthetic=synthetic),
        f"{dataset}.parquet": _parquet(described, rows, synthetic=synthetic),
        f"{dataset}.schema.json": json.dumps(schema, ensure_ascii=False, indent=1).encode(),
    }


def _csv(described: Described, rows: Rows, *, synthetic: bool) -> bytes:
    """RFC 4180 with a comma and UTF-8; the last column says that data are made up."""
    text = io.StringIO()
    origin = ["origine"] if synthetic else []
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([*described.columns, *origin])
    for row in rows:
        writer.writerow([*(_cell(row[name]) for name in described.columns), *([SYNTHETIC] if synthetic else [])])
    return text.getvalue().encode()


def _cell(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _parquet(described: Described, rows: Rows, *, synthetic: bool) -> bytes:
    schema = {name: _KINDS[column.type] for name, column in described.columns.items()}
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    written = io.BytesIO()
    (frame.with_columns(origine=pl.lit(SYNTHETIC)) if synthetic else frame).write_parquet(written)
    return written.getvalue()
