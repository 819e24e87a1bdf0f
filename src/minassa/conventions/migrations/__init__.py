"""Migrations of conventions."""
