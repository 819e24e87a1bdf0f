"""AIR: the State bears the income tax of employees above a share of their gross taxable income."""
