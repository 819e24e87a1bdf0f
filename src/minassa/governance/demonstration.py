"""The invented people who hold the seats of the demonstration's committees. Made again without harm."""

from __future__ import annotations

from datetime import datetime
from importlib import resources
from typing import Any, Final

import yaml

from minassa.governance.composing import declare_interest, seat_member
from minassa.governance.session_models import Membership
from minassa.governance.vote_models import Interest
from minassa.registry.demonstration import DOMAIN, SINCE
from minassa.registry.models import Account, Group
from minassa.registry.public import actor_of

SECRETARY: Final = f"secretariat@{DOMAIN}"


def seat_holders(at: datetime) -> str:
    """Give each seat to its invented holder, unless it is held; a sentence that says so. A step of `demonstrate`."""
    told = yaml.safe_load(resources.files("minassa.governance").joinpath("demonstration.yaml").read_text("utf-8"))
    secretary = actor_of(Account.objects.get(email=SECRETARY))
    for committee, rows in told["seats"].items():
        for row in rows:
            account = _account(row)
            if not Membership.objects.filter(committee=committee, account=account).exists():
                seat_member(secretary, account, committee, row["seat"], SINCE, at, titular=row["titular"])
    for row in told["interests"]:
        account, group = _account(row), Group.objects.get(name=row["group"])
        if not Interest.objects.filter(account=account, group=group).exists():
            declare_interest(actor_of(account), account, row["nature"], at, group=group, detail=row["detail"])
    return f"Sièges des comités pourvus : {Membership.objects.count()}"


def _account(row: dict[str, Any]) -> Account:
    return Account.objects.get(email=f"{row['account']}@{DOMAIN}")
