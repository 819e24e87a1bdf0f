"""The story of the demonstration nation: its firms, who acts for them, a year of claims, sessions and payments.

Played through the same doors as real people use, chapter by chapter, each in one transaction and told to the journal:
stopped, it goes on with the next chapter. Everything in it is invented.
"""
