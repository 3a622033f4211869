"""What needs a manager's agreement: what waits, the manager's answer, what was sent back."""
