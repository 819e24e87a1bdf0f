"""Health of the offer: `python -m minassa.offer.check` says what a lawyer should know before relying on it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import resources

import yaml

from minassa.engine import Offer
from minassa.offer.catalogue import catalogue
from minassa.offer.loading import context_inputs, folder, load_offer, measure_figures
from minassa.vocabulary.periods import format_month
from minassa.vocabulary.statuses import Status, label
from minassa.vocabulary.texts import UnknownTextError, text

NOT_MEASURES = {"__pycache__"}
PAGE = "README.md"
CASES = "cases"
SECTIONS = ("## Texte", "## But", "## Qui", "## Cumul", "## Ce qui n'est pas modélisé")
BY_HAND = "worked by hand"
QUICK = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def faults(offer: Offer) -> list[str]:
    """Every fault found, as sentences in French; none when the offer is in order."""
    return [*figure_faults(offer), *rule_faults(offer), *input_faults(offer), *folder_faults(), *case_faults()]


def figure_faults(offer: Offer) -> Iterator[str]:
    """Figures that no rule reads, that cite an unknown text, or that were not looked at since their text was read."""
    used = {name for rule in offer.rules for name in (*rule.inputs, rule.switch)}
    for name, figure in offer.figures.items():
        if name not in used:
            yield f"Chiffre {name} : aucune règle ne le lit ; supprimez-le ou écrivez la règle."
        for value in figure.values:
            where = f"Chiffre {name}, depuis {format_month(value.starts)}"
            if not known(value.source.text):
                yield f"{where} : le texte {value.source.text} n'est pas au registre ; ajoutez-le ou corrigez."
            elif value.reviewed_on < text(value.source.text).read_on:
                yield f"{where} : relu avant la dernière lecture de {value.source.text} ; relisez-le."
            if value.status is Status.OFFICIAL and not (value.source.article and value.source.url):
                yield f"{where} : un chiffre officiel cite son article et la page où il a été lu."


def rule_faults(offer: Offer) -> Iterator[str]:
    """Rules without a text or with an unknown one, without a meaning, or whose condition is misnamed."""
    for rule in offer.rules:
        where = f"Règle {rule.name}, depuis {format_month(rule.starts)}"
        if not rule.texts:
            yield f"{where} : aucun texte cité."
        for citation in rule.texts:
            if not known(citation):
                yield f"{where} : le texte {citation} n'est pas au registre ; ajoutez-le ou corrigez."
        if not rule.meaning:
            yield f"{where} : la docstring doit dire ce que c'est."
        if rule.kind == "condition" and not rule.name.startswith(f"{rule.measure}_"):
            yield f"{where} : une condition s'appelle {rule.measure}_…"


def known(citation: str) -> bool:
    """Whether the register of texts has the text of a citation."""
    try:
        text(citation)
    except UnknownTextError:
        return False
    return True


def input_faults(offer: Offer) -> Iterator[str]:
    """Declared columns that no rule reads and that are not marked as context, or the other way round."""
    read = {name for rule in offer.rules for name in rule.inputs}
    keys = {key for grain in offer.grains.values() for key in (*grain.keys, *grain.parent_keys, grain.date)}
    for name in sorted(offer.inputs.keys() - read - keys - context_inputs()):
        yield f"Colonne {name} : aucune règle ne la lit ; marquez-la « context: true » ou supprimez-la."
    for name in sorted(read & context_inputs()):
        yield f"Colonne {name} : marquée comme contexte alors qu'une règle la lit."


def folder_faults() -> Iterator[str]:
    """Measures without a page, without a case, or that the catalogue does not know."""
    listed = {one.measure for one in catalogue()}
    for name in sorted(measures_present() - listed):
        yield f"Dossier {name} : absent du catalogue ; ajoutez-le à catalogue.yaml."
    for one in catalogue():
        for citation in one.texts:
            if not known(citation):
                yield f"Catalogue, {one.measure} : le texte {citation} n'est pas au registre."
        yield from page_faults(one.measure)


def measures_present() -> set[str]:
    """Names of the folders of the offer."""
    return {f.name for f in resources.files("minassa.offer").iterdir() if f.is_dir()} - NOT_MEASURES


def page_faults(measure: str) -> Iterator[str]:
    """What is missing in the folder of a measure: its page, a section of it, its cases."""
    page = folder(measure).joinpath(PAGE)
    if not page.is_file():
        yield f"Mesure {measure} : pas de {PAGE}."
    else:
        written = page.read_text(encoding="utf-8")
        yield from (f"Mesure {measure} : {PAGE} n'a pas la partie « {s} »." for s in SECTIONS if s not in written)
    if not any(case_names(measure)):
        yield f"Mesure {measure} : aucun cas dans {CASES}/."


def case_names(measure: str) -> Iterator[str]:
    """Names of the case files of a measure."""
    cases = folder(measure).joinpath(CASES)
    return (f.name for f in cases.iterdir() if f.name.endswith(".yaml")) if cases.is_dir() else iter(())


def case_faults() -> Iterator[str]:
    """Cases without a source, with an unknown one, or worked by hand without their working."""
    for one in catalogue():
        for name in sorted(case_names(one.measure)):
            written = folder(one.measure).joinpath(CASES, name).read_text(encoding="utf-8")
            case = yaml.load(written, Loader=QUICK)  # noqa: S506 (a safe loader, in C where PyYAML has it)
            source = str(case.get("source") or "")
            if not source:
                yield f"Cas {one.measure}/{name} : sans source."
            elif source == BY_HAND and not str(case.get("working") or "").strip():
                yield f"Cas {one.measure}/{name} : fait à la main, il doit montrer son calcul."
            elif source != BY_HAND and not known(source):
                yield f"Cas {one.measure}/{name} : la source {source} n'est pas au registre des textes."


def status_table() -> list[str]:
    """How many dated values of figures stand on each status, by measure, as lines of text."""
    heads = [label(status) for status in Status]
    lines = [f"{'':<22}" + "".join(f"{head:>10}" for head in heads) + f"{'total':>10}"]
    totals = dict.fromkeys(Status, 0)
    for measure in sorted(one.measure for one in catalogue()):
        counts = {
            status: sum(v.status is status for f in measure_figures(measure) for v in f.values) for status in Status
        }
        totals = {status: totals[status] + count for status, count in counts.items()}
        lines.append(line_of(measure, list(counts.values())))
    return [*lines, line_of("ensemble", list(totals.values()))]


def line_of(name: str, counts: list[int]) -> str:
    """One line of the table: a name, a count per status, their sum."""
    return f"{name:<22}" + "".join(f"{count:>10}" for count in (*counts, sum(counts)))


def main() -> int:
    """Print the table of figures by status and every fault; 1 when there is any."""
    offer = load_offer()
    cases = sum(1 for one in catalogue() for _ in case_names(one.measure))
    found = faults(offer)
    print(f"{len(offer.rules)} règles datées, {len(offer.figures)} chiffres, {cases} cas.")
    print("Valeurs datées des chiffres, par statut :")
    print("\n".join(status_table()))
    print("\n".join(found) if found else "Rien à redire.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
