"""Job titles as they are met: recognised by the lexicon in effect, or awaiting a person whose answers feed it."""
