# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Differences between the emulator's OpenAPI document and the published one, with their reasons.

Patterns of the differences that ``test_openapi_difference.py`` finds (``*`` matches anything), with the reason. The
published document is from August 2026. The service has changed since then, as its own client of October 2026 shows,
which rejects responses without these members.
"""

TYPES = "a channel type that the vendor's client knows (October 2026), newer than the document"
ALERTS = "the vendor's client (October 2026) requires it in every answer about an alert"
ORIGIN = "the vendor's client (October 2026) reads it, where an SLO or an integration made the alert"
WRITES = "the vendor's client (October 2026) sends it; older services dropped it"
CHECK = "the vendor's client (October 2026) requires it in the answer to a create and an update"
NULL = "the vendor's client (October 2026) creates a token with the body null, which the published schema does not take"
FRONTEND = "the vendor's client (October 2026) requires it in the list of write tokens"
REFUSED = "the vendor's client (October 2026) expects a 400 here beside the 404"
GRACE = "the vendor's client (October 2026) may send a grace period"
ANYTHING = "anything that JSON can say, null too: the document has a choice of that and null"
PATTERN = "a pattern is text; the document has a choice of it as text and as text that is compiled"
LAYOUT = "optional metadata that the vendor's client (October 2026) reads"

#: Prefixes of the routes of emulated kinds, and routes that are not in the document.
EMULATED = (
    "/v1/api-keys/",
    "/v1/audit-logs/",
    "/v1/billing/",
    "/v1/channels/",
    "/v1/gateway/",
    "/v1/group-mappings/",
    "/v1/instance/group-mappings/",
    "/v1/instance/organizations/",
    "/v1/integrations/",
    "/v1/invitations/",
    "/v1/members/",
    "/v1/organization/",
    "/v1/organizations/",
    "/v1/projects/",
    "/v1/schedules/",
    "/v1/usage/",
)
NOT_PUBLISHED = {
    *(f"{method} /v1/gateway/providers/" for method in ("GET", "POST")),  # the vendor's Terraform provider
    *(f"{method} /v1/gateway/providers/{{provider_id}}/" for method in ("GET", "PATCH", "DELETE")),  # likewise
    "GET /v1/integrations/pagerduty/services/{pagerduty_service_id}/",  # the vendor's Terraform provider
    *(f"{method} /v1/organization/" for method in ("GET", "PUT", "DELETE")),  # the vendor's Terraform provider
    "DELETE /v1/projects/{project_id}/variables/{name}/",  # the vendor's SDK deletes with a similar route
    "POST /v1/schedules/",  # the vendor's Terraform provider
    *(f"{method} /v1/schedules/{{schedule_id}}/" for method in ("GET", "PUT", "DELETE")),  # likewise
    *(f"{method} /v1/projects/{{project_id}}/slos/" for method in ("GET", "POST")),  # the vendor's Terraform provider
    *(f"{method} /v1/projects/{{project_id}}/slos/{{slo_id}}/" for method in ("GET", "PATCH", "DELETE")),  # likewise
}

#: Routes of these kinds that are not emulated.
MISSING = {
    "POST /v1/organizations/{organization_id}/invitations/",  # deprecated, and nothing in the collection uses it
}

DIFFERENCES: dict[str, str] = {
    "+ POST */organizations/ body/schema/members/creation_intent": (
        "the vendor's client (October 2026) sends it; it is for the hosted service"
    ),
    "+ GET */group-mappings/ answers/*/api_mapping_status": "the vendor's client (October 2026) requires it in a read",
    "+ * */api-keys/* */scopes/items/values/*": "scopes that the vendor's client (October 2026) knows",
    "+ GET /v1/audit-logs/* */values/SSO_SIGN_IN_ATTEMPT": "an action that the vendor's client (October 2026) knows",
    "+ * */config/choices/email": TYPES,
    "+ * */config/choices/pagerduty": TYPES,
    "+ * */config/choices/pagerduty-integration": TYPES,
    "+ * */config/choices/slack-integration": TYPES,
    "+ * */config/choices/web-push": TYPES,
    "+ PUT /v1/channels/{channel_id}/ body/schema/members/config/choices/any/choices/email": TYPES,
    "+ PUT /v1/channels/{channel_id}/ body/schema/members/config/choices/any/choices/pagerduty": TYPES,
    "+ PUT /v1/channels/{channel_id}/ body/schema/members/config/choices/any/choices/pagerduty-integration": TYPES,
    "+ PUT /v1/channels/{channel_id}/ body/schema/members/config/choices/any/choices/slack-integration": TYPES,
    "+ PUT /v1/channels/{channel_id}/ body/schema/members/config/choices/any/choices/web-push": TYPES,
    "+ * */alerts/* answers/*/environments": ALERTS,
    "+ * */alerts/* answers/*/channel_assignments": ALERTS,
    "+ * */alerts/* answers/*/snoozed_until": ALERTS,
    "+ * */alerts/* answers/*/suppression": ALERTS,
    "+ * */alerts/* answers/*/integration_id": ORIGIN,
    "+ * */alerts/* answers/*/slo_id": ORIGIN,
    "+ * */alerts/* answers/*/slo_bucket_tier": ORIGIN,
    "+ * */alerts/* answers/*/slo_tier": ORIGIN,
    "+ * */alerts/* answers/*/slo_tier_viable": ORIGIN,
    "+ GET */alerts/* answers/*/fired": "the vendor's client (October 2026) requires it in the list and by id",
    "+ POST */alerts/ answers/*/query_check": CHECK,
    "+ PUT */alerts/* answers/*/query_check": CHECK,
    "+ POST */alerts/ body/schema/members/environments": WRITES,
    "+ PUT */alerts/* body/schema/members/environments": WRITES,
    "+ POST */alerts/ body/schema/members/query/type": "a query is text, as its update and its answers have it",
    "+ POST */read-tokens/ body/schema/choices": NULL,
    "- POST */read-tokens/ body/schema/members": NULL,
    "- POST */read-tokens/ body/schema/type": NULL,
    "- POST */read-tokens/ body/schema/default": NULL,
    "+ POST */write-tokens/ body/schema/choices": NULL,
    "- POST */write-tokens/ body/schema/members": NULL,
    "- POST */write-tokens/ body/schema/type": NULL,
    "- POST */write-tokens/ body/schema/default": NULL,
    "+ GET */write-tokens/ answers/*/frontend_application_id": FRONTEND,
    "+ GET */write-tokens/ answers/*/frontend_application_name": FRONTEND,
    "+ GET */write-tokens/ answers/*/frontend_application_deleted": FRONTEND,
    "+ POST */write-tokens/{token_id}/rotate/ body": GRACE,
    "+ POST */write-tokens/{token_id}/rotate/ answers/*/previous_token_expires_at": (
        "the vendor's client (October 2026) requires it in the answer to a rotation"
    ),
    "+ POST */write-tokens/{token_id}/rotate/ answers/400": REFUSED,
    "+ PATCH */write-tokens/{token_id}/expire/ answers/400": REFUSED,
    "+ DELETE */write-tokens/{token_id}/ answers/400": REFUSED,
    "+ PUT */dashboards/{dashboard_id}/ parameters/query replace_layout": (
        "the vendor's client (October 2026) knows the parameter"
    ),
    "+ GET */dashboards/{dashboard_id}/ answers/*/layoutUpdatedAt": LAYOUT,
    "+ POST */dashboards/ answers/*/layoutUpdatedAt": LAYOUT,
    "+ PUT */dashboards/{dashboard_id}/ answers/*/layoutUpdatedAt": LAYOUT,
    "? * */variables/* answers/*/json_schema/choices/*": ANYTHING,
    "? * */variables/* answers/*/template_inputs_schema/choices/*": ANYTHING,
    "? GET */variables/* answers/*/members/pattern/*": PATTERN,
    "+ POST */variables/ body/schema/members/initial_serialized_value": (
        "the vendor's client (October 2026) may send the first version's value"
    ),
}
