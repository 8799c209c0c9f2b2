"""``python -m trunkline`` is the ``trunkline`` command."""

from trunkline.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
