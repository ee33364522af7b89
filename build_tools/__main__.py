"""Starts Samrapport: `python3 -m build_tools <kommando>`, or `samrapport <kommando>` where installed.

Written so that a Python too old for the rest can still read it and say so.
"""

import sys

OLDEST = (3, 11)


def main() -> int:
    """Give the command its packages, then run it; the exit status is the command's."""
    if sys.version_info < OLDEST:
        needed, found = (".".join(map(str, version[:2])) for version in (OLDEST, sys.version_info))
        sys.stderr.write("Samrapport behöver Python " + needed + " eller senare; det här är " + found + ".\n")
        return 2
    # Not at the top: an older Python cannot read these files, nor any Python the second without packages.
    from build_tools.start import enter

    enter(sys.argv[1:])
    from build_tools.commands import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
