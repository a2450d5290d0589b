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
  - Dependencies are created first and deleted last. If an object fails, only objects that need something that does not
    exist because of it are skipped. The task fails at the end and reports all failures.
  - If several alerts or channels have the same name, only objects that refer to that name fail. To resolve this, list
    the duplicates by their O(projects[].alerts[].id) with O(projects[].alerts[].state=absent), or use O(prune).
  - Two alerts or channels that are described by their IDs can swap names.
author:
  - community.logfire contributors (@ansible-collections)
extends_documentation_fragment:
  - community.logfire.attributes
  - community.logfire.connection
options:
  channels:
    description:
      - The notification channels of the organization. See M(community.logfire.logfire_channel) for details of their
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
              - The URL to send to, for V(webhook). Required for a new channel. A secret.
            type: str
          auth_key:
            description:
              - The key of the Opsgenie API, for V(opsgenie). A secret.
            type: str
          base_url:
            description:
              - URL of the Opsgenie API, for V(opsgenie). Set to an empty string to remove it.
            type: str
          routing_key:
            description:
              - The key of a PagerDuty integration (Events API v2), for V(pagerduty). A secret.
            type: str
          region:
            description:
              - The region of the PagerDuty account, for V(pagerduty). A channel without one uses V(us).
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
              - The module looks up O(channels[].config.install_id) and O(channels[].config.service_id) by it.
              - Needs O(channels[].config.account_subdomain).
            type: str
            version_added: 1.1.0
          account_subdomain:
            description:
              - Subdomain of the PagerDuty account, such as V(acme) of C(acme.pagerduty.com), with
                O(channels[].config.pagerduty_service_id).
            type: str
            version_added: 1.1.0
          include_agent_prompt:
            description:
              - Whether notifications include a prompt for coding agents, for V(slack-integration).
            type: bool
          recipients:
            description:
              - E-mail addresses for V(email), user IDs for V(notification) and V(web-push). The order does not matter.
            type: list
            elements: str
      active:
        description:
          - Whether the channel notifies.
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
      - The projects of the organization, with their contents. See M(community.logfire.logfire_project) for details of
        their options.
      - Projects that are not listed are not changed.
    type: list
    elements: dict
    suboptions:
      name:
        description:
          - The name of the project. Required if O(projects[].id) is not set.
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
          - The alerts of the project. See M(community.logfire.logfire_alert) for details of their options.
          - If omitted, they are not managed.
        type: list
        elements: dict
        suboptions:
          name:
            description:
              - The name of the alert. Required if O(projects[].alerts[].id) is not set.
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
              - The SQL query.
            type: str
          time_window:
            description:
              - Time range that the query covers, from V(1m) to V(30d).
            type: str
          frequency:
            description:
              - How often the query runs, from V(1m) to V(24h).
            type: str
          watermark:
            description:
              - How long to wait for late data, up to V(24h).
            type: str
          notify_when:
            description:
              - When to notify.
            type: str
            choices:
              - has_matches
              - has_matches_changed
              - matches_changed
              - starts_having_matches
          channels:
            description:
              - Names or IDs of all channels that the alert notifies. They can be channels of this description.
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
                  - A schedule is found by its name if an alert or SLO uses it, or if O(schedules) describes it.
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
          - The dashboards of the project. See M(community.logfire.logfire_dashboard) for details of their options.
          - If omitted, they are not managed.
        type: list
        elements: dict
        suboptions:
          slug:
            description:
              - The slug of the dashboard. Required if O(projects[].dashboards[].id) is not set.
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
              - The dashboard as a Perses document, or as a JSON string.
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
          - The managed variables of the project. See M(community.logfire.logfire_variable) for details of their
            options.
          - If omitted, they are not managed.
        type: list
        elements: dict
        version_added: 1.1.0
        suboptions:
          name:
            description:
              - The name of the variable.
            type: str
            required: true
          description:
            description:
              - Description of the variable. Set to an empty string to remove it.
            type: str
          json_schema:
            description:
              - The JSON schema of the values. An empty dictionary removes it.
            type: dict
          labels:
            description:
              - All labels of the variable, by name. Each is a dictionary with one of C(value) and C(ref).
              - C(value) is the value of the label, of any JSON type. Values are compared as JSON. Only a value that
                differs gets a new version.
              - C(ref) is the name of another label, or V(latest) or V(code_default).
              - A label that is not listed is removed if the service supports this. Otherwise the module warns.
            type: dict
          rollout:
            description:
              - Weight of each label, from V(0) to V(1). The sum must not exceed V(1). The remainder is the share of the
                default in the application's code.
              - With an empty dictionary, everybody gets the default in the code.
            type: dict
          overrides:
            description:
              - Rollouts that apply under conditions. The first override whose conditions are all met applies.
              - An empty list removes all overrides.
            type: list
            elements: dict
            suboptions:
              name:
                description:
                  - Name for readers. The API does not return it, so a change of the name alone is not detected.
                type: str
              description:
                description:
                  - Description for readers. The API does not return it, so a change of the description alone is not
                    detected.
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
                      - Comparison for the attribute. V(value-equals) and V(value-does-not-equal) have a C(value),
                        V(value-is-in) and V(value-is-not-in) have C(values), V(value-matches-regex) and
                        V(value-does-not-match-regex) have a C(pattern). V(key-is-present) and V(key-is-not-present)
                        have nothing else.
                    type: str
                    required: true
                  attribute:
                    description:
                      - The name of the attribute.
                    type: str
                    required: true
                  value:
                    description:
                      - The value to compare with, of any JSON type. If omitted, the value is JSON null.
                    type: raw
                  values:
                    description:
                      - A list of values to compare with, of any JSON types.
                    type: raw
                  pattern:
                    description:
                      - A regular expression.
                    type: str
              rollout:
                description:
                  - Weight of each label if the conditions are met.
                type: dict
                required: true
          aliases:
            description:
              - Other names by which applications find the variable, such as an earlier name. The order does not matter.
              - An empty list removes all aliases.
            type: list
            elements: str
          example:
            description:
              - An example of a value, as JSON text. Set to an empty string to remove it.
            type: str
          external:
            description:
              - Whether API tokens with the scope C(project:read_external_variables) can read the variable.
              - The API does not return it. It is set when the variable is created and together with every other change.
                A change of this option alone is not detected.
            type: bool
          state:
            description:
              - Whether the variable should exist.
              - If the service cannot delete variables, the module fails and says so.
            type: str
            choices:
              - present
              - absent
            default: present
      slos:
        description:
          - The SLOs of the project. See M(community.logfire.logfire_slo) for details of their options.
          - If omitted, they are not managed.
        type: list
        elements: dict
        version_added: 1.1.0
        suboptions:
          name:
            description:
              - The name of the SLO. Required if O(projects[].slos[].id) is not set.
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
              - What the SLO is about. If omitted, a new SLO uses V(service).
              - It cannot be changed, since the history of the error budget would be lost.
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
                O(projects[].slos[].comparison), and excludes O(projects[].slos[].bad_query).
              - All other values require O(projects[].slos[].bad_query), and exclude O(projects[].slos[].threshold) and
                O(projects[].slos[].comparison).
            type: str
            choices:
              - additive
              - gauge_fraction
              - counter_rate
              - histogram_threshold
          total_query:
            description:
              - SQL condition that selects everything that counts. Required to create an SLO.
            type: str
          bad_query:
            description:
              - SQL condition that selects the bad part of what counts.
            type: str
          threshold:
            description:
              - Number that separates good from bad values in a histogram. Write it in quotes.
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
              - Percentage that must be good, greater than 0 and less than 100, such as V(99.9). Required to create an
                SLO.
              - Numbers are compared by value, so V(99.9) equals V(99.9000).
            type: str
          rolling_window:
            description:
              - Time over which the target applies, V(1h) to V(90d). Required to create an SLO.
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
              - Channels of the three alerts that the service creates for the SLO. Options that are omitted keep their
                value.
              - Requires release v2026-09-23.01 of the service. Older releases ignore the channels, and the task then
                fails.
            type: dict
            suboptions:
              fast:
                description:
                  - The alert for a budget that is consumed fast. Its severity is V(page).
                  - If omitted, its channels stay as they are.
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
                          - A schedule is found by its name if an alert or SLO uses it, or if O(schedules) describes it.
                          - Mutually exclusive with O(projects[].slos[].alerts.fast.channel_assignments[].schedule_id).
                        type: str
                        version_added: 1.1.0
                      schedule_id:
                        description:
                          - ID of a delivery schedule. Without a schedule, the channel is always notified.
                        type: str
              medium:
                description:
                  - The alert for a budget that is consumed at a medium rate. Its severity is V(page).
                  - If omitted, its channels stay as they are.
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
                          - A schedule is found by its name if an alert or SLO uses it, or if O(schedules) describes it.
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
                  - The alert for a budget that is consumed slowly. Its severity is V(ticket).
                  - If omitted, its channels stay as they are.
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
                          - A schedule is found by its name if an alert or SLO uses it, or if O(schedules) describes it.
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
      - Members of the organization, with their roles. See M(community.logfire.logfire_member) for details of their
        options.
      - The API cannot add members. An e-mail address that no member has is an error.
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
          - The ID of the user.
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
          - V(absent) removes the member. The last admin cannot be removed.
        type: str
        choices:
          - present
          - absent
        default: present
  schedules:
    description:
      - Delivery schedules. See M(community.logfire.logfire_schedule) for details of their options.
      - The API has no list of schedules. A schedule without O(schedules[].id) must be used by an alert or SLO of the
        description, or be in use already. Otherwise, each run would create another one.
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
          - ID of an existing schedule. It saves reading the alerts and SLOs of all projects.
        type: str
      timezone:
        description:
          - IANA name of the time zone of the times, such as V(Europe/London). Required to create a schedule.
        type: str
      windows:
        description:
          - The times at which channels are notified. Required to create a schedule.
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
      - V(alerts), V(dashboards), V(variables) and V(slos) are pruned in the described projects that list them, even as
        an empty list. Alerts of SLOs and of integrations are never pruned.
      - V(channels) and V(projects) are pruned in the organization. This requires O(channels) and O(projects),
        respectively. A project is deleted with everything in it.
      - If several alerts or channels have the same described name, the oldest one is kept.
      - Nothing is pruned if an object could not be created or updated. Objects of a kind are not pruned if none of the
        described ones exists, because the API token may belong to another organization. RV(not_tried) lists the objects
        that were not pruned.
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
      - If O(prune) would delete more objects than this, the task fails without any change. The alerts and dashboards of
        a deleted project count, too, including the alerts of its SLOs.
    type: int
    default: 20
  prune_projects_limit:
    description:
      - If O(prune) would delete more projects than this, the task fails without any change.
      - A project is deleted with its alerts and dashboards, which the plan shows, and with all its telemetry.
    type: int
    default: 0
    version_added: 1.1.0
  strict:
    description:
      - Whether check mode fails if a channel does not exist. By default, check mode assumes that an earlier task
        creates it, and warns.
      - If O(channels) is set, it lists all channels that the task creates, and an unknown name is always an error.
      - IDs that earlier tasks of the same check run returned are accepted.
    type: bool
    default: false
    version_added: 1.1.0
  unset:
    description:
      - How to handle options that are omitted from a described object.
      - V(keep) keeps the existing value.
      - V(default) resets the option to the default of a new object, so that the description is complete. For example,
        removing C(environments) or C(description) from a file then removes it from the object.
    type: str
    choices:
      - keep
      - default
    default: keep
    version_added: 1.1.0
  fingerprints:
    description:
      - Path of a file on the host where the module runs. The module stores in it a fingerprint of the last secret that
        it sent to each channel. With it, O(channels[].update_secret=on_drift) also detects a changed secret that looks
        the same in the API, such as a rotated webhook URL of the same host.
      - A secret without a fingerprint in the file is sent once.
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
      - An organization without projects cannot be identified. In this case, the module warns.
    type: str
    version_added: 1.1.0
  expected_plan:
    description:
      - The RV(plan_digest) of the approved plan, as returned by an earlier run in check mode.
      - If the plan of this run differs, the task fails without any change. The message lists the objects and actions of
        the current plan.
      - If somebody else changes an object during the run, so that a different change is needed, the object is left
        unchanged and fails.
      - If there is nothing to change, the task does not fail.
      - Both runs must use the same version of the collection.
    type: str
    version_added: 1.1.0
  preview:
    description:
      - Run the query of each alert that would be created or changed before any write, and return whether the alert
        would fire now.
      - The query runs over the O(projects[].alerts[].time_window) that ends O(projects[].alerts[].watermark) before
        now, in the O(projects[].alerts[].environments), as in the service.
      - If the service rejects the query or does not respond, the task fails before any write.
      - Check mode runs the queries, too. The queries run concurrently, within the limit of O(concurrency).
      - Queries of a project that does not exist yet are skipped.
    type: dict
    version_added: 1.1.0
    suboptions:
      read_tokens:
        description:
          - Read tokens of the projects. The keys are names or IDs of projects.
        type: dict
      read_token_path:
        description:
          - Path of the file that contains the read token of a project. V({project}) stands for the name of the project,
            such as in V(/etc/logfire/{project}.token).
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
      - The backup has the layout of M(community.logfire.logfire_stack_files). It contains each list in which an object
        is created, updated or deleted, as a whole, and all projects with their options. See the guide on reviewed
        changes below for how to apply a backup.
      - It contains no secrets, tokens or telemetry.
      - Lists that are read anyway need no additional API call. A backup of alerts takes one call for the list of
        channels, and a backup of dashboards takes one call for each dashboard of the project that is not described. If
        a channel is deleted, the alerts and the SLOs of all projects are read. If a project is deleted, everything in
        it is read.
      - The host where the module runs needs the Python library PyYAML.
    type: bool
    default: false
    version_added: 1.1.0
  backup_directory:
    description:
      - Directory on the host where the module runs. Each backup is a new directory in it, named after the time (UTC)
        and the plan. Created if it does not exist. Required if O(backup) is V(true).
      - The umask of the user determines the permissions of new files and directories.
    type: path
    version_added: 1.1.0
  concurrency:
    description:
      - Maximum number of concurrent requests, from V(1) to V(64).
      - If the service asks to wait, all requests wait.
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
    description: Reviewed changes, with approved plans and backups.
notes:
  - A run that changes nothing makes one call for the list of projects, one for the list of channels, one for the list
    of alerts and one for the list of dashboards of each project that describes any, and one for each dashboard
    described.
  - If two runs apply the same description at the same time, objects that the API keeps unique (names of projects, slugs
    of dashboards) are created once. The API allows duplicate names of alerts and channels, so their lists are read
    again after a creation. The older duplicate is kept and updated, and the run that created the newer one deletes it.
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
      description: Created objects.
      type: int
      sample: 3
    updated:
      description: Updated objects.
      type: int
      sample: 1
    deleted:
      description: Deleted objects.
      type: int
      sample: 0
    unchanged:
      description: Objects that already matched the description.
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
    - Number of requests to apply the plan if nothing fails, without those that read the existing objects.
    - If the service does not return the channels of a new alert, each alert with channels takes one more request.
  returned: when the description could be read and planned
  type: int
  version_added: 1.1.0
  sample: 5
plan_digest:
  description:
    - Digest of the plan, for O(expected_plan). Check mode and the run that follows return the same digest as long as
      the description and the organization do not change.
    - It depends on each object that changes, on the action, and on the values before and after. It does not depend on
      the order of the description or on the values of secrets. It covers whether a secret is sent, and to which host.
  returned: when the description could be read and planned
  type: str
  version_added: 1.1.0
  sample: 0f343b0931126a20f133d67c2b018a3b5e4c4d8f0c3b9d1c6a7c2f4f1a5be0d2
backup_path:
  description: Path of the directory of the backup.
  returned: when O(backup) is V(true) and there was something to change, but not in check mode
  type: str
  version_added: 1.1.0
  sample: /var/backups/logfire/20261127T093000Z-0f343b093112
changes:
  description:
    - The changes, in the order of the description. In check mode, or if the plan differs from O(expected_plan), the
      changes that would be made.
    - Objects that were saved only in part are listed here and in RV(failures).
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
    - The changes in words, in the same order as RV(changes).
    - In check mode, or if the plan differs from O(expected_plan), they begin with V(would).
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
