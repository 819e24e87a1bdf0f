"""The analyst's pivot: an indicator crossed by two dimensions, two periods side by side, taken away as files."""
