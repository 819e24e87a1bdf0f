"""The rows of governance, gathered for Django."""
