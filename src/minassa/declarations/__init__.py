"""Files that employers already produce: read, checked, kept."""
