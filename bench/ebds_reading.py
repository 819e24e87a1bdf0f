"""How fast e-BDS files are read and checked, beside ``sha256sum`` over the same bytes and a plain Python reader.

    python bench/ebds_reading.py                       a short run
    python bench/ebds_reading.py --large 20 --small 80000
    python bench/ebds_reading.py --zeros 1000          also a file of 1,000 MB of zero bytes

Every figure of one run comes from the same files, on disk, read once before so that all find them in memory. The times
are wall clock: on a busy machine read the ratios, and run it again.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import numpy as np

from minassa.declarations.ebds import (
    Declaration,
    Employer,
    Entrants,
    Family,
    Insured,
    SourceFile,
    check_batch,
    full_names,
    write_many,
)
from minassa.vocabulary.identifiers import affiliations_with_key, immatriculations_with_key

MONTH = 202510
BATCH_BYTES = 32 << 20
LARGE_PERSONS = 38_000
SITUATIONS = {"": 0, "SO": 1, "DE": 2, "IT": 3, "IL": 4, "AT": 5, "CS": 6, "MS": 7, "MP": 8}


def persons(count: int, draw: np.random.Generator) -> Insured:
    """Invented persons in the synthetic range, all at work for the whole month."""
    salary = draw.integers(350_000, 3_000_000, count)
    nothing = np.zeros(count, dtype=np.int64)
    names = full_names(np.full(count, b"FICTIF"), np.full(count, b"EXEMPLE"))
    return Insured(
        number=immatriculations_with_key(np.arange(19_900_000, 19_900_000 + count)),
        name=names,
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


def firms(sizes: list[int], draw: np.random.Generator) -> Iterator[Declaration]:
    """One declaration per size."""
    for rank, (size, affiliation) in enumerate(zip(sizes, affiliations_with_key(np.arange(len(sizes))), strict=True)):
        employer = Employer(
            int(affiliation), "SOCIETE EXEMPLE FICTIVE", city="CASABLANCA", agency="01", issued=20251101
        )
        yield Declaration(Family.PRINCIPAL, employer, MONTH, 25_100_000_000_000 + rank, persons(size, draw), Entrants())


def write_folder(folder: Path, sizes: list[int]) -> list[Path]:
    """Files on disk, one per size, in folders of a thousand."""
    declarations = list(firms(sizes, np.random.default_rng(1)))
    paths = []
    for rank, (declaration, written) in enumerate(zip(declarations, write_many(declarations), strict=True)):
        parent = folder / f"{rank // 1000:04d}"
        parent.mkdir(parents=True, exist_ok=True)
        paths.append(parent / declaration.file_name)
        paths[-1].write_bytes(written)
    return paths


def content(path: Path) -> bytes:
    """The bytes of a file by the shortest way there is: three calls of the system."""
    stream = os.open(path, os.O_RDONLY)
    try:
        return os.read(stream, os.fstat(stream).st_size)
    finally:
        os.close(stream)


def ours(paths: list[Path]) -> int:
    """Read and check every file, some megabytes at a time; the accepted lines."""
    accepted, batch, size = 0, [], 0
    for path in paths:
        data = content(path)
        batch.append(SourceFile(path.name, data))
        size += len(data)
        if size >= BATCH_BYTES:
            accepted += len(check_batch(batch).lines)
            batch, size = [], 0
    return accepted + (len(check_batch(batch).lines) if batch else 0)


def sha256sum(paths: list[Path]) -> int:
    """The digests of every file by the system's command."""
    listing = "\0".join(str(path) for path in paths).encode()
    done = subprocess.run(["xargs", "-0", "sha256sum"], input=listing, capture_output=True, check=True)  # noqa: S607
    return done.stdout.count(b"\n")


def plain_python(paths: list[Path]) -> int:
    """The reader one writes first: a loop over lines, slices, ``int``, and the main controls."""
    accepted = 0
    for path in paths:
        numbers: set[int] = set()
        for line in path.read_bytes().split(b"\n"):
            if line[:3] == b"B02":
                accepted += plain_line(line, numbers)
    return accepted


def plain_line(line: bytes, numbers: set[int]) -> bool:
    """Whether one B02 line passes the main controls."""
    number, back, days = int(line[16:25]), int(line[105:111]), int(line[111:113])
    real, capped, total = int(line[113:126]), int(line[126:135]), int(line[137:156])
    rank = SITUATIONS.get(line[135:137].decode("latin-1").strip(), -1)
    sound = len(line) == 260 and days <= 26 and capped <= min(real, 600_000) and number not in numbers  # noqa: PLR2004
    sound = sound and (rank != 0 or (days > 0 and real > 0)) and int(line[99:105]) >= back
    sound = sound and total == number + back + days + real + capped + rank and not line[156:].strip()
    numbers.add(number)
    return sound


def processor() -> float:
    """Seconds of processor used so far, by this process and the commands it has waited for."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def times_of(action: Callable[[list[Path]], int], paths: list[Path], times: int) -> tuple[list[float], float]:
    """The wall clock seconds of some runs, and the fewest processor seconds."""
    elapsed, used = [], []
    for _ in range(times):
        start, before = time.perf_counter(), processor()
        action(paths)
        elapsed.append(time.perf_counter() - start)
        used.append(processor() - before)
    return elapsed, min(used)


def compare(title: str, paths: list[Path], times: int) -> None:
    """One table: times, megabytes a second of the best run, and ratios of the best runs to ``sha256sum``."""
    size = sum(path.stat().st_size for path in paths) / 1e6
    expected = plain_python(paths)
    if ours(paths) != expected:
        message = "the two readers do not accept the same lines"
        raise SystemExit(message)
    print(f"\n{title}: {len(paths)} files, {size:.0f} MB, {expected} lines accepted; {times} runs each")
    print(f"  {'':32s} {'best':>8s} {'median':>8s} {'MB/s':>6s} {'processor':>10s}   as fast as sha256sum")
    reference: tuple[float, float] | None = None
    for name, action in (
        ("sha256sum", sha256sum),
        ("minassa, read and check", ours),
        ("plain Python, main controls only", plain_python),
    ):
        elapsed, used = times_of(action, paths, times)
        first = min(elapsed)
        reference = reference or (first, used)
        ratios = f"{reference[0] / first:5.2f} times ({reference[1] / used:.2f} by processor time)"
        print(f"  {name:32s} {first:6.2f} s {median(elapsed):6.2f} s {size / first:6.0f} {used:8.2f} s   {ratios}")


def zeros(megabytes: int) -> None:
    """A file of zero bytes must be turned away at once."""
    nothing = bytes(megabytes * 1_000_000)
    start = time.perf_counter()
    (report,) = check_batch([SourceFile("DS_9900003_202510.txt", nothing)]).reports
    print(f"\nzeros: {megabytes} MB answered in {time.perf_counter() - start:.3f} s ({report.findings[0].rule})")


def main() -> None:
    """Make the files, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--large", type=int, default=4, help=f"files of {LARGE_PERSONS} persons (10 MB)")
    parser.add_argument("--small", type=int, default=8_000, help="files of --persons persons")
    parser.add_argument("--persons", type=int, default=10)
    parser.add_argument("--times", type=int, default=3, help="runs, of which the best counts")
    parser.add_argument("--zeros", type=int, default=100, help="megabytes of zero bytes")
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="ebds-bench-"))
    try:
        for title, sizes in (("large", [LARGE_PERSONS] * given.large), ("small", [given.persons] * given.small)):
            compare(f"{title} files", write_folder(folder / title, sizes), given.times)
    finally:
        shutil.rmtree(folder)
    zeros(given.zeros)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    versions = f"Python {platform.python_version()}, numpy {np.__version__}"
    print(f"\npeak of memory {peak} MB; {os.cpu_count()} cores; {versions}")


if __name__ == "__main__":
    main()
