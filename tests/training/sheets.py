"""A sheet of cohorts small enough to be read at a glance."""

from minassa.nation.cohorts import HEADINGS

ROW = ("organisme-exemple", "dev-web", "", "Exemple", "OFPPT", "ITO", "06", "2026-01", "2026-06", "30", "28", "", "22")


def a_sheet(cohort: str, *more: str) -> bytes:
    """One good row, and any rows as they are given."""
    row = ";".join([*ROW[:2], cohort, *ROW[3:], "", "15", "Donnée d'exemple"])
    return "\r\n".join([";".join(HEADINGS), row, *more, ""]).encode()
