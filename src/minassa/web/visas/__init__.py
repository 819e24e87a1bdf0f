"""Talent Visas: the list and the quota for everyone, visas followed by firms and officers, a list proposed."""
