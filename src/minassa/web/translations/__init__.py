"""Sentences shown to people: extracted from pages and code, checked in three languages, compiled for Django."""
