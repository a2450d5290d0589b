# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Replaces the installer script of pip in ansible-test if that cannot be downloaded.

It is started in a virtual environment without pip, with arguments such as: pip==24.2 --no-setuptools --no-wheel
"""

import subprocess
import sys

PYTHON = sys.executable

subprocess.check_call([PYTHON, "-m", "ensurepip", "--default-pip"], stdout=subprocess.DEVNULL)
if sys.version_info < (3, 12):  # ensurepip also installs setuptools there, which must be removed
    subprocess.check_call([PYTHON, "-m", "pip", "uninstall", "--quiet", "--yes", "setuptools"])

wanted = [argument for argument in sys.argv[1:] if argument not in ("--no-setuptools", "--no-wheel")]
sys.exit(subprocess.call([PYTHON, "-m", "pip", "install", "--quiet", *wanted]))
