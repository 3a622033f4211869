"""What every page about a child may use: the identity bar and the way between the child's pages."""
