"""Landing pages of those who see one area of every child's record: placements, participation."""
