"""Education: personal education plans, schools, attendance, attainment."""
