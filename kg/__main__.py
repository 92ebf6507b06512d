"""`python -m kg` is the same program as the `kg` command."""

from kg.cli import main

if __name__ == "__main__":
    main()
