"""Which P2I may answer a lead, with reasons: vacant places, staff in its filière, languages, usual delay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median_low
from typing import Any, Final

from minassa.markets.models import Lead, Reply
from minassa.markets.public import number
from minassa.outlook.markets.matching import Known, Match, Reason, Sought, matches
from minassa.platforms.models import Report, ReportState
from minassa.platforms.public import Unit, sheet_on, units
from minassa.steering.markets.counting import Document
from minassa.steering.markets.staffing import latest_staff
from minassa.vocabulary.periods import first_day, month_of
from minassa.vocabulary.places import place

FILED: Final = (ReportState.SEALED, ReportState.RECEIVED)
REPORTED, COUNTED, UNKNOWN = "report", "declared", ""


@dataclass(frozen=True, slots=True)
class Proposals:
    """P2I in the order in which they may answer; where the vacant places of each come from; the run, and its month."""

    matches: tuple[Match, ...]
    room_from: Mapping[int, str]
    run: str
    until: str

    def reasons_of(self, place: int) -> list[dict[str, Any]]:
        """The reasons of a P2I as a lead keeps them once it is proposed there."""
        found = next((one for one in self.matches if one.place == place), None)
        return [
            {
                "reason": str(one.reason),
                "there": one.there,
                "wanted": one.wanted,
                "points": one.points,
                "source": self.room_from.get(place, "") if one.reason is Reason.ROOM else "",
                "run": self.run,
            }
            for one in (found.reasons if found else ())
        ]


def proposals_for(lead: Lead, home: Path, today: date) -> Proposals:
    """What is known of every P2I today beside what a lead wants."""
    staff = latest_staff(home)
    rooms = {one.code: _room(one, staff, today) for one in open_units(today)}
    known = [_known(code, room, staff) for code, (room, _from) in rooms.items()]
    days = (first_day(lead.by_month) - today).days
    sought = Sought(lead.places_wanted, lead.filiere, tuple(lead.languages), days)
    weights = {reason: number(f"{reason}_weight") for reason in Reason}
    found = matches(sought, known, weights, number("staff_for_one"))
    sources = {code: source for code, (_room_left, source) in rooms.items()}
    return Proposals(found, sources, staff["run"] if staff else "", staff["until"] if staff else "")


def open_units(today: date) -> list[Unit]:
    """The P2I where a firm may be this month."""
    return [one for one in units() if not one.national and place(one.code).is_open(month_of(today))]


def _room(unit: Unit, staff: Document | None, today: date) -> tuple[int | None, str]:
    """Vacant places: surface of the sheet less what the last report says occupied, else less the posts declared."""
    area = sheet_on(unit, today).rentable_area_m2
    if area is None:
        return None, UNKNOWN
    a_post = number("square_metres_a_post")
    last = Report.objects.filter(place=unit.code, state__in=FILED).order_by("-last_month").first()
    occupied = last.told.get("occupied_area_m2") if last else None
    if occupied is not None:
        return max(area - int(occupied), 0) // a_post, REPORTED
    held = staff["places"].get(str(unit.code), {}).get("declared") if staff else None
    return (None, UNKNOWN) if held is None else (max(area // a_post - held, 0), COUNTED)


def _known(code: int, vacant: int | None, staff: Document | None) -> Known:
    here = staff["places"].get(str(code)) if staff else None
    delays = list(Reply.objects.filter(proposed__place=code, accepted=True).values_list("delay_days", flat=True))
    return Known(
        place=code,
        vacant=vacant,
        staff={int(name): people for name, people in here["filieres"].items()} if here else None,
        speakers=here["languages"] if here else None,
        usual_delay=median_low([one for one in delays if one is not None]) if delays else None,
    )
