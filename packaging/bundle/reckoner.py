"""Starts the command line in the bundle."""

import os
import sys

from surroundings import set_right

set_right(os.environ)

from pricing.cli.main import main  # noqa: E402  # numpy reads the environment when it is imported

sys.exit(main())
