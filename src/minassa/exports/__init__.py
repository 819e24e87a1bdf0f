"""Exports that firms state by quarter and market, and the tables of the Office des Changes that a person brings."""
