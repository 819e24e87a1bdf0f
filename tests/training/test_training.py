"""What training bodies tell is kept, and met with a run: as planted, once, and without a name."""

from __future__ import annotations

import numpy as np
import pytest
from django.db import DatabaseError, transaction

from minassa.journal.models import Entry
from minassa.nation.invented_numbers import person_numbers
from minassa.registry.models import Role
from minassa.registry.public import Actor, Forbidden
from minassa.training.measuring import measure_next
from minassa.training.models import Cohort, Content, Graduate, Outcome, Roll
from minassa.training.reading import cohorts, graduates, last_outcome
from minassa.training.taking import SheetRefused, take
from tests.training.conftest import NOW, Home, person

HEAD = "organisme;programme;cohorte;num_cnss;cin;diplome_le;fondement\n"


def test_what_was_planted_is_what_the_run_says(home: Home, teller: Actor) -> None:
    take(teller, Content.COHORTS, "COHORTES.csv", home.cohorts(), NOW)
    take(teller, Content.GRADUATES, "DIPLOMES.csv", home.people(), NOW)
    assert measure_next(NOW)
    assert not measure_next(NOW)
    told = {
        (row.provider, row.programme, row.cohort, one["horizon"]): (one["observed"], one["employed"] or 0)
        for row in Outcome.objects.all()
        for one in row.horizons
    }
    keys = ("provider", "programme", "cohort", "horizon")
    truth = {
        tuple(row[k] for k in keys): (row["observed"], row["employed"]) for row in home.truth.iter_rows(named=True)
    }
    assert told == truth
    assert sum(employed for _, employed in told.values()) > 8


def test_nobody_is_kept_under_a_number_or_a_card(home: Home, teller: Actor) -> None:
    take(teller, Content.COHORTS, "COHORTES.csv", home.cohorts(), NOW)
    roll = take(teller, Content.GRADUATES, "DIPLOMES.csv", home.people(), NOW)
    numbers = set(home.graduates["number"].to_list())
    assert not numbers & set(Graduate.objects.values_list("person", flat=True))
    entry = Entry.objects.filter(kind="training.told").latest("pk")
    assert not any(str(number) in str(entry.body) for number in numbers)
    assert roll.findings == []


def test_the_last_sheet_counts_and_a_ground_withdrawn_is_withdrawn(home: Home, teller: Actor) -> None:
    number = int(person_numbers(np.array([7]))[0])
    take(teller, Content.COHORTS, "c.csv", home.cohorts(), NOW)
    first = cohorts()[0]
    key = f"{first.provider};{first.programme};{first.cohort};{number};;2026-06"
    take(teller, Content.GRADUATES, "a.csv", f"{HEAD}{key};CONSENTEMENT\n".encode(), NOW)
    assert graduates()["grounded"].to_list() == [True]
    take(teller, Content.GRADUATES, "b.csv", f"{HEAD}{key};AUCUN\n".encode(), NOW)
    assert graduates()["grounded"].to_list() == [False]
    assert last_outcome(first) is None


def test_a_sheet_is_refused_with_its_findings_and_nothing_is_kept(home: Home, teller: Actor) -> None:  # noqa: ARG001
    with pytest.raises(SheetRefused) as refused:
        take(teller, Content.GRADUATES, "a.csv", f"{HEAD}o;p;c;;;2026-06;LOI\n".encode(), NOW)
    assert [one.rule for one in refused.value.findings] == ["DIP-PERSONNE"]
    assert not Roll.objects.exists()


def test_the_same_file_twice_is_refused(home: Home, teller: Actor) -> None:
    take(teller, Content.COHORTS, "c.csv", home.cohorts(), NOW)
    with pytest.raises(SheetRefused):
        take(teller, Content.COHORTS, "again.csv", home.cohorts(), NOW)
    assert Roll.objects.count() == 1


@pytest.mark.parametrize("role", [Role.ANALYST, Role.CTO_MEMBER, Role.FEDERATION])
def test_readers_tell_nothing(home: Home, db: None, role: str) -> None:  # noqa: ARG001
    with pytest.raises(Forbidden):
        take(person("lecteur", role, "cto"), Content.COHORTS, "c.csv", home.cohorts(), NOW)


def test_what_was_told_is_never_changed(home: Home, teller: Actor) -> None:
    take(teller, Content.COHORTS, "c.csv", home.cohorts(), NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        Cohort.objects.all().delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Roll.objects.update(lines=0)
