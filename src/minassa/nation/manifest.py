"""The manifest of a synthetic country: what it was made from, and what was made."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from minassa.nation.plan import NationError

NOTICE = "données synthétiques"
FILE = "nation.yaml"
_RECIPE = ("version", "seed", "people", "months", "start", "irregularities", "straight", "written", "silent_from")


@dataclass(frozen=True)
class Manifest:
    """A synthetic country. `scale` is people over the public total of jobs, in millionths; `start` is AAAA-MM.

    `written`: months whose files are written. `late_firm`: affiliation of the firm that is late, 0 when none is;
    `silent_from`: the month from which it files nothing, counted from the first.

    `complete` is false while it is being made. `truth` counts the rows of each file of truth.
    """

    version: int
    seed: int
    people: int
    months: int
    start: str
    irregularities: bool
    scale_millionths: int
    written: int = 0
    late_firm: int = 0
    silent_from: int | None = None
    notice: str = NOTICE
    straight: bool = False
    complete: bool = False
    firms: int = 0
    people_ever: int = 0
    employee_months: int = 0
    truth: dict[str, int] = field(default_factory=dict)

    @property
    def scale(self) -> float:
        """The size of the country: 1.0 is the real sector at the end of 2024."""
        return self.scale_millionths / 1_000_000

    def same_recipe(self, other: Manifest) -> bool:
        """Tell whether both would make the same bytes."""
        return all(getattr(self, name) == getattr(other, name) for name in _RECIPE)

    def completed(self, **made: Any) -> Manifest:  # noqa: ANN401
        """Return the manifest of the finished country."""
        return replace(self, complete=True, **made)

    def write(self, folder: Path) -> None:
        """Write `nation.yaml` in a folder, at once or not at all."""
        text = yaml.safe_dump(asdict(self), allow_unicode=True, sort_keys=False)
        draft = folder / f"{FILE}.tmp"
        draft.write_text(text, encoding="utf-8")
        draft.replace(folder / FILE)


def read_manifest(folder: Path) -> Manifest | None:
    """Return the manifest of a folder, None when it has none; NationError when it cannot be read."""
    path = folder / FILE
    if not path.exists():
        return None
    try:
        return Manifest(**yaml.safe_load(path.read_text(encoding="utf-8")))
    except (TypeError, yaml.YAMLError) as problem:
        raise NationError(f"Le fichier {FILE} du dossier est illisible : choisissez un autre dossier.") from problem
