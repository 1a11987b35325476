"""Starts the command line in the bundle."""

import sys

from pricing.cli.main import main

sys.exit(main())
