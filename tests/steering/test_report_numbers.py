"""Every total on the page is that of the run, read back from the page itself."""

from __future__ import annotations

import polars as pl
import pytest

from minassa.engine import Offer
from minassa.offer.loading import load_offer
from minassa.outlook.trajectory import series
from minassa.steering.report.certainty import pieces_behind
from minassa.steering.report.conditions import required_bits, with_required
from minassa.vocabulary.money import format_dirhams
from minassa.vocabulary.regions import regions
from tests.steering.conftest import Written, shown

MEASURES = ("air", "ais", "pae", "paf")


def dirhams(cents: int) -> str:
    return shown(format_dirhams(cents, unit=False)) if cents else "0"


def due(written: Written) -> pl.DataFrame:
    return written.run.table("amounts").filter("entitled").collect()


def test_totals_by_measure_are_those_of_the_manifest(written: Written) -> None:
    totals = written.run.manifest["totals"]
    rows = written.table("montants_par_mesure")
    assert [int(row["Total dû (DH)"]) for row in rows] == [totals[m]["amount_cents"] for m in MEASURES]
    assert [int(row["Droits"]) for row in rows] == [totals[m]["lines"] for m in MEASURES]
    assert [row["Dû (DH)"] for row in rows] == [
        str(due(written).filter((pl.col("measure") == m) & ~pl.col("provisional"))["amount_cents"].sum())
        for m in MEASURES
    ]
    assert written.total("montants_par_mesure")["Total dû (DH)"] == dirhams(
        sum(t["amount_cents"] for t in totals.values())
    )


@pytest.mark.parametrize("name", ["montants_par_filiere", "montants_par_region", "montants_par_lieu"])
def test_every_way_of_parting_the_money_adds_up_to_the_same(written: Written, name: str) -> None:
    rows, totals = written.table(name), written.run.manifest["totals"]
    for measure in MEASURES:
        assert sum(int(row[f"{measure.upper()} (DH)"]) for row in rows) == totals[measure]["amount_cents"]
        assert written.total(name)[f"{measure.upper()} (DH)"] == dirhams(totals[measure]["amount_cents"])


def test_the_map_tells_of_every_region_even_where_nothing_is_due(written: Written) -> None:
    rows = written.table("carte")
    assert [row["Région"] for row in rows] == [region.name_fr.casefold() for region in regions()]
    assert sum(int(row["Dû dans la région (DH)"]) for row in rows) == due(written)["amount_cents"].sum()
    assert {row["Dû dans la région (DH)"] for row in rows if row["Région"] == "oriental"} != {"0"}
    assert "0" in {row["Dû dans la région (DH)"] for row in rows}
    assert all(int(row["Dû dans les P2I (DH)"]) <= int(row["Dû dans la région (DH)"]) for row in rows)


def test_jobs_are_those_of_the_last_month(written: Written) -> None:
    last = series(written.run.table("firm_month")).row(-1, named=True)
    for name in ("emplois_par_filiere", "emplois_par_region", "emplois_par_lieu"):
        rows = written.table(name)
        assert sum(int(row["Emplois déclarés"]) for row in rows) == last["headcount"]
        assert sum(int(row["Emplois nets"]) for row in rows) == last["net_jobs"]
        assert sum(int(row["Gardés 18 mois"]) for row in rows) == last["kept_jobs"]
    cards = [shown(value.text_content()) for value in written.tree.xpath("//div[@class='value']")]
    assert cards[0].startswith(f"+{last['net_jobs']}")
    assert cards[1].startswith(f"{last['kept_jobs']}")


def test_the_sentence_of_the_road_says_what_the_chart_shows(written: Written) -> None:
    [sentence] = written.tree.xpath("//section[@id='route']/p[@class='say']")
    text = shown(sentence.text_content())
    newest = max(written.table("trajectoire"), key=lambda row: int(row["Mois"]))
    assert f"{newest['Emplois déclarés']} emplois sont déclarés" in text
    gap = int(newest["Écart au chemin"])
    assert f"{abs(gap)} de {'moins' if gap < 0 else 'plus'} que le chemin" in text
    assert int(newest["Niveau du chemin"]) == int(newest["Emplois déclarés"]) - gap


def test_refusals_and_rights_part_the_amounts(written: Written) -> None:
    """The required conditions read from `unmet` must tell exactly who has no right."""
    rows = written.facts.amounts
    refused = with_required(written.facts)
    assert refused.height + due(written).height == rows.height
    assert refused.filter(pl.col("missing") == 0).height == 0
    entitled = rows.filter("entitled")
    wrong = [
        row
        for row in entitled.iter_rows(named=True)
        if row["unmet"] & required_bits(written.facts.offer, row["measure"], row["period_start"])
    ]
    assert not wrong


def test_a_condition_counts_every_refusal_it_takes_part_in(written: Written) -> None:
    refused = with_required(written.facts)
    names = written.run.manifest["conditions"]["pae"]
    bit = 1 << names.index("pae_stay_reached")
    expected = refused.filter((pl.col("measure") == "pae") & ((pl.col("missing") & bit) != 0)).height
    [row] = [r for r in written.table("conditions") if r["Condition requise"].startswith("la personne est restée")]
    assert int(row["Fois non remplie"]) == expected > 0
    assert int(row["Peut encore venir (DH)"]) > 0


def test_what_only_waits_for_time_is_not_called_withheld(written: Written) -> None:
    still = written.facts.amounts.filter("to_come")
    assert still["expected_cents"].sum() > 0
    assert not still.filter(pl.col("entitled") | (pl.col("measure") != "pae")).height
    [row] = [r for r in written.table("montants_par_mesure") if "(pae)" in r["Mesure"]]
    assert int(row["À venir (DH)"]) == still["expected_cents"].sum()


def test_irregularities_are_all_counted(written: Written) -> None:
    found = written.run.table("irregularities").collect()
    rows = written.table("verite_emplois")
    assert sum(int(row["Cas"]) for row in rows) == found.height
    [ghosts] = [row for row in rows if "fantômes" in row["Ce qui a été trouvé"]]
    assert int(ghosts["Cas"]) == 2
    assert int(ghosts["Dû malgré tout (DH)"]) == 0
    assert int(ghosts["Écarté (DH)"]) > 0
    [transfers] = written.table("transferts")
    assert transfers["Personnes"] == "3"
    assert (transfers["De"], transfers["Vers"]) == ("exemple 01 sarl fictif", "exemple 11 sarl fictif")


def test_hires_are_new_replaced_rehired_or_transferred(written: Written) -> None:
    for row in written.table("embauches"):
        parts = sum(int(row[name]) for name in ("Nouveaux", "Remplacements", "Réembauches", "Transferts"))
        assert int(row["Embauches"]) == parts


def test_discrepancies_are_all_counted_with_their_effect(written: Written) -> None:
    found = written.run.table("discrepancies").collect()
    rows = written.table("discordances")
    assert sum(int(row["Cas"]) for row in rows) == found.height
    assert sum(int(row["Effet net (DH)"]) for row in rows) == found["effect_cents"].sum()
    assert sum(int(row["En plus (DH)"]) + int(row["En moins (DH)"]) for row in rows) == found["effect_cents"].sum()
    firms = written.table("discordances_entreprises")
    assert sum(int(row["Cas"]) for row in firms) == found.height, "twelve firms are fewer than twenty"


def test_certainty_parts_the_total_by_its_weakest_status(written: Written) -> None:
    rows = written.table("certitude")
    assert [row["Statut le plus faible"] for row in rows] == ["officiel", "presse", "déduit", "proposé", "supposé"]
    assert sum(int(row["Total dû (DH)"]) for row in rows) == due(written)["amount_cents"].sum()
    assert sum(int(row["Chiffres de ce statut"]) for row in rows) == len(written.table("chiffres_de_loi"))
    assert sum(int(row["Règles de ce statut"]) for row in rows) == len(written.table("regles"))


def test_each_figure_carries_what_is_due_by_the_measures_that_read_it(written: Written) -> None:
    rows = {row["Chiffre"]: int(row["Dû qui repose dessus (DH)"]) for row in written.table("chiffres_de_loi")}
    totals = {m: t["amount_cents"] for m, t in written.run.manifest["totals"].items()}
    offer = load_offer()
    assert rows[offer.figures["pae_rate"].description.casefold()] == totals["pae"]
    assert rows[offer.figures["export_share_min"].description.casefold()] == sum(totals.values())
    assert max(rows.values()) == sum(totals.values())


@pytest.fixture(scope="module")
def offer() -> Offer:
    return load_offer()


def test_behind_an_amount_stand_the_figures_of_the_firm_too(offer: Offer) -> None:
    month = 2026 * 12
    found = {name for (kind, name), _ in pieces_behind(offer, "air", month, month + 11) if kind == "figure"}
    assert {"air_cap", "income_tax_scale", "export_share_min", "certificate_age_max", "air_register_required"} <= found
    assert "pae_rate" not in found
    alone = {name for (_, name), _ in pieces_behind(offer, "air", month, None)}
    assert "export_share_min" not in alone
