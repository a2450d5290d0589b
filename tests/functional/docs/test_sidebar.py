# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The sidebar of the documentation site has groups, and short names."""

import sys

from playbooks import COLLECTION

sys.path.append(str(COLLECTION / "scripts"))

from sidebar import grouped

INDEX = """Community.Logfire
=================

.. toctree::
    :maxdepth: 1

With other tools
----------------

.. toctree::
    :maxdepth: 1

    docsite/terraform

Role Index
----------

* :ansplugin:`export role <community.logfire.export#role>`

.. toctree::
    :maxdepth: 1
    :hidden:

    export_role
"""


def test_headings_are_captions_and_plugins_have_their_names() -> None:
    wanted = INDEX.replace("1\n\n    docsite", "1\n    :caption: With other tools\n\n    docsite")
    wanted = wanted.replace(":hidden:\n\n    export_role", ":hidden:\n    :caption: Roles\n\n    export <export_role>")
    assert grouped(INDEX) == wanted
