#!/bin/sh
# Print a Python of at least 3.11, or say how to get one.
for python in python3.11 python3 python3.12 python3.13 python3.14 python; do
    if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        command -v "$python"
        exit 0
    fi
done
echo "geo needs Python 3.11 or newer: install it, or name it with 'make PYTHON=/path/to/python'" >&2
exit 1
