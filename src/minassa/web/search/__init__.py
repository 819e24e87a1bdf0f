"""One box that finds enterprises, cases and persons, among what the person may see."""
