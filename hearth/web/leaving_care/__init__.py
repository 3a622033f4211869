"""Leaving care: needs assessments, pathway plans, contact, activity, accommodation."""
