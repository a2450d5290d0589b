# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run a command, and write its time and memory to a file, as JSON: launch.py FILE COMMAND...

Linux counts the memory of the process that starts a command as the command's own. That of this program is small.
"""

import json
import os
import sys
import time

report, *command = sys.argv[1:]
start = time.perf_counter()
process = os.posix_spawnp(command[0], command, os.environ)
_pid, status, usage = os.wait4(process, 0)
seconds = time.perf_counter() - start
with open(report, "w") as file:
    json.dump({"seconds": round(seconds, 3), "memory": round(usage.ru_maxrss / 1024, 1)}, file)
sys.exit(os.waitstatus_to_exitcode(status))
