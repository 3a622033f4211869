"""How pages look: layout, components, form rendering, words and dates."""
