"""Check and deposit e-BDS files (lake commit, sealed packs and all), beside `sha256sum` and a plain Python reader.

    python bench/depositing.py                    a short run
    python bench/depositing.py --large 40 --small 80000

The files are made up from a seed by our own writer: all persons and firms are invented. Every contender reads the same
files in the same run, read once before so that all find them in memory; each deposit fills a new lake, forced to disk.
The plain reader only slices lines and adds up salaries, and must find the same sums as the lake. Times are wall clock:
on a busy machine read the ratios, and run it again; the seconds of processor beside them are those of all processes and
threads together, and say more there.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import deltalake
import numpy as np
import polars as pl

from minassa.declarations.deposit import deposit
from minassa.declarations.ebds import Declaration, Employer, Family, Insured, full_names, write_many
from minassa.declarations.lake import CNSS_LINES, Lake
from minassa.vocabulary.identifiers import affiliations_with_key, immatriculations_with_key

KEY = b"cle de mesure, connue de tous..."
LARGE_PERSONS = 38_000
MONTHS = 60
FIRST_YEAR = 2024
BATCH = 2_000


class Sums(NamedTuple):
    """What every reader must find: persons, real salaries, capped salaries (centimes)."""

    persons: int
    real: int
    capped: int


def persons(first: int, count: int, draw: np.random.Generator) -> Insured:
    """Invented persons in the synthetic range, all at work for the whole month."""
    nothing = np.zeros(count, dtype=np.int64)
    salary = draw.integers(350_000, 3_000_000, count)
    return Insured(
        number=immatriculations_with_key(np.arange(19_000_000 + first, 19_000_000 + first + count)),
        name=full_names(np.full(count, b"FICTIF"), np.full(count, b"EXEMPLE")),
        children=nothing,
        af_due=nothing,
        af_deduct=nothing,
        af_net=nothing,
        af_back=nothing,
        days=np.full(count, 26),
        salary_real=salary,
        salary_capped=np.minimum(salary, 600_000),
        situation=nothing,
    )


def declarations(count: int, size: int) -> Iterator[Declaration]:
    """Principal declarations of `size` persons, firm after firm, the same persons for sixty months."""
    draw = np.random.default_rng(20260101)
    affiliations = affiliations_with_key(np.arange(990_000, 990_000 + -(-count // MONTHS)))
    for rank in range(count):
        firm, month = divmod(rank, MONTHS)
        period = (FIRST_YEAR + month // 12) * 100 + month % 12 + 1
        employer = Employer(int(affiliations[firm]), "SOCIETE EXEMPLE FICTIVE", city="CASABLANCA", agency="01")
        insured = persons(firm * size % 900_000, size, draw)
        yield Declaration(Family.PRINCIPAL, employer, period, 25_100_000_000_000 + rank, insured)


def write_folder(folder: Path, count: int, size: int) -> list[Path]:
    """The files, a folder for each thousand."""
    paths: list[Path] = []
    made = declarations(count, size)
    while batch := list(islice(made, BATCH)):
        for declaration, content in zip(batch, write_many(batch), strict=True):
            parent = folder / f"{len(paths) // 1000:04d}"
            parent.mkdir(parents=True, exist_ok=True)
            paths.append(parent / declaration.file_name)
            paths[-1].write_bytes(content)
    return paths


def sha256sum(paths: list[Path]) -> None:
    """The digests of every file by the system's command."""
    listing = "\0".join(str(path) for path in paths).encode()
    subprocess.run(["xargs", "-0", "sha256sum"], input=listing, stdout=subprocess.DEVNULL, check=True)  # noqa: S607


def plain_python(paths: list[Path]) -> Sums:
    """The reader one writes first: every line sliced, every amount an `int`, the same sums; no control at all."""
    count = real = capped = 0
    for path in paths:
        for line in path.read_bytes().split(b"\n"):
            if line[:3] == b"B02":
                count += 1
                real += int(line[113:126])
                capped += int(line[126:135])
    return Sums(count, real, capped)


def in_lake(lake: Path) -> Sums:
    """The sums of the rows in effect."""
    rows = Lake(lake, KEY).current(CNSS_LINES)
    return Sums(*rows.select(pl.len(), pl.col("salary_real", "salary_capped").sum()).collect().row(0))


class Spent(NamedTuple):
    """Seconds of one run: by the clock, and of processor in all its processes."""

    clock: float
    processor: float


def timed(action: Callable[[], object]) -> Spent:
    """What one run takes."""
    start, before = time.perf_counter(), processor()
    action()
    return Spent(time.perf_counter() - start, processor() - before)


def processor() -> float:
    """Seconds of processor used so far, by this process and those it has waited for."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def compare(title: str, folder: Path, paths: list[Path], times: int) -> None:
    """One table: megabytes a second of each contender, and the ratio to `sha256sum`, runs taken in turns."""
    size = sum(path.stat().st_size for path in paths) / 1e6
    lake = folder.with_name("lake")
    expected = plain_python(paths)
    spent: dict[str, list[Spent]] = {"sha256sum": [], "check and deposit": []}
    for _ in range(times):
        spent["sha256sum"].append(timed(lambda: sha256sum(paths)))
        spent["check and deposit"].append(timed(lambda: deposit([folder], Lake(lake, KEY), "2026-01-01T00:00:00Z")))
        if in_lake(lake) != expected:
            raise SystemExit("the lake does not hold the sums of the files")
        kept = sum(file.stat().st_size for file in lake.rglob("*") if file.is_file()) / 1e6
        again = timed(lambda: deposit([folder], Lake(lake, KEY), "2026-01-01T00:00:00Z"))
        shutil.rmtree(lake)
    spent["the same again (nothing new)"] = [again]
    spent["plain Python, sums only"] = [timed(lambda: plain_python(paths))]
    print(f"\n{title}: {len(paths)} files, {size:.0f} MB, {expected.persons} persons x months; lake {kept:.0f} MB")
    reference = min(each.clock for each in spent["sha256sum"])
    print(f"  {'':30s} {'best':>8s} {'median':>8s} {'processor':>10s}  of {times}")
    for name, each in spent.items():
        best, median = min(run.clock for run in each), statistics.median(run.clock for run in each)
        used, rate, ratio = min(run.processor for run in each), size / best, reference / best
        print(f"  {name:30s} {best:7.2f}s {median:7.2f}s {used:9.2f}s {rate:6.0f} MB/s {ratio:6.2f} x sha256sum")


def main() -> None:
    """Make the files, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--large", type=int, default=12, help=f"files of {LARGE_PERSONS} persons (10 MB)")
    parser.add_argument("--small", type=int, default=8_000, help="files of --persons persons")
    parser.add_argument("--persons", type=int, default=40, help="persons of a small file")
    parser.add_argument("--times", type=int, default=3, help="runs")
    parser.add_argument("--folder", type=Path, help="where files and lake are written (default: the temporary folder)")
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="minassa-bench-", dir=given.folder))
    print(f"Python {platform.python_version()}, polars {pl.__version__}, deltalake {deltalake.__version__}, ", end="")
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    try:
        for title, count, size in (("large", given.large, LARGE_PERSONS), ("small", given.small, given.persons)):
            if count:
                inside = folder / title / "files"
                compare(f"{title} files", inside, write_folder(inside, count, size), given.times)
                shutil.rmtree(folder / title)
    finally:
        shutil.rmtree(folder)
    peaks = [resource.getrusage(who).ru_maxrss / 1e3 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(f"\npeak of memory {peaks[0]:.0f} MB, and {peaks[1]:.0f} MB at most in any other process")


if __name__ == "__main__":
    main()
