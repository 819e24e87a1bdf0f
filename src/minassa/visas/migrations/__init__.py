"""Migrations of Talent Visas."""
