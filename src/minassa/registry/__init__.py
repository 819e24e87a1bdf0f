"""Who is who: enterprises, bodies, persons, accounts, and what each may do. Its door is `minassa.registry.public`."""
