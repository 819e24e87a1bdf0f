"""The command `minassa`: its groups and its words."""

from __future__ import annotations

import sys

import click

from minassa.cli.lazily import Later, lazy_group

VARIABLE = "MINASSA_HOME"
COMMANDS = {
    "demo": Later("minassa.cli.demonstration", "demo", "Tout le travail sur une nation synthétique."),
    "declarations": Later("minassa.cli.declaring", "declarations", "Vérifier des fichiers, obtenir des modèles."),
    "deposit": Later("minassa.cli.declaring", "deposit_command", "Déposer des fichiers ou des dossiers."),
    "run": Later("minassa.cli.running", "run_command", "Calculer l'offre sur tout ce qui est déposé."),
    "amounts": Later("minassa.cli.listing", "amounts", "Lister des montants et leurs identifiants."),
    "why": Later("minassa.cli.explaining", "why_command", "Dire pourquoi un montant est ce qu'il est."),
    "try": Later("minassa.cli.trying", "try_command", "Essayer des réformes : qui gagne, qui perd, combien."),
    "simulate": Later("minassa.cli.simulating", "simulate_command", "Calculer un cas décrit à la main."),
    "replay": Later(
        "minassa.cli.replaying", "replay_command", "Refaire un calcul, ou DECISION, et comparer au centime."
    ),
    "evaluate": Later(
        "minassa.cli.evaluating", "evaluate_command", "Évaluer ce que l'offre ajoute, par le plan enregistré."
    ),
    "report": Later("minassa.cli.reporting", "report", "Écrire le rapport, une page à ouvrir sans réseau."),
    "claims": Later(
        "minassa.cli.claiming", "claims", "Les demandes des entreprises : ouvrir, lister, revoir, rejouer."
    ),
    "platform": Later("minassa.cli.platform", "platform", "La plateforme : démarrer, arrêter, sauvegarder."),
    "nation": Later("minassa.cli.nations", "nation", "Fabriquer un pays synthétique ; mesurer ce qu'on y retrouve."),
    "reference": Later(
        "minassa.cli.referring",
        "reference_command",
        "Le référentiel des compétences : contrôler, importer.",
    ),
    "offer": Later("minassa.cli.offering", "offer", "Montrer l'offre : mesures, chiffres, sources, statuts."),
}


@lazy_group(COMMANDS)
@click.option(
    "--workspace",
    "home",
    default="var",
    envvar=VARIABLE,
    show_default=True,
    help=f"Dossier de travail (ou la variable {VARIABLE}).",
)
@click.pass_context
def minassa(context: click.Context, home: str) -> None:
    """Minassa : l'Offre Offshoring Maroc calculée au centime sur les déclarations des employeurs."""
    context.obj = home


def main() -> int:
    """Entry point of the command; returns the exit status."""
    minassa(prog_name="minassa")
    return 0


if __name__ == "__main__":
    sys.exit(main())
