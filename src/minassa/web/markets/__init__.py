"""Pages of markets: attractiveness under weights, figures with sources, events, leads and what becomes of them."""
