"""Addresses of the chain from the field to a decision, under the language of the page."""

from __future__ import annotations

from django.urls import path

from minassa.web.chain.adopted import adopted_page
from minassa.web.chain.pages import chain_mine_page, chain_page

urlpatterns = [
    path("", chain_page, name="chain"),
    path("adoptees/", adopted_page, name="public-recommendations"),
    path("mon-entreprise/", chain_mine_page, name="chain-mine"),
]
