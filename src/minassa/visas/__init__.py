"""Talent Visas: the list of occupations in shortage, quota, fast track of cases, what declarations say after."""
