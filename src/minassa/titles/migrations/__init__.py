"""Migrations of reforms."""
