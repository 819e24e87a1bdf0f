"""Template tags of the platform: `{% load minassa %}`."""
