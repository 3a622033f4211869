"""Reading a child's record: who the child is, the areas of work, the journey, the people around the child, on paper."""
