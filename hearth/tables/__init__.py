"""The waist of the hourglass: one schema per kind of event in a child's life, and the codes they use."""
