"""Offer × declarations: who is entitled to what, since when, why; sources confronted; net-job truth."""
