"""Ventures beside what declarations say of them."""
