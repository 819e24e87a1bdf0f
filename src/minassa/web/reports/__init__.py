"""Reports of steering: a monthly note, quarterly and yearly reports, as PDF, as an editable file, with their annex."""
