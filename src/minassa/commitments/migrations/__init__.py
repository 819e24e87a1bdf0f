"""Migrations of commitments."""
