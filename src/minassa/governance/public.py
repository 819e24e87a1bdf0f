"""The door of governance: what pages, commands and packages above may call. The rest is private to the package."""
