"""Consultations of firms as they are kept: forms, samples, answers, reminders, results under disclosure control."""
