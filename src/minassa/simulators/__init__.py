"""The five agencies of the demonstration, each a process of its own with its own data, that can be told to misbehave.

`python -m minassa.simulators CODE --port N`. An agency knows the platform only as a real one would: signed messages in
both directions, over HTTP, by the client of `minassa.client`. Its firms, debts and attestations are invented.
"""
