from __future__ import annotations

from datetime import timedelta

import pytest

from minassa.journal.models import Entry
from minassa.registry.models import Account, Appointment, Body, Enterprise, Invitation, Mandate, Power, Role
from minassa.registry.public import (
    Actor,
    Forbidden,
    LastSignatory,
    Offered,
    OnePowerEach,
    WeakPassword,
    WrongInvitation,
    accept,
    actor_of,
    allowed,
    appoint,
    end_appointment,
    end_mandate,
    invite,
    join,
    revoke,
    set_active,
)
from tests.registry.world import NOW, account_of, appointed, make_account, make_body, mandated

pytestmark = pytest.mark.django_db
PASSWORD = "une phrase assez longue"
WHO = {"full_name": "Personne FICTIVE", "password": PASSWORD, "language": "ar"}


def test_an_invitation_opens_one_account_with_one_right_once(admin: Actor, firm: Enterprise) -> None:
    made, token = invite(admin, " Qui@Minassa.example", Offered(enterprise=firm, power=Power.SIGN), NOW)
    account = accept(token, **WHO, at=NOW)
    assert (account.email, account.language) == ("qui@minassa.example", "ar")
    assert actor_of(account, NOW.date()).enterprises(Power.SIGN) == {firm.pk}
    assert token not in made.token_digest
    with pytest.raises(WrongInvitation):
        accept(token, **WHO, at=NOW)
    assert Account.objects.filter(email="qui@minassa.example").count() == 1


def test_the_journal_tells_of_invitations_without_naming_anybody(admin: Actor, cnss: Body) -> None:
    _, token = invite(admin, "qui@minassa.example", Offered(body=cnss, role=Role.OFFICER), NOW)
    accept(token, **WHO, at=NOW)
    told = str(list(Entry.objects.filter(kind__startswith="invitation.").values_list("body", flat=True)))
    assert "officer" in told
    assert "qui@" not in told
    assert "FICTIVE" not in told


def test_a_late_a_revoked_and_an_invented_token_get_the_same_answer(admin: Actor, firm: Enterprise) -> None:
    offered = Offered(enterprise=firm, power=Power.SIGN)
    _, late = invite(admin, "a@minassa.example", offered, NOW - timedelta(days=8))
    revoked, token = invite(admin, "b@minassa.example", offered, NOW)
    revoke(admin, revoked, NOW)
    _, replaced = invite(admin, "c@minassa.example", offered, NOW)
    invite(admin, "c@minassa.example", offered, NOW)
    answers = set()
    for each in (late, token, replaced, "nothing"):
        with pytest.raises(WrongInvitation) as refusal:
            accept(each, **WHO, at=NOW)
        answers.add(refusal.value.message)
    assert len(answers) == 1


def test_a_short_or_common_password_is_refused_and_the_invitation_stays_good(admin: Actor, firm: Enterprise) -> None:
    _, token = invite(admin, "a@minassa.example", Offered(enterprise=firm, power=Power.SIGN), NOW)
    for weak in ("onzecaracte", "1q2w3e4r5t6y"):
        with pytest.raises(WeakPassword):
            accept(token, **{**WHO, "password": weak}, at=NOW)
    assert accept(token, **WHO, at=NOW).check_password(PASSWORD)


def test_who_has_an_account_signs_in_and_joins(admin: Actor, firm: Enterprise) -> None:
    known, other = make_account("connu"), make_account("autre")
    _, token = invite(admin, known.email, Offered(enterprise=firm, power=Power.PREPARE), NOW)
    with pytest.raises(WrongInvitation):
        accept(token, **WHO, at=NOW)
    with pytest.raises(WrongInvitation):
        join(other, token, NOW)
    join(known, token, NOW)
    assert known.mandates.get().power == Power.PREPARE


def test_nobody_prepares_and_signs_for_the_same_enterprise(admin: Actor, firm: Enterprise) -> None:
    preparer = mandated("prepare", Power.PREPARE, firm)
    _, token = invite(admin, preparer.email, Offered(enterprise=firm, power=Power.SIGN), NOW)
    with pytest.raises(OnePowerEach):
        join(account_of(preparer), token, NOW)
    assert Invitation.objects.get().accepted_at is None


@pytest.mark.parametrize(
    ("role", "power", "invites_signatory", "invites_preparer"),
    [
        (Role.ADMINISTRATOR, None, True, True),
        (Role.SECRETARIAT, None, True, False),
        (Role.OFFICER, None, False, False),
        (Role.PARK_MANAGER, None, False, False),
        (None, Power.SIGN, True, True),
        (None, Power.PREPARE, False, False),
    ],
)
def test_who_may_invite_whom_to_an_enterprise(
    firm: Enterprise, role: Role | None, power: Power | None, *, invites_signatory: bool, invites_preparer: bool
) -> None:
    actor = appointed("qui", role, make_body("ailleurs")) if role else mandated("qui", power or Power.SIGN, firm)
    asked = [Offered(enterprise=firm, power=each) for each in (Power.SIGN, Power.PREPARE)]
    assert [allowed(actor, "invitation.send", each) for each in asked] == [invites_signatory, invites_preparer]


def test_a_supervisor_invites_officers_of_the_same_body_only(cnss: Body) -> None:
    supervisor = appointed("chef", Role.SUPERVISOR, cnss)
    assert allowed(supervisor, "invitation.send", Offered(body=cnss, role=Role.OFFICER))
    assert not allowed(supervisor, "invitation.send", Offered(body=cnss, role=Role.SUPERVISOR))
    assert not allowed(supervisor, "invitation.send", Offered(body=make_body("dgi"), role=Role.OFFICER))


def test_a_mandate_ended_gives_nothing_from_the_same_day_on(firm: Enterprise) -> None:
    signatory, preparer = mandated("sign", Power.SIGN, firm), mandated("prepare", Power.PREPARE, firm)
    end_mandate(signatory, Mandate.objects.get(account=preparer.account_id), NOW)
    assert actor_of(account_of(preparer), NOW.date()).mandates == ()
    with pytest.raises(Forbidden):
        end_mandate(preparer, Mandate.objects.get(account=signatory.account_id), NOW)


def test_the_last_signatory_stays_unless_the_platform_decides(admin: Actor, firm: Enterprise) -> None:
    signatory = mandated("sign", Power.SIGN, firm)
    held = Mandate.objects.get(account=signatory.account_id)
    with pytest.raises(LastSignatory):
        end_mandate(signatory, held, NOW)
    mandated("sign2", Power.SIGN, firm)
    end_mandate(signatory, held, NOW)
    end_mandate(admin, Mandate.objects.get(account__email="sign2@minassa.example"), NOW)


def test_appointments_begin_and_end_by_an_administrator_other_than_oneself(admin: Actor, cnss: Body) -> None:
    account = make_account("agent")
    made = appoint(admin, account, cnss, Role.OFFICER, NOW)
    assert actor_of(account, NOW.date()).in_body("cnss", Role.OFFICER)
    end_appointment(admin, made, NOW)
    assert actor_of(account, NOW.date()).appointments == ()
    with pytest.raises(Forbidden):
        end_appointment(admin, Appointment.objects.get(account=admin.account_id), NOW)


def test_a_closed_account_has_no_right(admin: Actor, firm: Enterprise) -> None:
    signatory = mandated("sign", Power.SIGN, firm)
    set_active(admin, account_of(signatory), NOW, active=False)
    assert not actor_of(account_of(signatory)).signed_in
    with pytest.raises(Forbidden):
        set_active(admin, account_of(admin), NOW, active=False)
