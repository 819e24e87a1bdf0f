"""Consultations of firms: forms read as XLSForms, samples drawn, answers checked, weights, variance."""
