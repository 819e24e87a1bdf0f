"""The offer as code: one folder per measure, the declared columns that rules read, the catalogue.

Two doors: `loading.load_offer` gives the offer to evaluate, `catalogue.catalogue` what each measure is. A measure
never imports another: rules meet by their names.
"""
