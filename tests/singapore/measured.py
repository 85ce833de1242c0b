# SPDX-License-Identifier: Apache-2.0
"""Runs a command and prints its seconds, those of processor time, and its peak memory in bytes.

    measured.py COMMAND [ARGUMENT...]

A program of its own and small on purpose: on Linux the peak of a child begins with what its parent held.
"""
import os
import subprocess
import sys
import time

begun = time.monotonic()
child = subprocess.Popen(sys.argv[1:])
_, status, used = os.wait4(child.pid, 0)
seconds = time.monotonic() - begun
child.returncode = os.waitstatus_to_exitcode(status)
print(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024)
sys.exit(child.returncode)
