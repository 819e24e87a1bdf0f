"""The tables of reforms, for Django to find."""

from __future__ import annotations

from minassa.reforms.reform_models import Comment, Reform, Revision
from minassa.reforms.version_models import Proposal, ProposalState, Version

__all__ = ["Comment", "Proposal", "ProposalState", "Reform", "Revision", "Version"]
