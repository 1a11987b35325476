"""Starts the window in the bundle."""

import sys

from desktop.main import main

sys.exit(main())
