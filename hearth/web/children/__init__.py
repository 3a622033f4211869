"""The child and the care: identity, family, care, legal status, placements, workers, plans, reviews, visits."""
