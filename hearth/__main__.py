"""Runs the command: `python -m hearth`."""

from hearth.cli import main

if __name__ == "__main__":
    main()
