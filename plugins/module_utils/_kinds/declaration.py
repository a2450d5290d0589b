# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the file of a kind declares of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from .field import Field, Scopes

if TYPE_CHECKING:
    from .kind import Kind


class Declaration:
    """The facts of a kind; what these mean is in C(Kind)."""

    name: ClassVar[str]  # the word for one, and the key of results
    title: ClassVar[str] = ""  # the word of messages for one, if it is another
    key: ClassVar[str] = "name"  # the option that names one
    wire_key: ClassVar[str] = "name"  # the member of answers that names one
    has_ids: ClassVar[bool] = True  # False: the API knows an object by its name, which takes the place of the id
    parent: ClassVar[Kind | None] = None  # the kind that its objects lie in; None: in the organization
    scopes: ClassVar[Scopes]
    since: ClassVar[str] = ""  # the first release of the service that has the routes, where it is known
    update_method: ClassVar[str] = "PUT"
    update_query: ClassVar[str] = ""  # follows the path of a change, with its question mark
    answers_updates: ClassVar[bool] = True  # False: the answer to a change is empty, and the list shows the result
    not_creatable: ClassVar[str] = ""  # why the API cannot create one, and what to do about it
    unique: ClassVar[bool] = False  # the API allows no two objects of one name
    exclusive: ClassVar[tuple[tuple[str, ...], ...]] = ()  # options that cannot be given together
    fields: ClassVar[tuple[Field, ...]]
    read_only: ClassVar[tuple[str, ...]]  # members of answers that results hand on as they are
    is_document: ClassVar[bool] = False  # there is one of it, always, and nothing needs to name it
    list_decides: ClassVar[bool] = False  # a 404 may have another reason than that one is gone, which the list tells
    is_optional: ClassVar[bool] = False  # some services, plans and API tokens do without: so does an export
    is_exported: ClassVar[bool] = True  # unless asked for, not part of an export
    keeps_secrets: ClassVar[bool] = False  # the API stores a secret that it shows only masked
    is_listed: ClassVar[bool] = True  # False: the API only shows one by its ID, which those that use it tell
    uses: ClassVar[tuple[Kind, ...]] = ()  # the kinds of the objects that its own refer to
    reference_option: ClassVar[str] = ""  # the option that does
    loss: ClassVar[str] = ""  # what it means for its users when an object is removed, if it is more than its absence
    left_out: ClassVar[str] = ""  # the option that lists say nothing of; it takes a read for each object
    live: ClassVar[tuple[str, ...]] = ()  # such members that only say how it is doing at the moment
