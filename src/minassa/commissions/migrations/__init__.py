"""Migrations of P2I."""
