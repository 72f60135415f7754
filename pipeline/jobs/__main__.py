"""`python -m pipeline.jobs REGISTRO`: do what pages asked for. The site starts it."""

import sys
from pathlib import Path

from pipeline.jobs.waiting import do_waiting

if __name__ == "__main__":
    do_waiting(Path(sys.argv[1]))
