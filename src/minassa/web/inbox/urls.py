"""Addresses of the inbox, under the language of the page."""

from __future__ import annotations

from django.urls import path

from minassa.web.inbox.acts import (
    ask_complement,
    assign_task,
    propose_answer,
    return_answer,
    say_on_task,
    validate_answer,
)
from minassa.web.inbox.bulk import outcomes_page, together
from minassa.web.inbox.exchanges import dead, send_again, send_all_again
from minassa.web.inbox.queue import inbox
from minassa.web.inbox.task import task_page
from minassa.web.inbox.views import drop_view, keep_view, to_decide, workload

urlpatterns = [
    path("", inbox, name="inbox"),
    path("a-decider/", to_decide, name="inbox-decide"),
    path("charge/", workload, name="inbox-workload"),
    path("ensemble/", together, name="inbox-together"),
    path("resultat/", outcomes_page, name="inbox-outcomes"),
    path("vues/", keep_view, name="inbox-view-keep"),
    path("vues/supprimer/", drop_view, name="inbox-view-drop"),
    path("envois/", dead, name="dead-letters"),
    path("envois/<slug:body>/rejouer/", send_all_again, name="messages-replay"),
    path("envois/<uuid:message>/renvoyer/", send_again, name="dead-letter-resend"),
    path("<uuid:case>/<slug:step>/", task_page, name="task"),
    path("<uuid:case>/<slug:step>/proposer/", propose_answer, name="task-propose"),
    path("<uuid:case>/<slug:step>/valider/", validate_answer, name="task-validate"),
    path("<uuid:case>/<slug:step>/rendre/", return_answer, name="task-return"),
    path("<uuid:case>/<slug:step>/complement/", ask_complement, name="task-complement"),
    path("<uuid:case>/<slug:step>/attribuer/", assign_task, name="task-assign"),
    path("<uuid:case>/<slug:step>/message/", say_on_task, name="task-say"),
]
