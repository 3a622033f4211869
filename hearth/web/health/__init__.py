"""Health: assessments, checks, strengths and difficulties, substance misuse."""
