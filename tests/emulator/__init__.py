# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A stand-in of the Pydantic Logfire management API, for tests and demonstrations.

It is built from what is published and known about the service, never from what a client of it does.
Start it with ``python tests/emulator`` or, inside a test, with :func:`emulator.server.running_emulator`.
"""
