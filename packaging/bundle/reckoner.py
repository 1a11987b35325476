"""Starts the command line in the bundle."""

import os
import sys

from own_folders import keep_caches_apart

keep_caches_apart(os.environ)

from pricing.cli.main import main  # noqa: E402  # numpy reads the environment when it is imported

sys.exit(main())
