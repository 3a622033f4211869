"""A made-up authority, calibrated on published distributions."""
