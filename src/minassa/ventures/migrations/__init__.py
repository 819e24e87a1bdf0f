"""Migrations of the register of ventures."""
