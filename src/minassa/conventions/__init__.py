"""Conventions between the State and a firm: what it commits itself to, what is paid ahead, what changes it."""
