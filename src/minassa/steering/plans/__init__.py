"""Plans of premiums by filière and region: asked on a page, sought by the worker, kept at an address."""
