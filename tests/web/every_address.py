"""Addresses that are no page to look at: acts of a form, files, ways of the accounts; and every address there is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.urls import URLPattern, URLResolver, get_resolver

ACTS: Final = frozenset(
    {
        "set_language", "upload-send", "upload-deposit", "upload-withdraw", "case-signed", "case-submit",
        "case-withdraw", "case-say", "case-decide", "case-appeal", "claim-check", "claim-signed", "claim-contest",
        "convention-propose", "convention-send-back", "convention-sign", "convention-declare", "convention-advance",
        "convention-hear", "amendment-agree", "amendment-withdraw", "advance-decide", "hearing-reply",
        "hearing-decide", "restitution-reply", "survey-reason", "commitment-tell", "review-make",
        "recommendation-propose", "reform-comment", "reform-propose",
        "reference-publish", "reference-remark", "reference-decide", "reference-withdraw", "proposal-withdraw",
        "claim-reply", "claim-replay", "control-together", "control-answer", "control-pass", "control-conclude",
        "control-clear", "control-propose", "draw-now", "worker-contest", "worker-letters", "inbox-together",
        "inbox-view-keep", "inbox-view-drop", "dead-letter-resend", "messages-replay", "task-propose", "task-validate",
        "task-return", "task-complement", "task-assign", "task-say", "account-alerts", "account-sessions-end",
        "enterprise-switch", "enterprise-establishment-new",
        "enterprise-establishment-end", "enterprise-group", "enterprise-shareholder", "enterprise-mandate-end",
        "admin-request-answer", "admin-invitation-revoke", "admin-account-state", "admin-appointment-end",
        "admin-client-rotate", "admin-client-state", "session-add", "session-convene", "session-cancel",
        "session-presence", "session-preside", "session-seal", "item-remove", "item-member", "item-chair",
        "committee-seat", "committee-unseat", "interest-declare", "interest-end",
        "money-mine", "money-envelope-open", "money-envelope-change", "money-envelope-carry",
        "money-batch-validate", "money-batch-refuse", "money-batch-propose", "money-bank-receive",
        "money-finding-settle", "money-account-confirm", "money-account-refuse", "money-payer-set",
        "titles-file", "title-ask", "title-answer",
        "seat-plan-edit", "seat-plan-propose",
        "talent-visa-hired", "talent-visa-given-up", "talent-visa-alert",
        "money-rib-propose", "money-recovery-plan", "money-entitlement-suspend", "money-entitlement-release",
    }
)  # fmt: skip
"""What only answers to a form."""
FILES: Final = frozenset(
    {
        "reference-sheet", "reference-skos", "public-data", "open-data-file", "open-data-catalogue",
        "training-template", "graduates-template", "export-template", "export-table-template", "upload-receipt",
        "upload-synthetic", "case-receipt", "case-receipt-pdf", "case-document",
        "claim-xlsx", "claim-pdf", "draw-json", "draw-tool", "proof-heads", "proof-tool",
        "mfa_download_recovery_codes", "money-batch-send",
        "session-minutes", "platform-report-pdf", "platform-evidence", "market-template",
        "survey-form", "survey-answers", "report-file", "report-annex", "review-file", "review-annex",
    }
)  # fmt: skip
"""What is saved, not looked at."""
ELSEWHERE: Final = frozenset(
    {
        "account_email", "account_signup", "account_email_verification_sent", "account_set_password",
        "account_confirm_login_code", "account_confirm_email", "mfa_authenticate", "socialaccount_signup",
        "openid_connect_login", "openid_connect_callback", "usersessions_list",
    }
)  # fmt: skip
"""Ways of django-allauth that lead to another page, are closed, or need a sign-in that has begun: that one is walked by
the test of journeys by keyboard."""


def names() -> set[str]:
    """The name of every address under a language."""

    def walk(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
        for entry in resolver.url_patterns:
            route = before + str(entry.pattern)
            if isinstance(entry, URLResolver):
                yield from walk(entry, route)
            else:
                yield route, entry

    return {entry.name for route, entry in walk(get_resolver()) if entry.name and not route.startswith("api/")}
