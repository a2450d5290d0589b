# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The attributes that the file of a kind declares."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from .field import Field, Scopes

if TYPE_CHECKING:
    from .kind import Kind


class Declaration:
    """The attributes of a kind, which L(Kind) uses."""

    name: ClassVar[str]  # the noun for one, and the key of results
    title: ClassVar[str] = ""  # the noun for one in messages, if it differs
    key: ClassVar[str] = "name"  # the option that identifies one
    wire_key: ClassVar[str] = "name"  # the member of answers that identifies one
    has_ids: ClassVar[bool] = True  # False: the API identifies an object by its name instead of an ID
    parent: ClassVar[Kind | None] = None  # the kind that contains its objects; None: the organization
    scopes: ClassVar[Scopes]
    since: ClassVar[str] = ""  # the first release of the service that has the routes, if it is known
    update_method: ClassVar[str] = "PUT"
    update_query: ClassVar[str] = ""  # appended to the path of an update, with its question mark
    answers_updates: ClassVar[bool] = True  # False: the answer to an update is empty, and the list shows the result
    not_creatable: ClassVar[str] = ""  # why the API cannot create one, and what to do about it
    unique: ClassVar[bool] = False  # the API allows no two objects of one name
    exclusive: ClassVar[tuple[tuple[str, ...], ...]] = ()  # mutually exclusive options
    fields: ClassVar[tuple[Field, ...]]
    read_only: ClassVar[tuple[str, ...]]  # members of answers that results contain unchanged
    is_document: ClassVar[bool] = False  # exactly one exists, always, without a name
    removal_needs_list: ClassVar[bool] = False  # a 404 does not mean that an object was removed, so the list is checked
    is_optional: ClassVar[bool] = False  # not available with some releases, plans and API tokens: exports skip it then
    is_exported: ClassVar[bool] = True  # False: exported only on demand
    keeps_secrets: ClassVar[bool] = False  # the API stores a secret, and shows it only masked
    is_listed: ClassVar[bool] = True  # False: the API only returns one by its ID, which objects that use it have
    uses: ClassVar[tuple[Kind, ...]] = ()  # the kinds to whose objects its own refer
    reference_option: ClassVar[str] = ""  # the option with these references
    loss: ClassVar[str] = ""  # what the removal of an object means for those that use it, if not obvious
    detail_option: ClassVar[str] = ""  # the option that lists omit; it takes a request for each object
    runtime_fields: ClassVar[tuple[str, ...]] = ()  # members with the current status, which only info modules return
