"""The reference of skills: its check, and the official files of ESCO and ROME laid beside it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from minassa.cli.speaking import FAILED, as_json, json_option, spoken
from minassa.cli.workspace import Workspace, pass_workspace
from minassa.talent.reference.importing import keep_download, read_download
from minassa.talent.reference.integrity import faults
from minassa.talent.reference.levels import levels
from minassa.talent.reference.reading import reference


@click.group("reference")
def reference_command() -> None:
    """Le référentiel des compétences : contrôler, importer."""


@reference_command.command("check")
@json_option
@spoken
def check(json_wanted: bool) -> None:
    """Contrôler le référentiel : comptes, liens, trois langues, doublons. Chaque défaut dit son fichier et son code."""
    held, scale = reference(), levels()
    found = faults(held)
    counts = {"occupations": len(held.occupations), "skills": len(held.skills), "levels": len(scale.levels)}
    if json_wanted:
        told = [{"file": one.file, "code": one.code, "what": one.what} for one in found]
        as_json({**counts, "digest": held.digest, "faults": told})
    else:
        for one in found:
            click.echo(str(one))
        click.echo(
            f"{counts['occupations']} métiers, {counts['skills']} compétences, {counts['levels']} niveaux ; "
            f"empreinte {held.digest[:12]} ; {len(found)} défaut(s)."
        )
    if found:
        sys.exit(FAILED)


@reference_command.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@pass_workspace
@spoken
def import_files(space: Workspace, files: tuple[Path, ...]) -> None:
    """Importer les FICHIERS officiels d'ESCO (zip, CSV, dossier) et du ROME : leurs noms paraissent près des nôtres."""
    for path in files:
        for one in read_download(path):
            place = keep_download(Path(space.home), one)
            click.echo(f"{place.name} : {len(one.labels)} entrées. {one.source}")
