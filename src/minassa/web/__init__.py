"""The only package that speaks HTTP: pages, API, public site."""
