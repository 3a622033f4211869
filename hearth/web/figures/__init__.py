"""Figures on the pages: the measures of the day for analysts and managers, ten of them for the board."""
