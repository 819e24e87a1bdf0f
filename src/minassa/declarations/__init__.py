"""Files that employers already produce: read, checked, kept.

The doors, each of which costs only what it imports:

- `declarations.checking.check` checks files of every kind and keeps nothing;
- `declarations.deposit.deposit` deposits files and folders into a lake;
- `declarations.lake.Lake` reads what was deposited, now or at any former version;
- `declarations.findings` says what a reader has to say about a file;
- `declarations.ebds`, `declarations.simpl_ir` and `declarations.tabular` read and write each kind of file.

The other modules are private to the package.
"""
