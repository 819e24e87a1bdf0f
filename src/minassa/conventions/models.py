"""The rows of conventions, gathered for Django."""
