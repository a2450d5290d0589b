#!/usr/bin/python
# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: logfire_stack
short_description: Manage a whole organization of Pydantic Logfire in one task
version_added: 1.0.0
description:
  - Ensures that the channels and projects of an organization, and the alerts and dashboards of the projects, match a
    description.
  - The module reads all objects concurrently, with few API calls, and plans all changes before it makes any. Objects
    are handled exactly as by the individual modules.
  - Dependencies are created first and deleted last. If an object fails, only the objects that depend on it are skipped,
    and only if it does not exist. The task fails at the end and reports all failures.
  - If several alerts or channels have the same name, only objects that refer to that name fail. To resolve this, list
    the duplicates by their IDs with O(projects[].alerts[].state=absent) or O(channels[].state=absent), or use O(prune).
  - Two alerts or channels can swap their names if both are described by their IDs.
author:
  - community.logfire contributors (@ansible-collections)
extends_documentation_fragment:
  - community.logfire.attributes
  - community.logfire.connection
options:
  channels:
    description:
      - The notification channels of the organization. See M(community.logfire.logfire_channel) for details about the
        options.
      - If omitted, the channels are not managed.
    type: list
    elements: dict
    suboptions:
      name:
        description:
          - Name of the channel. Required if O(channels[].id) is not set.
        type: str
      id:
        description:
          - ID of an existing channel.
        type: str
      config:
        description:
          - Configuration of the channel. If a secret is omitted, the stored one is kept.
        type: dict
        suboptions:
          type:
            description:
              - Type of the channel. It can be changed.
            type: str
            required: true
            choices:
              - webhook
              - opsgenie
              - pagerduty
              - pagerduty-integration
              - slack-integration
              - email
              - notification
              - web-push
          format:
            description:
              - Format of the notification, for V(webhook). If omitted, a new channel uses V(auto).
            type: str
            choices:
              - auto
              - slack-blockkit
              - slack-legacy
              - raw-data
          url:
            description:
              - URL of the webhook, for V(webhook). Required for a new channel. A secret.
            type: str
          auth_key:
            description:
              - Key of the Opsgenie API, for V(opsgenie). Required for a new channel. A secret.
            type: str
          base_url:
            description:
              - URL of the Opsgenie API, for V(opsgenie). Set to an empty string to remove it.
            type: str
          routing_key:
            description:
              - Key of a PagerDuty integration (Events API v2), for V(pagerduty). Required for a new channel. A secret.
            type: str
          region:
            description:
              - Region of the PagerDuty account, for V(pagerduty), and for V(pagerduty-integration) with
                O(channels[].config.pagerduty_service_id). If omitted, a new channel and the lookup of the service use
                V(us).
            type: str
            choices:
              - us
              - eu
          install_id:
            description:
              - ID of the installed integration, for V(pagerduty-integration) and V(slack-integration).
            type: str
          channel_id:
            description:
              - ID of the Slack channel, such as V(C0123456789), for V(slack-integration). The bot must be in the
                channel.
            type: str
          service_id:
            description:
              - ID of the PagerDuty service in Logfire, for V(pagerduty-integration).
            type: str
          pagerduty_service_id:
            description:
              - ID of the service in PagerDuty, such as V(PABC123), for V(pagerduty-integration).
              - The module uses it to look up O(channels[].config.install_id) and O(channels[].config.service_id).
              - Requires O(channels[].config.account_subdomain).
            type: str
            version_added: 1.1.0
          account_subdomain:
            description:
              - Subdomain of the PagerDuty account, such as V(acme) for C(acme.pagerduty.com). Required with
                O(channels[].config.pagerduty_service_id).
            type: str
            version_added: 1.1.0
          include_agent_prompt:
            description:
              - Whether notifications include a prompt for coding agents, for V(slack-integration).
            type: bool
          recipients:
            description:
              - Recipients of the notification. E-mail addresses for V(email), user IDs for V(notification) and
                V(web-push). The order does not matter.
            type: list
            elements: str
      active:
        description:
          - Whether the channel sends notifications.
        type: bool
      update_secret:
        description:
          - When to send the secret of the configuration to an existing channel.
        type: str
        choices:
          - on_drift
          - always
          - on_create
        default: on_drift
      state:
        description:
          - Whether the channel should exist.
        type: str
        choices:
          - present
          - absent
        default: present
  projects:
    description:
      - The projects of the organization, with their contents. See M(community.logfire.logfire_project) for details
        about the options.
      - Projects that are not listed are not changed.
    type: list
    elements: dict
    suboptions:
      name:
        description:
          - Name of the project. Required if O(projects[].id) is not set.
        type: str
      id:
        description:
          - ID of an existing project.
        type: str
      description:
        description:
          - Description of the project. Set to an empty string to remove it.
        type: str
      visibility:
        description:
          - Who in the organization can see the project.
        type: str
        choices:
          - private
          - public
      state:
        description:
          - Whether the project should exist.
        type: str
        choices:
          - present
          - absent
        default: present
      alerts:
        description:
          - The alerts of the project. See M(community.logfire.logfire_alert) for details about the options.
          - If omitted, these objects are not managed.
        type: list
        elements: dict
        suboptions:
          name:
            description:
              - Name of the alert. Required if O(projects[].alerts[].id) is not set.
            type: str
          id:
            description:
              - ID of an existing alert.
            type: str
          description:
            description:
              - Description of the alert, for example what it means and how to respond. Set to an empty string to remove
                it.
            type: str
          query:
            description:
              - The SQL query. Required to create an alert.
            type: str
          time_window:
            description:
              - Time range that the query covers, from V(1m) to V(30d). Required to create an alert.
            type: str
          frequency:
            description:
              - How often the query runs, from V(1m) to V(24h). Required to create an alert.
            type: str
          watermark:
            description:
              - How long to wait for late data, up to V(24h). If omitted, a new alert uses V(10s).
            type: str
          notify_when:
            description:
              - When to notify. If omitted, a new alert uses V(has_matches).
            type: str
            choices:
              - has_matches
              - has_matches_changed
              - matches_changed
              - starts_having_matches
          channels:
            description:
              - Names or IDs of all channels that the alert notifies. This includes channels that O(channels) describes.
              - Set to an empty list to remove all channels. A null or empty item is an error.
            type: list
            elements: str
          channel_assignments:
            description:
              - All channels that the alert notifies, with their delivery schedules. Mutually exclusive with
                O(projects[].alerts[].channels).
            type: list
            elements: dict
            suboptions:
              channel:
                description:
                  - Name or ID of the channel. Each channel can be listed once.
                type: str
                required: true
              schedule:
                description:
                  - Name of the delivery schedule in which the channel is notified. See
                    M(community.logfire.logfire_schedule).
                  - The name is found only if an alert or SLO already uses the schedule, or if O(schedules) describes
                    it.
                  - Mutually exclusive with O(projects[].alerts[].channel_assignments[].schedule_id).
                type: str
                version_added: 1.1.0
              schedule_id:
                description:
                  - ID of a delivery schedule. Without a schedule, the channel is always notified.
                type: str
          environments:
            description:
              - The environments that the alert evaluates. Set to an empty list for all environments.
            type: list
            elements: str
          active:
            description:
              - Whether the alert is evaluated.
            type: bool
          state:
            description:
              - Whether the alert should exist.
            type: str
            choices:
              - present
              - absent
            default: present
      dashboards:
        description:
          - The dashboards of the project. See M(community.logfire.logfire_dashboard) for details about the options.
          - If omitted, these objects are not managed.
        type: list
        elements: dict
        suboptions:
          slug:
            description:
              - Slug of the dashboard. Required if O(projects[].dashboards[].id) is not set.
            type: str
          id:
            description:
              - ID of an existing dashboard.
            type: str
          name:
            description:
              - Display name of the dashboard.
            type: str
          definition:
            description:
              - The dashboard as a Perses document. A JSON string is accepted, too. Required to create a dashboard.
            type: dict
          state:
            description:
              - Whether the dashboard should exist.
            type: str
            choices:
              - present
              - absent
            default: present
      variables:
        description:
          - The managed variables of the project. See M(community.logfire.logfire_variable) for details about the
            options.
          - If omitted, these objects are not managed.
        type: list
        elements: dict
        version_added: 1.1.0
        suboptions:
          name:
            description:
              - Name of the variable.
            type: str
            required: true
          description:
            description:
              - Description of the variable. Set to an empty string to remove it.
            type: str
          json_schema:
            description:
              - JSON schema of the values. Set to an empty dictionary to remove it.
            type: dict
          labels:
            description:
              - All labels of the variable, by name. Each label is a dictionary with either C(value) or C(ref).
              - C(value) is the value of the label, of any JSON type. Values are compared as JSON. A new version is
                created only if the value differs.
              - C(ref) is the name of another label, V(latest) or V(code_default).
              - A label that is not listed is removed if the service supports this. Otherwise the module warns.
            type: dict
          rollout:
            description:
              - Weight of each label, from V(0) to V(1). The sum must not exceed V(1). The remaining share uses the
                default in the code of the application.
              - Set to an empty dictionary to always use the default in the code.
            type: dict
          overrides:
            description:
              - Rollouts that apply only if conditions are met. The first override whose conditions are all met is used.
              - Set to an empty list to remove all overrides.
            type: list
            elements: dict
            suboptions:
              name:
                description:
                  - Name of the override, for information only. The API does not return it, so a change of the name
                    alone is not detected.
                type: str
              description:
                description:
                  - Description of the override, for information only. The API does not return it, so a change of the
                    description alone is not detected.
                type: str
              conditions:
                description:
                  - The conditions, all of which must be met.
                type: list
                elements: dict
                required: true
                suboptions:
                  kind:
                    description:
                      - How to compare the attribute. V(value-equals) and V(value-does-not-equal) use C(value).
                        V(value-is-in) and V(value-is-not-in) require C(values). V(value-matches-regex) and
                        V(value-does-not-match-regex) require C(pattern). V(key-is-present) and V(key-is-not-present)
                        allow none of these.
                    type: str
                    required: true
                  attribute:
                    description:
                      - Name of the attribute.
                    type: str
                    required: true
                  value:
                    description:
                      - Value to compare with, of any JSON type. If omitted, the value is JSON null.
                    type: raw
                  values:
                    description:
                      - List of values to compare with, of any JSON type.
                    type: raw
                  pattern:
                    description:
                      - Regular expression to match.
                    type: str
              rollout:
                description:
                  - Weight of each label if the conditions are met.
                type: dict
                required: true
          aliases:
            description:
              - Other names by which applications find the variable, such as an earlier name. The order does not matter.
              - Set to an empty list to remove all aliases.
            type: list
            elements: str
          example:
            description:
              - Example of a value, as JSON text. Set to an empty string to remove it.
            type: str
          external:
            description:
              - Whether API tokens with the scope C(project:read_external_variables) can read the variable.
              - The API does not return this setting. It is sent when the variable is created, and together with any
                other change. A change of this option alone is not detected.
            type: bool
          state:
            description:
              - Whether the variable should exist.
              - If the service cannot delete variables, V(absent) fails.
            type: str
            choices:
              - present
              - absent
            default: present
      slos:
        description:
          - The SLOs of the project. See M(community.logfire.logfire_slo) for details about the options.
          - If omitted, these objects are not managed.
        type: list
        elements: dict
        version_added: 1.1.0
        suboptions:
          name:
            description:
              - Name of the SLO. Required if O(projects[].slos[].id) is not set.
            type: str
          id:
            description:
              - ID of an existing SLO.
            type: str
          description:
            description:
              - Description of the SLO. Set to an empty string to remove it.
            type: str
          scope_kind:
            description:
              - What the SLO covers, a service or an LLM provider. If omitted, a new SLO uses V(service).
              - Cannot be changed, because the history of the error budget would be lost.
            type: str
            choices:
              - service
              - provider
          scope_value:
            description:
              - Name of the service, or slug of the LLM provider, such as V(openai). Required to create an SLO.
              - Cannot be changed, because the history of the error budget would be lost.
            type: str
          source:
            description:
              - What is counted. If omitted, a new SLO uses V(records).
            type: str
            choices:
              - records
              - metrics
          metric_aggregation:
            description:
              - How metrics are counted. If omitted, a new SLO uses V(additive).
              - V(histogram_threshold) requires O(projects[].slos[].source=metrics), O(projects[].slos[].threshold) and
                O(projects[].slos[].comparison). O(projects[].slos[].bad_query) is not allowed.
              - All other values require O(projects[].slos[].bad_query). O(projects[].slos[].threshold) and
                O(projects[].slos[].comparison) are not allowed.
            type: str
            choices:
              - additive
              - gauge_fraction
              - counter_rate
              - histogram_threshold
          total_query:
            description:
              - SQL condition that selects everything that is counted. Required to create an SLO.
            type: str
          bad_query:
            description:
              - SQL condition that selects the bad part of what is counted. Required to create an SLO, unless
                O(projects[].slos[].metric_aggregation=histogram_threshold).
            type: str
          threshold:
            description:
              - Number that separates good values from bad values in a histogram. Quote the number.
            type: str
          comparison:
            description:
              - Whether good values are less than or greater than O(projects[].slos[].threshold).
            type: str
            choices:
              - less_than
              - greater_than
          target_percent:
            description:
              - Target percentage of good results, greater than 0 and less than 100, such as V(99.9). Required to create
                an SLO.
              - Numbers are compared by value, so V(99.9) equals V(99.9000).
            type: str
          rolling_window:
            description:
              - Time over which the target applies, from V(1h) to V(90d). Required to create an SLO.
              - Your plan may allow less.
            type: str
          environments:
            description:
              - The environments that the SLO covers. The order does not matter. Set to an empty list for all
                environments.
              - A null or empty item is an error.
            type: list
            elements: str
          alerts:
            description:
              - Channels of the three alerts that the service creates for the SLO. If omitted, the existing channels are
                kept.
              - Requires release v2026-09-23.01 of Logfire or later. Older releases ignore the channels, and the task
                then fails.
            type: dict
            suboptions:
              fast:
                description:
                  - The alert for an error budget that is consumed fast. Its severity is V(page).
                  - If omitted, its channels are kept.
                type: dict
                suboptions:
                  channels:
                    description:
                      - Names or IDs of all channels that the alert notifies. Set to an empty list to remove all
                        channels.
                      - Channels that are already assigned keep their schedule.
                    type: list
                    elements: str
                  channel_assignments:
                    description:
                      - All channels that the alert notifies, with their delivery schedules. Mutually exclusive with
                        O(projects[].slos[].alerts.fast.channels).
                    type: list
                    elements: dict
                    suboptions:
                      channel:
                        description:
                          - Name or ID of the channel. Each channel can be listed once.
                        type: str
                        required: true
                      schedule:
                        description:
                          - Name of the delivery schedule in which the channel is notified. See
                            M(community.logfire.logfire_schedule).
                          - The name is found only if an alert or SLO already uses the schedule, or if O(schedules)
                            describes it.
                          - Mutually exclusive with O(projects[].slos[].alerts.fast.channel_assignments[].schedule_id).
                        type: str
                        version_added: 1.1.0
                      schedule_id:
                        description:
                          - ID of a delivery schedule. Without a schedule, the channel is always notified.
                        type: str
              medium:
                description:
                  - The alert for an error budget that is consumed at a medium rate. Its severity is V(page).
                  - If omitted, its channels are kept.
                type: dict
                suboptions:
                  channels:
                    description:
                      - Names or IDs of all channels that the alert notifies. Set to an empty list to remove all
                        channels.
                      - Channels that are already assigned keep their schedule.
                    type: list
                    elements: str
                  channel_assignments:
                    description:
                      - All channels that the alert notifies, with their delivery schedules. Mutually exclusive with
                        O(projects[].slos[].alerts.medium.channels).
                    type: list
                    elements: dict
                    suboptions:
                      channel:
                        description:
                          - Name or ID of the channel. Each channel can be listed once.
                        type: str
                        required: true
                      schedule:
                        description:
                          - Name of the delivery schedule in which the channel is notified. See
                            M(community.logfire.logfire_schedule).
                          - The name is found only if an alert or SLO already uses the schedule, or if O(schedules)
                            describes it.
                          - Mutually exclusive with
                            O(projects[].slos[].alerts.medium.channel_assignments[].schedule_id).
                        type: str
                        version_added: 1.1.0
                      schedule_id:
                        description:
                          - ID of a delivery schedule. Without a schedule, the channel is always notified.
                        type: str
              slow:
                description:
                  - The alert for an error budget that is consumed slowly. Its severity is V(ticket).
                  - If omitted, its channels are kept.
                type: dict
                suboptions:
                  channels:
                    description:
                      - Names or IDs of all channels that the alert notifies. Set to an empty list to remove all
                        channels.
                      - Channels that are already assigned keep their schedule.
                    type: list
                    elements: str
                  channel_assignments:
                    description:
                      - All channels that the alert notifies, with their delivery schedules. Mutually exclusive with
                        O(projects[].slos[].alerts.slow.channels).
                    type: list
                    elements: dict
                    suboptions:
                      channel:
                        description:
                          - Name or ID of the channel. Each channel can be listed once.
                        type: str
                        required: true
                      schedule:
                        description:
                          - Name of the delivery schedule in which the channel is notified. See
                            M(community.logfire.logfire_schedule).
                          - The name is found only if an alert or SLO already uses the schedule, or if O(schedules)
                            describes it.
                          - Mutually exclusive with O(projects[].slos[].alerts.slow.channel_assignments[].schedule_id).
                        type: str
                        version_added: 1.1.0
                      schedule_id:
                        description:
                          - ID of a delivery schedule. Without a schedule, the channel is always notified.
                        type: str
          state:
            description:
              - Whether the SLO should exist.
            type: str
            choices:
              - present
              - absent
            default: present
  members:
    description:
      - Members of the organization, with their roles. See M(community.logfire.logfire_member) for details about the
        options.
      - The API cannot add members. If no member has the e-mail address, the task fails.
      - If omitted, the members are not managed.
    type: list
    elements: dict
    version_added: 1.1.0
    suboptions:
      email:
        description:
          - E-mail address of the member. Required if O(members[].id) is not set.
        type: str
      id:
        description:
          - ID of the user.
        type: str
      role:
        description:
          - Role in the organization. If omitted, the role is not changed.
        type: str
        choices:
          - admin
          - member
          - guest
          - billing
      state:
        description:
          - V(present) sets the role of the member. V(absent) removes the member. The last admin cannot be removed.
        type: str
        choices:
          - present
          - absent
        default: present
  schedules:
    description:
      - Delivery schedules. See M(community.logfire.logfire_schedule) for details about the options.
      - The API has no list of schedules. A schedule without O(schedules[].id) must already be in use, or an alert or
        SLO of the description must use it. Otherwise, each run would create another schedule.
      - Schedules are never pruned.
    type: list
    elements: dict
    version_added: 1.1.0
    suboptions:
      name:
        description:
          - Name of the schedule. Required if O(schedules[].id) is not set.
        type: str
      id:
        description:
          - ID of an existing schedule. With the ID, the module does not need to read the alerts and SLOs of all
            projects.
        type: str
      timezone:
        description:
          - IANA name of the time zone of the times, such as V(Europe/London). Required to create a schedule.
        type: str
      windows:
        description:
          - The times at which channels are notified. Replaces all windows of the schedule. Required to create a
            schedule.
        type: list
        elements: dict
        suboptions:
          days:
            description:
              - Days of the week, from V(1) (Monday) to V(7) (Sunday), or from V(mon) to V(sun).
            type: list
            elements: str
            required: true
          start:
            description:
              - When the window starts, as C(HH:MM) or C(HH:MM:SS), in quotes.
            type: str
            required: true
          end:
            description:
              - When the window ends, as C(HH:MM) or C(HH:MM:SS), in quotes.
            type: str
            required: true
      state:
        description:
          - Whether the schedule should exist.
        type: str
        choices:
          - present
          - absent
        default: present
  prune:
    description:
      - Kinds of objects to prune. Objects of these kinds that are not described are deleted.
      - V(alerts), V(dashboards), V(variables) and V(slos) are pruned only in the described projects that contain the
        list, even if the list is empty. Alerts of SLOs and of integrations are never pruned.
      - V(channels) and V(projects) are pruned in the organization. This requires O(channels) and O(projects),
        respectively. A project is deleted with everything in it.
      - If several alerts or channels have a name that is described, the oldest one is kept.
      - Nothing is pruned if an object could not be created or updated. Objects of a kind are not pruned if none of the
        described objects of that kind exists, because the API token may belong to another organization. RV(not_tried)
        lists the objects that were not pruned.
    type: list
    elements: str
    choices:
      - channels
      - members
      - projects
      - alerts
      - dashboards
      - variables
      - slos
    default: []
  prune_limit:
    description:
      - Maximum number of objects that O(prune) may delete. If it would delete more, the task fails without any change.
        The alerts and dashboards of a deleted project count, too, including the alerts of its SLOs.
    type: int
    default: 20
  prune_projects_limit:
    description:
      - Maximum number of projects that O(prune) may delete. If it would delete more, the task fails without any change.
      - A project is deleted with its alerts and dashboards, which the plan shows, and with all its telemetry.
    type: int
    default: 0
    version_added: 1.1.0
  strict:
    description:
      - Whether check mode fails if a channel does not exist. By default, check mode assumes that an earlier task
        creates it, and warns.
      - If O(channels) is set, a name that is neither listed there nor exists is always an error.
      - Placeholder IDs that earlier tasks of the same check run returned are accepted.
    type: bool
    default: false
    version_added: 1.1.0
  unset:
    description:
      - How to handle options that are omitted from a described object.
      - V(keep) keeps the existing value.
      - V(default) resets the option to the default of a new object, so that the description is complete. For example,
        if C(environments) or C(description) is removed from a file, it is also removed from the object.
    type: str
    choices:
      - keep
      - default
    default: keep
    version_added: 1.1.0
  fingerprints:
    description:
      - Path to a file on the host where the module runs. The module stores in it a fingerprint of the last secret that
        it sent to each channel. With it, O(channels[].update_secret=on_drift) also detects a changed secret whose
        visible part is the same, such as a rotated webhook URL of the same host.
      - A secret that has no fingerprint in the file is sent, which creates the fingerprint.
      - Fingerprints are salted and hashed with scrypt. The file can be kept under version control with the description.
      - The directory must exist. The file is written after the API accepts a secret, and never in check mode.
    type: path
    version_added: 1.1.0
  mode:
    description:
      - Permissions of the O(fingerprints) file, as an octal number such as V('0644').
    type: raw
    default: "0600"
    version_added: 1.1.0
  organization:
    description:
      - Name of the organization that the description belongs to. If the projects that the API token can see belong to
        another organization, the task fails without any change.
      - If there are no projects, the organization cannot be identified, and the module warns.
    type: str
    version_added: 1.1.0
  expected_plan:
    description:
      - The RV(plan_digest) of the approved plan, which an earlier run in check mode returned. If omitted, any plan is
        applied.
      - If the plan of this run differs, the task fails without any change. The message lists the objects and actions of
        the current plan.
      - If somebody else changes an object during the run so that a different change would be necessary, the module does
        not change the object and reports it as failed.
      - If there is nothing to change, the task does not fail.
      - Both runs must use the same version of the collection.
    type: str
    version_added: 1.1.0
  preview:
    description:
      - Before any write, run the query of each alert that would be created or changed, and return whether the alert
        would fire now.
      - As in the service, the query covers the O(projects[].alerts[].time_window) that ends
        O(projects[].alerts[].watermark) before now, in the O(projects[].alerts[].environments).
      - If the service rejects the query or does not respond, the task fails before any write.
      - Check mode also runs the queries. The queries run concurrently, within the limit of O(concurrency).
      - Queries of a project that does not exist yet are skipped.
    type: dict
    version_added: 1.1.0
    suboptions:
      read_tokens:
        description:
          - Read tokens of the projects. The keys are names or IDs of projects. Required if O(preview.read_token_path)
            is not set.
        type: dict
      read_token_path:
        description:
          - Path to the file that contains the read token of a project. The path must contain V({project}), which is
            replaced by the name of the project, for example V(/etc/logfire/{project}.token).
          - Used for projects that are not listed in O(preview.read_tokens).
        type: path
      limit:
        description:
          - Maximum number of rows that a query returns, from V(1) to V(100).
        type: int
        default: 10
      timeout:
        description:
          - How long to wait for the result of one query, in seconds. If omitted, the O(timeout) of the task applies.
        type: float
  backup:
    description:
      - Whether to back up the affected objects to O(backup_directory) before they are changed.
      - No backup is written if nothing changes, or in check mode.
      - The backup has the layout of M(community.logfire.logfire_stack_files). If an object in a list is created,
        updated or deleted, the backup contains the whole list. It also contains all projects with their options. To
        learn how to apply a backup, see the guide on reviewed changes below.
      - The backup contains no secrets, tokens or telemetry.
      - Lists that the run reads anyway require no additional API call. A backup of alerts takes one call for the list
        of channels, and a backup of dashboards takes one call for each dashboard of the project that is not described.
        If a channel is deleted, the alerts and the SLOs of all projects are read. If a project is deleted, everything
        in it is read.
      - Requires the Python library PyYAML on the host where the module runs.
    type: bool
    default: false
    version_added: 1.1.0
  backup_directory:
    description:
      - Directory on the host where the module runs. Each backup is a new directory in it, named after the time (UTC)
        and the plan. The directory is created if it does not exist. Required if O(backup) is V(true).
      - The umask of the user determines the permissions of new files and directories.
    type: path
    version_added: 1.1.0
  concurrency:
    description:
      - Maximum number of concurrent requests, from V(1) to V(64).
      - If the service asks one request to wait, all requests wait.
    type: int
    default: 8
seealso:
  - module: community.logfire.logfire_stack_info
  - module: community.logfire.logfire_channel
  - module: community.logfire.logfire_project
  - module: community.logfire.logfire_alert
  - module: community.logfire.logfire_dashboard
  - module: community.logfire.logfire_variable
  - module: community.logfire.logfire_slo
  - ref: ansible_collections.community.logfire.docsite.configuration_as_code
    description: How to keep an organization as reviewed files and apply them.
  - ref: ansible_collections.community.logfire.docsite.gitops
    description: How to review changes, approve plans and use backups.
notes:
  - A run that changes nothing makes one call for the list of projects, one for the list of channels, one for the list
    of alerts and one for the list of dashboards of each project that describes any, and one for each dashboard
    described.
  - If two runs apply the same description at the same time, objects that the API keeps unique (names of projects, slugs
    of dashboards) are created once. The API allows duplicate names of alerts and channels, so the module reads their
    lists again after creating one. The older duplicate is kept and updated, and the run that created the newer one
    deletes it.
"""

EXAMPLES = r"""
---
- name: Ensure an organization matches a description
  community.logfire.logfire_stack:
    channels:
      - name: ops-slack
        config:
          type: webhook
          format: slack-blockkit
          url: "{{ vault_slack_url }}"
    projects:
      - name: shop
        visibility: private
        alerts:
          - name: Checkout errors
            query: "SELECT trace_id FROM records WHERE is_exception AND service_name = 'checkout'"
            time_window: 5m
            frequency: 1m
            channels:
              - ops-slack
        dashboards:
          - slug: overview
            name: Overview
            definition: "{{ lookup('ansible.builtin.file', 'overview.json') }}"
      - name: warehouse

- name: Plan a change
  community.logfire.logfire_stack:
    projects:
      - name: shop
        alerts:
          - name: Checkout errors
            time_window: 30m
  check_mode: true
  register: plan

- name: Apply the change only if the plan is still the same
  community.logfire.logfire_stack:
    projects:
      - name: shop
        alerts:
          - name: Checkout errors
            time_window: 30m
    expected_plan: "{{ plan.plan_digest }}"

- name: Check whether alerts would fire now before they are changed
  community.logfire.logfire_stack:
    projects:
      - name: shop
        alerts:
          - name: Checkout errors
            time_window: 15m
    preview:
      read_tokens:
        shop: "{{ vault_logfire_read_token }}"
  register: plan

- name: Show the changes and the results of the queries
  ansible.builtin.debug:
    msg: "{{ plan.changes }}"

- name: Delete the alerts of a project that are not described
  community.logfire.logfire_stack:
    projects:
      - name: shop
        alerts:
          - name: Checkout errors
            time_window: 10m
    prune:
      - alerts
    prune_limit: 5

- name: Delete a project and a channel
  community.logfire.logfire_stack:
    channels:
      - name: ops-slack
        state: absent
    projects:
      - name: shop
        state: absent
"""

RETURN = r"""
---
summary:
  description: Number of objects by result.
  returned: when the description could be read and planned
  type: dict
  contains:
    created:
      description: Number of created objects.
      type: int
      sample: 3
    updated:
      description: Number of updated objects.
      type: int
      sample: 1
    deleted:
      description: Number of deleted objects.
      type: int
      sample: 0
    unchanged:
      description: Number of objects that already matched the description.
      type: int
      sample: 12
    failed:
      description: Objects that failed.
      type: int
      sample: 0
    skipped:
      description: Objects that were skipped because a dependency failed or because pruning was skipped.
      type: int
      sample: 0
requests:
  description:
    - Number of requests that apply the plan if nothing fails. Requests that read the existing objects are not included.
    - If the service does not return the channels of a new alert, each new alert with channels requires one more
      request.
  returned: when the description could be read and planned
  type: int
  version_added: 1.1.0
  sample: 5
plan_digest:
  description:
    - Digest of the plan, for O(expected_plan). Check mode and a real run return the same digest as long as the
      description and the organization do not change.
    - It depends on each object that changes, on the action, and on the values before and after. It does not depend on
      the order of the description or on the values of secrets. It also depends on whether a secret is sent, and to
      which host.
  returned: when the description could be read and planned
  type: str
  version_added: 1.1.0
  sample: 0f343b0931126a20f133d67c2b018a3b5e4c4d8f0c3b9d1c6a7c2f4f1a5be0d2
backup_path:
  description: Path to the directory that contains the backup.
  returned: when O(backup) is V(true) and there was something to change, but not in check mode
  type: str
  version_added: 1.1.0
  sample: /var/backups/logfire/20261127T093000Z-0f343b093112
changes:
  description:
    - The changes, in the order of the description. In check mode, or if the plan differs from O(expected_plan), the
      changes that would be made.
    - Objects that were saved only partially are listed both here and in RV(failures).
  returned: when the description could be read and planned
  type: list
  elements: dict
  contains:
    kind:
      description: V(project), V(channel), V(member), V(alert), V(dashboard), V(variable) or V(slo).
      type: str
      sample: alert
    project:
      description: Name of the project that contains the object, or V(null).
      type: str
      sample: shop
    name:
      description: Name of the object. For a dashboard, its slug.
      type: str
      sample: Checkout errors
    id:
      description: ID of the object. V(null) if it does not exist yet.
      type: str
      sample: 5f1d2b0e-7a0e-4b0e-9d57-3a5f5a3c2f10
    action:
      description: V(create), V(update) or V(delete).
      type: str
      sample: create
    preview:
      description: Current result of the alert's query.
      returned: when O(preview) is set and an alert would be created or changed
      type: dict
      contains:
        would_fire:
          description:
            - Whether the alert would notify now, according to O(projects[].alerts[].notify_when).
            - V(null) if this depends on earlier results, or if the query was not run.
          type: bool
          sample: true
        row_count:
          description: Number of rows, up to O(preview.limit). V(null) if the query was not run.
          type: int
          sample: 3
        rows:
          description: The rows. V(null) if the query was not run.
          type: list
          elements: dict
          sample:
            - trace_id: 0198f45c03cab7b2fa8f78a0b55a7ed1
        error:
          description: Why the query was not run, or V(null).
          type: str
          sample: the project does not exist yet, so there is nothing to query
messages:
  description:
    - Descriptions of the changes, in the same order as RV(changes).
    - In check mode, or if the plan differs from O(expected_plan), each message begins with V(would).
  returned: when the description could be read and planned
  type: list
  elements: str
  sample:
    - created project 'shop'
    - created alert 'Checkout errors' of project 'shop'
  version_added: 1.1.0
failures:
  description: Objects that failed.
  returned: when the description could be read and planned
  type: list
  elements: dict
  contains:
    kind:
      description: V(project), V(channel), V(member), V(alert), V(dashboard), V(variable) or V(slo).
      type: str
      sample: alert
    project:
      description: Name of the project that contains the object, or V(null).
      type: str
      sample: shop
    name:
      description: Name of the object. For a dashboard, its slug.
      type: str
      sample: Checkout errors
    id:
      description: ID of the object. V(null) if it does not exist yet.
      type: str
      sample: 5f1d2b0e-7a0e-4b0e-9d57-3a5f5a3c2f10
    msg:
      description: The reason.
      type: str
      sample: "Could not create alert 'Checkout errors' of project 'shop': the service answered 403."
    failure:
      description: The request that failed, as in RV(failure), or V(null).
      type: dict
      sample: {"status": 403, "detail": null, "method": "POST", "path": "/api/v1/channels/", "waited": 0.0}
not_tried:
  description: Objects that were skipped because a dependency failed or because pruning was skipped.
  returned: when the description could be read and planned
  type: list
  elements: dict
  contains:
    kind:
      description: V(project), V(channel), V(member), V(alert), V(dashboard), V(variable) or V(slo).
      type: str
      sample: alert
    project:
      description: Name of the project that contains the object, or V(null).
      type: str
      sample: shop
    name:
      description: Name of the object. For a dashboard, its slug.
      type: str
      sample: Checkout errors
    id:
      description: ID of the object. V(null) if it does not exist yet.
      type: str
      sample: 5f1d2b0e-7a0e-4b0e-9d57-3a5f5a3c2f10
    msg:
      description: The reason.
      type: str
      sample: the project 'shop' failed
failure:
  description: The request that failed. If several failed, the first one.
  returned: on failure, when a request to the API was the cause
  type: dict
  contains:
    status:
      description: HTTP status code, or V(null) if there was no response.
      type: int
      sample: 403
    detail:
      description: Error detail in the response, or V(null).
      type: str
      sample: "This token is missing the required scope: project:read."
    method:
      description: HTTP method of the request.
      type: str
      sample: GET
    path:
      description: URL path of the request.
      type: str
      sample: /api/v1/projects/
    waited:
      description: How long the module waited before it gave up, in seconds.
      type: float
      sample: 0.0
diff:
  description: A section for each changed object, with the differences only and without secrets.
  returned: in diff mode
  type: list
  elements: dict
  contains:
    before_header:
      description: The object.
      type: str
      sample: alert Checkout errors of project shop
    after_header:
      description: The object and the action.
      type: str
      sample: alert Checkout errors of project shop (update)
    before:
      description: Identifying fields and changed fields before the change. Empty if the object did not exist.
      type: dict
      sample: {"name": "Checkout errors", "time_window": "5m"}
    after:
      description: Identifying fields and changed fields after the change. Empty if the object is deleted.
      type: dict
      sample: {"name": "Checkout errors", "time_window": "10m"}
"""

from ansible_collections.community.logfire.plugins.module_utils._tasks.stack import run_stack


def main() -> None:
    run_stack()


if __name__ == "__main__":
    main()
