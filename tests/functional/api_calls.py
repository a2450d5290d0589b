# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The calls of each operation of each module. They are listed only here.

The service limits the number of requests per minute, so an unnecessary call is a defect. The table is for objects of
one kind. The calls of a whole stack are in ``stack/test_stack_calls.py``.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Calls:
    """The reads with which an operation plans, and the calls that apply the plan, which check mode omits.

    ``"project by name: GET projects/"`` is a call that is sent only if the project is given by its name. P is the ID of
    the project that contains an object, ID any other ID, and TYPE is write or read.
    """

    look: tuple[str, ...]
    act: tuple[str, ...] = ()


def _look_and(
    path: str,
    *look: str,
    change: tuple[str, ...] = (),
    create: tuple[str, ...] = (),
    unique: bool = True,
    verb: str = "PUT",
    name: str = "ID",
) -> dict[str, Calls]:
    """Return the operations on an object of a list. ``change`` and ``create`` are the additional reads for these.

    If names are not ``unique``, the list is read again after a creation: another run may have created a duplicate.
    """
    item = f"{path}{name}/"
    return {
        "create": Calls((*look, *create), (f"POST {path}", *([] if unique else [f"GET {path}"]))),
        "no-op": Calls((*look, *change)),
        "update": Calls((*look, *change), (f"{verb} {item}",)),
        # Objects with their name in the path cannot be renamed.
        **({"rename": Calls((*look, *change), (f"{verb} {item}",))} if name == "ID" else {}),
        "delete": Calls(look, (f"DELETE {item}",)),
        "absent": Calls(look),
    }


def _inside(path: str, exchange: str, item: str) -> dict[str, Calls]:
    """Return the operations on an object whose changes require a separate token, which is not part of the calls."""
    look = (f"GET {path}",)
    return {
        "create": Calls(look, (f"POST {path}",)),
        "create and complete": Calls(look, (f"POST {path}", exchange, f"PUT {item}")),
        "no-op": Calls(look),
        "update": Calls(look, (exchange, f"PUT {item}")),
        "rename": Calls(look, (exchange, f"PUT {item}")),
        "delete": Calls(look, (exchange, f"DELETE {item}")),
        "absent": Calls(look),
    }


_PROJECT = "project by name: GET projects/"
_ALERTS = (_PROJECT, "GET projects/P/alerts/")
_DASHBOARDS = (_PROJECT, "GET projects/P/dashboards/")
_SLOS = (_PROJECT, "GET projects/P/slos/")
#: Channels of new alerts are always looked up: their IDs are checked, and their names are returned.
_NEW_CHANNELS = "channels by name|channels by id: GET channels/"
#: The project of a key is optional.
_KEY_PROJECT = "project of the key: GET projects/"
_INVITATIONS = ("GET invitations/", "GET members/")
_TOKENS = "projects/P/TYPE-tokens/"
_LOOK_FOR_TOKENS = (_PROJECT, f"GET {_TOKENS}")
_ROTATE = f"POST {_TOKENS}ID/rotate/"

OPERATIONS: dict[str, dict[str, Calls]] = {
    "project": _look_and("projects/", "GET projects/"),
    "channel": {
        **_look_and("channels/", "GET channels/", unique=False),
        # The error message lists the alerts that use it.
        "delete": Calls(("GET channels/", "GET projects/", "GET projects/P/alerts/"), ("DELETE channels/ID/",)),
        # The API accepts this only in an update.
        "create inactive": Calls(("GET channels/",), ("POST channels/", "PUT channels/ID/", "GET channels/")),
    },
    "organization": _inside(
        "instance/organizations/",
        "POST /api/oauth/token",
        "organization/",
    ),
    "member": {
        "no-op": Calls(("GET members/",)),
        # The response to an update is empty.
        "update": Calls(("GET members/",), ("PATCH members/ID/", "GET members/")),
        # To check whether the API token belongs to the member.
        "delete": Calls(("GET members/", "GET api-keys/"), ("DELETE members/ID/",)),
        "absent": Calls(("GET members/",)),
    },
    "alert": {
        **_look_and(
            "projects/P/alerts/",
            *_ALERTS,
            create=(_NEW_CHANNELS,),
            change=("channels by name: GET channels/",),
            unique=False,
        ),
        "set other channels": Calls((*_ALERTS, _NEW_CHANNELS), ("PUT projects/P/alerts/ID/",)),
    },
    "dashboard": {
        **_look_and("projects/P/dashboards/", *_DASHBOARDS, change=("GET projects/P/dashboards/ID/",)),
        # A new definition contains the name of the project.
        "create": Calls(_DASHBOARDS, ("project by id: GET projects/ID/", "POST projects/P/dashboards/")),
    },
    "slo": {
        **_look_and(
            "projects/P/slos/",
            *_SLOS,
            create=(_NEW_CHANNELS,),
            change=("channels by name: GET channels/",),
            verb="PATCH",
        ),
        "set other channels": Calls((*_SLOS, _NEW_CHANNELS), ("PATCH projects/P/slos/ID/",)),
    },
    # By ID. By name, schedules in use are searched: ``test_schedules`` counts these calls.
    "schedule": {
        "no-op": Calls(("GET schedules/ID/",)),
        "update": Calls(("GET schedules/ID/",), ("PUT schedules/ID/",)),
        "rename": Calls(("GET schedules/ID/",), ("PUT schedules/ID/",)),
        # The error message lists the alerts that use it.
        "delete": Calls(("GET schedules/ID/", "GET projects/", "GET projects/P/alerts/"), ("DELETE schedules/ID/",)),
        "absent": Calls(("GET schedules/ID/",)),
    },
    # Identified by its name, which cannot change.
    "variable": _look_and("projects/P/variables/", _PROJECT, "GET projects/P/variables/", name="agent_config"),
    "gateway_provider": {
        operation: calls
        for operation, calls in _look_and("gateway/providers/", "GET gateway/providers/", verb="PATCH").items()
        if operation != "rename"  # its slug cannot change
    },
    "token": {
        "create": Calls(_LOOK_FOR_TOKENS, (f"POST {_TOKENS}",)),
        "no-op": Calls(_LOOK_FOR_TOKENS),
        "rotate": Calls(_LOOK_FOR_TOKENS, (_ROTATE,)),
        "replace": Calls(_LOOK_FOR_TOKENS, (f"POST {_TOKENS}", f"DELETE {_TOKENS}ID/")),
        "add": Calls(_LOOK_FOR_TOKENS, (f"POST {_TOKENS}",)),
        # Only a rotation lets a token expire later. The new token is not needed.
        "replace with grace": Calls(_LOOK_FOR_TOKENS, (f"POST {_TOKENS}", _ROTATE, f"DELETE {_TOKENS}ID/")),
        "delete": Calls(_LOOK_FOR_TOKENS, (f"DELETE {_TOKENS}ID/",)),
        "absent": Calls(_LOOK_FOR_TOKENS),
        "absent, no file": Calls(()),
    },
    "api_key": {
        **_look_and("api-keys/", _KEY_PROJECT, "GET api-keys/", verb="PATCH"),
        # For different scopes, another project or another expiration.
        "replace": Calls((_KEY_PROJECT, "GET api-keys/"), ("POST api-keys/", "DELETE api-keys/ID/")),
        "add": Calls((_KEY_PROJECT, "GET api-keys/"), ("POST api-keys/",)),
    },
    "invitation": {
        # Members contain the IDs of roles. The response to a creation does not identify the new invitation.
        "no-op": Calls(_INVITATIONS),
        "create": Calls(_INVITATIONS, ("POST invitations/", "GET invitations/")),
    },
    # The modules that only read.
    "invitation_info": {"all": Calls(_INVITATIONS)},
    "project_info": {"all": Calls(("GET projects/",))},
    "organization_info": {"all": Calls(("GET instance/organizations/",))},
    "group_mappings": {
        "no-op": Calls(("GET instance/group-mappings/",)),
        "update": Calls(("GET instance/group-mappings/",), ("PUT instance/group-mappings/",)),
    },
    "group_mappings_info": {"all": Calls(("GET instance/group-mappings/",))},
    "gateway_provider_info": {"all": Calls(("GET gateway/providers/",))},
    "api_key_info": {"all": Calls(("GET api-keys/",))},
    "channel_info": {"all": Calls(("GET channels/",))},
    "member_info": {"all": Calls(("GET members/",))},
    "schedule_info": {"one": Calls(("GET schedules/ID/",))},
    "slo_info": {"all": Calls(_SLOS)},
    "variable_info": {"all": Calls((_PROJECT, "GET projects/P/variables/"))},
    "alert_info": {"all": Calls(_ALERTS), "no such project": Calls(("GET projects/",))},
    "dashboard_info": {
        "all": Calls(_DASHBOARDS),
        "one definition": Calls((*_DASHBOARDS, "GET projects/P/dashboards/ID/")),
        "two definitions": Calls((*_DASHBOARDS, *["GET projects/P/dashboards/ID/"] * 2)),
    },
    "token_info": {
        "one type": Calls(_LOOK_FOR_TOKENS),
        "both types": Calls((_PROJECT, "GET projects/P/write-tokens/", "GET projects/P/read-tokens/")),
    },
}

#: All references are by name.
BY_NAME = ("project by name", "channels by name")


def expected_calls(
    kind: str, operation: str, given: Iterable[str], *, check: bool = False, token_type: str = "write"
) -> list[str]:
    """Return the calls of an operation. ``given`` is how other objects are identified: ``("project by id", ...)``."""
    calls, ways = OPERATIONS[kind][operation], set(given)
    made = []
    for call in calls.look if check else (*calls.look, *calls.act):
        condition, _colon, plain = call.rpartition(": ")
        if not condition or ways & set(condition.split("|")):
            made.append(plain.replace("TYPE", token_type))
    return made


def short(calls: Sequence[str]) -> list[str]:
    """Return calls without the common prefix and IDs: P is the ID of a parent project, ID any other."""
    shorter = [call.replace(" /api/v1/", " ") for call in calls]
    parents = [re.sub(rf"projects/{UUID.pattern}/(?=.)", "projects/P/", call) for call in shorter]
    return [UUID.sub("ID", call) for call in parents]
