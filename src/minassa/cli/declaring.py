"""Checking and depositing declarations."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from pathlib import Path

import click

from minassa.cli.speaking import FAILED, UNUSABLE, Watch, as_json, json_option, spoken
from minassa.cli.workspace import Workspace, pass_workspace
from minassa.declarations.checking import check
from minassa.declarations.deposit import deposit
from minassa.declarations.findings import FileReport
from minassa.declarations.tabular import write_template
from minassa.nation import read_manifest

UNKNOWN = "unknown"
SHOWN_FINDINGS = 20


@click.group()
def declarations() -> None:
    """Vérifier des fichiers, obtenir des modèles."""


@declarations.command("check")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@json_option
@spoken
def check_command(files: tuple[Path, ...], json_wanted: bool) -> None:
    """Vérifier des fichiers sans rien déposer. Sortie 0 : acceptés ; 1 : quelque chose est rejeté ; 2 : illisible."""
    reports = check(list(files))
    if json_wanted:
        as_json([report.as_json() for report in reports])
    else:
        for report in reports:
            say_report(report)
    raise SystemExit(status(reports))


def status(reports: list[FileReport]) -> int:
    """2 when a file is of no known kind or cannot be read, else 1 when anything is rejected, else 0."""
    if any(report.kind == UNKNOWN for report in reports):
        return UNUSABLE
    return FAILED if any(report.rejected or report.refused for report in reports) else 0


def say_report(report: FileReport) -> None:
    """What was found in one file, in sentences."""
    verdict = "refusé en entier" if report.refused else ("accepté" if not report.rejected else "accepté en partie")
    click.echo(
        f"{report.file} : {verdict} ({report.kind}, {report.lines} lignes, "
        f"{report.accepted} acceptées, {report.rejected} rejetées)"
    )
    for finding in report.findings[:SHOWN_FINDINGS]:
        click.echo(f"  ligne {finding.line}, colonne {finding.column} : {finding.message}  [{finding.rule}]")
    if len(report.findings) > SHOWN_FINDINGS:
        click.echo(f"  … et {len(report.findings) - SHOWN_FINDINGS} autres remarques (--json les donne toutes)")


@declarations.command("template")
@click.argument("kind", type=click.Choice(["staff_register", "yearly_accounts", "firm_sheet"]))
@click.argument("target", type=click.Path(path_type=Path))
@spoken
def template_command(kind: str, target: Path) -> None:
    """Écrire un modèle Excel à remplir, avec l'explication de chaque colonne."""
    write_template(kind, target)
    click.echo(f"Modèle écrit : {target}")


@click.command("deposit")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@json_option
@pass_workspace
@spoken
def deposit_command(space: Workspace, paths: tuple[Path, ...], json_wanted: bool) -> None:
    """Déposer des fichiers ou des dossiers. Arrêté en route, le même dépôt reprend où il en était."""
    deposit_paths(space, list(paths), json_wanted=json_wanted)


def deposit_paths(space: Workspace, paths: list[Path], *, json_wanted: bool = False) -> None:
    """Deposit, then say what became of every file."""
    watch = Watch(quiet=json_wanted)
    lake = space.lake(create=True)
    for path in paths:
        manifest = read_manifest(path) if path.is_dir() else None
        if manifest is not None:
            space.remember_synthetic(asdict(manifest))
    now = dt.datetime.now(tz=dt.UTC).isoformat(timespec="seconds")
    summary = deposit(paths, lake, now, watch)
    if json_wanted:
        as_json(summary.as_json())
    else:
        watch.end(summary.sentence())
