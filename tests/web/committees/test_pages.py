"""Pages of committees without a browser: what is offered to whom, what is refused and said, files, minutes."""

from __future__ import annotations

import io
from datetime import timedelta

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone, translation

from minassa.governance.models import Interest, Item, Membership, Session
from minassa.governance.public import rules_shown
from minassa.web.committees.minutes import minutes_document
from minassa.web.committees.wording import RULES, rule_value
from minassa.web.documents import check_seal
from tests.onestop.world import World
from tests.web.cases.people import client_of
from tests.web.session_world import Sessions, Sitting, motion

pytestmark = pytest.mark.django_db
LANGUAGES = ("fr", "ar", "en")


def of(name: str, session: Session, *rest: object) -> str:
    return reverse(name, args=[session.uuid, *rest])


def test_every_rule_of_a_committee_has_its_words_and_its_value() -> None:
    for committee in ("cto", "copil"):
        shown = rules_shown(committee, timezone.localdate())
        assert set(shown) == set(RULES)
        for language in LANGUAGES:
            with translation.override(language):
                assert all(rule_value(name, rule.value, {}) for name, rule in shown.items())


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_of_a_session_answer_in_each_language(sessions: Sessions, language: str) -> None:
    member, secretary = client_of("cto"), client_of("secretariat")
    with translation.override(language):
        for one in (sessions.open, sessions.sealed):
            for client in (member, secretary):
                assert client.get(of("session", one)).status_code == 200
                for item in Item.objects.filter(session=one):
                    assert client.get(of("session-item", one, item.rank)).status_code == 200
        assert secretary.get(of("session-agenda", sessions.draft)).status_code == 200


def test_the_list_is_filtered_sorted_and_taken_away(sessions: Sessions) -> None:
    secretary, address = client_of("secretariat"), reverse("sessions")
    text = secretary.get(address, {"etat": "sealed"}).text
    assert sessions.sealed.reference in text.partition('<h2 id="all">')[2]
    assert sessions.draft.reference not in text.partition('<h2 id="all">')[2]
    csv = secretary.get(address, {"format": "csv", "sort": "reference"}).content.decode("utf-8-sig")
    references = [line.split(";")[0] for line in csv.splitlines()[1:]]
    assert references == sorted(references)
    assert len(references) == 3
    book = openpyxl.load_workbook(io.BytesIO(secretary.get(address, {"format": "xlsx"}).content))
    assert book.active is not None
    assert book.active.max_row == 4


@pytest.mark.parametrize("asked", ["mois=xx", "mois=0000-01", "mois=9999-12", "etat=rien", "sort=-rien", "comite=%00"])
def test_an_address_that_means_nothing_narrows_nothing(sessions: Sessions, asked: str) -> None:
    answer = client_of("secretariat").get(f"{reverse('sessions')}?{asked}")
    assert answer.status_code == 200
    assert sessions.sealed.reference in answer.text


def test_what_is_ticked_goes_on_the_agenda_all_or_none(sitting: Sitting, world: World) -> None:
    session = sitting.drafted(timezone.now() + timedelta(days=20))
    secretary = client_of("secretariat")
    secretary.post(of("session-add", session), {"chosen": ["claim/rien/accept", "nimporte/quoi"]})
    assert not Item.objects.filter(session=session).exists()
    assert secretary.post(of("session-add", session), {"form": "motion"}).status_code == 422
    typed = {"form": "motion", "motion-title": "Motion", "motion-text": "EXEMPLE"}
    assert secretary.post(of("session-add", session), typed).status_code == 302
    assert Item.objects.get(session=session).title == "Motion"
    today = timezone.localdate()
    derogation = {
        "form": "derogation",
        "derogation-ice": world.enterprise.ice,
        "derogation-condition": "paf_in_register",
        "derogation-reason": "EXEMPLE",
        "derogation-starts": f"{today}",
        "derogation-ends": f"{today + timedelta(days=30)}",
    }
    backwards = {**derogation, "derogation-ends": f"{today - timedelta(days=30)}"}
    assert secretary.post(of("session-add", session), backwards).status_code == 422
    unknown = {**derogation, "derogation-case": "DER-0000-0000000"}
    assert secretary.post(of("session-add", session), unknown).status_code == 422
    assert secretary.post(of("session-add", session), derogation).status_code == 302
    assert Item.objects.filter(session=session).count() == 2
    assert secretary.post(of("item-remove", session, 1)).status_code == 302
    assert Item.objects.filter(session=session).count() == 1


def test_a_session_too_near_is_not_convened_and_says_why(sitting: Sitting) -> None:
    session = sitting.drafted(timezone.now() + timedelta(days=2), motion("Motion EXEMPLE"))
    answer = client_of("secretariat").post(of("session-convene", session))
    assert answer.status_code == 422
    assert "notice-error" in answer.text
    session.refresh_from_db()
    assert session.state == "draft"
    far = sitting.drafted(timezone.now() + timedelta(days=20), motion("Motion EXEMPLE"))
    stale = client_of("secretariat").post(of("session-convene", far), {"version": far.version - 1})
    assert stale.status_code == 409
    assert client_of("secretariat").post(of("session-convene", far), {"version": far.version}).status_code == 302


def test_a_member_votes_once_and_an_unknown_act_is_refused(sessions: Sessions) -> None:
    member, address = client_of("cto"), of("item-member", sessions.open, 2)
    assert member.post(address, {"act": "nimporte"}).status_code == 422
    assert member.post(address, {"act": "vote", "choice": "nimporte"}).status_code == 422
    assert member.post(address, {"act": "vote", "choice": "against"}).status_code == 302
    again = member.post(address, {"act": "vote", "choice": "for"})
    assert again.status_code == 422
    assert "notice-error" in again.text
    assert 'name="choice"' not in member.get(of("session-item", sessions.open, 2)).text


def test_while_a_vote_runs_nobody_reads_what_others_voted(sessions: Sessions) -> None:
    client_of("cto").post(of("item-member", sessions.open, 2), {"act": "vote", "choice": "against"})
    text = client_of("secretariat").get(of("session-item", sessions.open, 2)).text
    assert "Ont voté" in text
    assert "<strong>contre</strong>" not in text
    assert "<strong>pour</strong>" in client_of("secretariat").get(of("session-item", sessions.sealed, 2)).text


def test_the_minutes_are_the_same_bytes_when_made_again_and_their_seal_holds(sessions: Sessions) -> None:
    session = sessions.sealed
    for language in LANGUAGES:
        with translation.override(language):
            made = minutes_document(session, language)
            assert made == minutes_document(Session.objects.get(pk=session.pk), language)
    answer = client_of("cto").get(of("session-minutes", session))
    report = check_seal(answer.content)
    assert report is not None
    assert report.holds
    assert session.sealed_at is not None
    assert report.sealed_at == session.sealed_at.replace(microsecond=0)
    assert session.minutes_digest in client_of("cto").get(of("session", session)).text
    assert client_of("cto").get(of("session-minutes", sessions.open)).status_code == 404


def test_the_register_of_derogations_is_filtered_and_exported_with_its_uses(sessions: Sessions) -> None:
    member, address = client_of("cto"), reverse("derogations")
    reference = sessions.derogation.reference
    assert reference in member.get(address, {"etat": "in_force", "mesure": "paf", "sort": "-usages"}).text
    assert reference not in member.get(address, {"etat": "expired"}).text
    assert reference not in member.get(address, {"entreprise": "personne"}).text
    csv = member.get(address, {"format": "csv"}).content.decode("utf-8-sig").splitlines()
    assert csv[1].startswith(reference)
    assert reference in client_of("prepare").get(address).text
    assert reference not in client_of("stranger").get(address).text


def test_a_member_declares_an_interest_and_ends_it(sessions: Sessions, world: World) -> None:
    member = client_of("cto")
    assert member.post(reverse("interest-declare"), {"ice": "000", "nature": "work"}).status_code == 422
    declared = member.post(reverse("interest-declare"), {"ice": world.enterprise.ice, "nature": "work"})
    assert declared.status_code == 302
    interest = Interest.objects.get()
    assert client_of("secretariat").post(reverse("interest-end", args=[interest.pk])).status_code == 404
    member.post(reverse("interest-end", args=[interest.pk]))
    interest.refresh_from_db()
    assert interest.until is not None
    assert sessions.sitting.chair.account_id == interest.account_id


def test_seats_are_given_and_left(sessions: Sessions) -> None:
    secretary, row = client_of("secretariat"), sessions.sitting.rows["amdie"]
    given = {"seat": "amdie", "email": "personne@minassa.example", "titular": "yes", "since": f"{timezone.localdate()}"}
    assert secretary.post(reverse("committee-seat", args=["cto"]), given).status_code == 422
    secretary.post(reverse("committee-unseat", args=[row.pk]))
    assert Membership.objects.get(pk=row.pk).until == timezone.localdate()


def test_the_first_page_shows_the_vote_that_waits(sessions: Sessions) -> None:
    text = client_of("cto").get(reverse("home")).text
    assert of("session-item", sessions.open, 2) + "#voter" in text
    client_of("cto").post(of("item-member", sessions.open, 2), {"act": "vote", "choice": "for"})
    assert "#voter" not in client_of("cto").get(reverse("home")).text
    assert of("session", sessions.draft) in client_of("secretariat").get(reverse("home")).text
