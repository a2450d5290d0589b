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
  - Makes the channels and projects of an organization, and the alerts and dashboards of the projects, as they are
    described.
  - All of it is read with few calls of the API, side by side, and planned before anything is changed. Each object is
    treated as by its own module.
  - What others depend on is made first, and removed last. If one object fails, only those that need something that
    does not exist because of it are skipped. The task fails at the end with all failures.
  - If several alerts or channels have the same name, only what refers to that name fails. To repair it, describe the
    ones to remove by their O(projects[].alerts[].id) with O(projects[].alerts[].state=absent), or use O(prune).
  - Two alerts or channels, described by their ids, can swap names.
author:
  - community.logfire contributors (@ansible-collections)
extends_documentation_fragment:
  - community.logfire.attributes
  - community.logfire.connection
options:
  channels:
    description:
      - The notification channels of the organization. M(community.logfire.logfire_channel) tells more of their options.
      - When not set, the channels are left alone.
    type: list
    elements: dict
    suboptions:
      name:
        description:
          - The name of the channel. One of this and O(channels[].id) is required.
        type: str
      id:
        description:
          - The id of an existing channel.
        type: str
      config:
        description:
          - Where and how the channel notifies. A secret that is left out keeps what is stored.
        type: dict
        suboptions:
          type:
            description:
              - The type of the channel. It can be changed.
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
              - The format of the notification, for V(webhook). V(auto) for a new channel, when not set.
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
              - The address of the Opsgenie API, for V(opsgenie). An empty text removes it.
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
              - The id of the installed integration, for V(pagerduty-integration) and V(slack-integration).
            type: str
          channel_id:
            description:
              - The id of the Slack channel, such as V(C0123456789), for V(slack-integration). The bot must be in the
                channel.
            type: str
          service_id:
            description:
              - The id that Logfire has for the PagerDuty service, for V(pagerduty-integration).
            type: str
          include_agent_prompt:
            description:
              - Whether notifications come with a prompt for coding agents, for V(slack-integration).
            type: bool
          recipients:
            description:
              - Addresses for V(email), ids of users for V(notification) and V(web-push). Their order does not matter.
            type: list
            elements: str
      active:
        description:
          - Whether the channel notifies.
        type: bool
      update_secret:
        description:
          - When to send the secret of the configuration to a channel that exists.
        type: str
        choices:
          - on_drift
          - always
          - on_create
        default: on_drift
      state:
        description:
          - Whether the channel is to exist.
        type: str
        choices:
          - present
          - absent
        default: present
  projects:
    description:
      - The projects of the organization, with what lies in them. M(community.logfire.logfire_project) tells more of
        their options.
      - A project that is not described is left alone.
    type: list
    elements: dict
    suboptions:
      name:
        description:
          - The name of the project. One of this and O(projects[].id) is required.
        type: str
      id:
        description:
          - The id of an existing project.
        type: str
      description:
        description:
          - What the project is for. An empty text removes it.
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
          - Whether the project is to exist.
        type: str
        choices:
          - present
          - absent
        default: present
      alerts:
        description:
          - The alerts of the project. M(community.logfire.logfire_alert) tells more of their options.
          - When not set, they are left alone.
        type: list
        elements: dict
        suboptions:
          name:
            description:
              - The name of the alert. One of this and O(projects[].alerts[].id) is required.
            type: str
          id:
            description:
              - The id of an existing alert.
            type: str
          description:
            description:
              - What the alert means and what to do. An empty text removes it.
            type: str
          query:
            description:
              - The SQL query.
            type: str
          time_window:
            description:
              - How far back the query looks, V(1m) to V(30d).
            type: str
          frequency:
            description:
              - How often the query runs, V(1m) to V(24h).
            type: str
          watermark:
            description:
              - How long to wait for data that arrives late, up to V(24h).
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
              - All channels that the alert notifies, by name or id, those of this description too.
              - Set to an empty list to remove all channels. An item that is null or empty is an error.
            type: list
            elements: str
          channel_assignments:
            description:
              - All channels that the alert notifies, with their schedules. Instead of O(projects[].alerts[].channels).
            type: list
            elements: dict
            suboptions:
              channel:
                description:
                  - The channel, by name or id. Each can be given once.
                type: str
                required: true
              schedule_id:
                description:
                  - The id of a delivery schedule. Without one the channel is notified at all times.
                type: str
          environments:
            description:
              - The environments that the alert looks at. An empty list is all.
            type: list
            elements: str
          active:
            description:
              - Whether the alert is evaluated.
            type: bool
          state:
            description:
              - Whether the alert is to exist.
            type: str
            choices:
              - present
              - absent
            default: present
      dashboards:
        description:
          - The dashboards of the project. M(community.logfire.logfire_dashboard) tells more of their options.
          - When not set, they are left alone.
        type: list
        elements: dict
        suboptions:
          slug:
            description:
              - The slug of the dashboard. One of this and O(projects[].dashboards[].id) is required.
            type: str
          id:
            description:
              - The id of an existing dashboard.
            type: str
          name:
            description:
              - The name that the dashboard shows.
            type: str
          definition:
            description:
              - The dashboard as a Perses document, or a JSON text of one.
            type: dict
          state:
            description:
              - Whether the dashboard is to exist.
            type: str
            choices:
              - present
              - absent
            default: present
      variables:
        description:
          - The managed variables of the project. M(community.logfire.logfire_variable) tells more of their options.
          - When not set, they are left alone.
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
              - What the variable is for. An empty text removes it.
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
              - A label that is not named here is removed, if the service removes labels in this way. If it does not,
                that is a warning.
            type: dict
          rollout:
            description:
              - The weight of each label, from V(0) to V(1). The weights must be at most V(1) together. What is left of
                V(1) is the share of the default in the code of the application.
              - An empty dictionary is the default in the code for everybody.
            type: dict
          overrides:
            description:
              - Other rollouts for what meets conditions. The first override of which all conditions are met counts.
              - An empty list removes all overrides.
            type: list
            elements: dict
            suboptions:
              name:
                description:
                  - A name for people. The API does not return it, so that a difference in it alone is not seen.
                type: str
              description:
                description:
                  - A description for people. The API does not return it, so that a difference in it alone is not seen.
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
                      - What the attribute must be. V(value-equals) and V(value-does-not-equal) have a C(value),
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
                      - The value to compare with, of any JSON type. When not set, it is JSON's null.
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
                  - The weight of each label for what meets the conditions.
                type: dict
                required: true
          aliases:
            description:
              - Other names under which applications find the variable, such as an earlier name. Their order does not
                matter.
              - An empty list removes all aliases.
            type: list
            elements: str
          example:
            description:
              - An example of a value, as JSON text. An empty text removes it.
            type: str
          external:
            description:
              - Whether API tokens with the scope C(project:read_external_variables) can read the variable.
              - The API does not return it. It is set when the variable is created and together with every other
                change. A difference in it alone is not seen.
            type: bool
          state:
            description:
              - Whether the variable is to exist.
              - A service may have no route to remove variables. The error then says so.
            type: str
            choices:
              - present
              - absent
            default: present
      slos:
        description:
          - The SLOs of the project. M(community.logfire.logfire_slo) tells more of their options.
          - When not set, they are left alone.
        type: list
        elements: dict
        version_added: 1.1.0
        suboptions:
          name:
            description:
              - The name of the SLO. One of this and O(projects[].slos[].id) is required.
            type: str
          id:
            description:
              - The id of an existing SLO.
            type: str
          description:
            description:
              - What the SLO promises. An empty text removes it.
            type: str
          scope_kind:
            description:
              - What the SLO is about. V(service) for a new SLO, when not set.
              - It cannot be changed, since the history of the error budget would be lost.
            type: str
            choices:
              - service
              - provider
          scope_value:
            description:
              - The name of the service, or the slug of the LLM provider, such as V(openai). Required to create an SLO.
              - It cannot be changed, since the history of the error budget would be lost.
            type: str
          source:
            description:
              - What is counted. V(records) for a new SLO, when not set.
            type: str
            choices:
              - records
              - metrics
          metric_aggregation:
            description:
              - How metrics are counted. V(additive) for a new SLO, when not set.
              - V(histogram_threshold) needs O(projects[].slos[].source=metrics), O(projects[].slos[].threshold) and
                O(projects[].slos[].comparison), and takes no O(projects[].slos[].bad_query). All others need
                O(projects[].slos[].bad_query), and take no O(projects[].slos[].threshold) and no
                O(projects[].slos[].comparison).
            type: str
            choices:
              - additive
              - gauge_fraction
              - counter_rate
              - histogram_threshold
          total_query:
            description:
              - The SQL condition of all that counts. Required to create an SLO.
            type: str
          bad_query:
            description:
              - The SQL condition of what is bad among it.
            type: str
          threshold:
            description:
              - The number that divides good from bad in a histogram. Write it in quotes.
            type: str
          comparison:
            description:
              - Which side of O(projects[].slos[].threshold) is good.
            type: str
            choices:
              - less_than
              - greater_than
          target_percent:
            description:
              - How much of it is to be good, more than 0 and less than 100, such as V(99.9). Required to create an SLO.
              - Numbers are compared by value. V(99.9) is V(99.9000).
            type: str
          rolling_window:
            description:
              - The time that the target is about, V(1h) to V(90d). Required to create an SLO.
              - Your plan may allow less.
            type: str
          environments:
            description:
              - The environments that the SLO looks at. Their order does not matter. An empty list is all.
              - An item that is null or empty is an error.
            type: list
            elements: str
          alerts:
            description:
              - The channels of the three alerts that the service makes of the SLO. What is not set stays as it is.
              - Needs release v2026-09-23.01 of the service. An older one ignores the channels, and then the task fails.
            type: dict
            suboptions:
              fast:
                description:
                  - The alert for a budget that burns fast, of the severity V(page).
                  - When not set, its channels stay as they are.
                type: dict
                suboptions:
                  channels:
                    description:
                      - All channels that the alert notifies, by name or id. An empty list removes all.
                      - Channels that the alert has already keep their schedule.
                    type: list
                    elements: str
                  channel_assignments:
                    description:
                      - All channels that the alert notifies, with the schedules at which they do. Instead of
                        O(projects[].slos[].alerts.fast.channels).
                    type: list
                    elements: dict
                    suboptions:
                      channel:
                        description:
                          - The channel, by name or id. Each can be given once.
                        type: str
                        required: true
                      schedule_id:
                        description:
                          - The id of a delivery schedule. Without one the channel is notified at all times.
                        type: str
              medium:
                description:
                  - The alert for a budget that burns at a medium rate, of the severity V(page).
                  - When not set, its channels stay as they are.
                type: dict
                suboptions:
                  channels:
                    description:
                      - All channels that the alert notifies, by name or id. An empty list removes all.
                      - Channels that the alert has already keep their schedule.
                    type: list
                    elements: str
                  channel_assignments:
                    description:
                      - All channels that the alert notifies, with the schedules at which they do. Instead of
                        O(projects[].slos[].alerts.medium.channels).
                    type: list
                    elements: dict
                    suboptions:
                      channel:
                        description:
                          - The channel, by name or id. Each can be given once.
                        type: str
                        required: true
                      schedule_id:
                        description:
                          - The id of a delivery schedule. Without one the channel is notified at all times.
                        type: str
              slow:
                description:
                  - The alert for a budget that burns slowly, of the severity V(ticket).
                  - When not set, its channels stay as they are.
                type: dict
                suboptions:
                  channels:
                    description:
                      - All channels that the alert notifies, by name or id. An empty list removes all.
                      - Channels that the alert has already keep their schedule.
                    type: list
                    elements: str
                  channel_assignments:
                    description:
                      - All channels that the alert notifies, with the schedules at which they do. Instead of
                        O(projects[].slos[].alerts.slow.channels).
                    type: list
                    elements: dict
                    suboptions:
                      channel:
                        description:
                          - The channel, by name or id. Each can be given once.
                        type: str
                        required: true
                      schedule_id:
                        description:
                          - The id of a delivery schedule. Without one the channel is notified at all times.
                        type: str
          state:
            description:
              - Whether the SLO is to exist.
            type: str
            choices:
              - present
              - absent
            default: present
  members:
    description:
      - Members of the organization, with their roles. M(community.logfire.logfire_member) tells more of their options.
      - The API cannot add members. It is an error when nobody with an address is a member.
      - When not set, the members are left alone.
    type: list
    elements: dict
    version_added: 1.1.0
    suboptions:
      email:
        description:
          - The e-mail address of the member. One of this and O(members[].id) is required.
        type: str
      id:
        description:
          - The ID of the user.
        type: str
      role:
        description:
          - The role in the organization. When not set, the member keeps the role.
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
  prune:
    description:
      - The kinds of which everything is removed that is not described.
      - V(alerts), V(dashboards), V(variables) and V(slos) are pruned in the projects that are described and that list
        them, if only as an empty list. Alerts of SLOs and of integrations are left alone.
      - V(channels) and V(projects) are pruned in the organization, and O(channels) and O(projects) must be set then. A
        project is removed with all that is in it.
      - If several alerts or channels have a described name, the oldest of them is kept.
      - Nothing is pruned in a run in which an object could not be created or changed, and no objects of a kind of which
        none that is described exists, since the API token may be of another organization. RV(not_tried) lists what was
        not removed.
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
      - When O(prune) would remove more objects than this, nothing is done and the task fails. The alerts and dashboards
        of a project that is removed count too, those of its SLOs among them.
    type: int
    default: 20
  prune_projects_limit:
    description:
      - When O(prune) would remove more projects than this, nothing is done and the task fails.
      - A project is removed with its alerts and dashboards, which the plan shows, and with all its telemetry.
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
      - What an option means that is left out of an object that is described.
      - V(keep) leaves the object as it is there.
      - V(default) gives the object the default of a new one, so that the description is all there is. Removing
        C(environments) or C(description) from a file then removes it from the object.
    type: str
    choices:
      - keep
      - default
    default: keep
    version_added: 1.1.0
  fingerprints:
    description:
      - Path of a file on the host where the module runs, in which the module keeps fingerprints of the secrets that it
        sent last, by the IDs of the channels. With it, O(channels[].update_secret=on_drift) also notices a secret that
        changed behind what the API shows, such as a rotated webhook URL of the same host.
      - A secret whose fingerprint is not in the file yet is sent once.
      - Fingerprints are salted and hashed with scrypt. The file can be kept beside the description in version control.
      - The directory must exist. The file is written after the API accepted a secret, and never in check mode.
    type: path
    version_added: 1.1.0
  mode:
    description:
      - Permissions of the O(fingerprints) file when it is written, as an octal number such as V('0644').
    type: raw
    default: "0600"
    version_added: 1.1.0
  organization:
    description:
      - Name of the organization that the description belongs to. If the projects that the API token can see are of
        another one, nothing is done and the task fails.
      - An organization without projects cannot be told from another one. That is a warning.
    type: str
    version_added: 1.1.0
  expected_plan:
    description:
      - The RV(plan_digest) of the plan that was approved, as an earlier run in check mode returned it.
      - If the plan of this run is another one, nothing is done and the task fails. The message names the objects and
        actions of the plan as it is now.
      - A run that has nothing to do does not fail.
      - Both runs must have the same version of the collection.
    type: str
    version_added: 1.1.0
  preview:
    description:
      - Run the query of each alert that would be created or changed, before anything is written, and tell whether it
        would fire now.
      - The query runs over the O(projects[].alerts[].time_window) that ends O(projects[].alerts[].watermark) before
        now, in the O(projects[].alerts[].environments), as the service would run it.
      - If the service refuses the query, or does not answer, the task fails before any write.
      - It works in check mode too. The queries run side by side, as many at a time as O(concurrency) allows.
      - A project that does not exist yet has nothing to query, and its alerts are not tried.
    type: dict
    version_added: 1.1.0
    suboptions:
      read_tokens:
        description:
          - The read token of each project, by its name or its id.
        type: dict
      read_token_path:
        description:
          - The file that holds the read token of a project, with V({project}) for its name, such as
            V(/etc/logfire/{project}.token).
          - It is used for projects that are not in O(preview.read_tokens).
        type: path
      limit:
        description:
          - The largest number of rows that a query returns, V(1) to V(100).
        type: int
        default: 10
      timeout:
        description:
          - How long to wait for the answer to one query, in seconds. The O(timeout) of the task, when not set.
        type: float
  backup:
    description:
      - Whether to write what is changed to O(backup_directory) first, as it is.
      - Nothing is written when nothing changes, and in check mode.
      - The backup has the layout of M(community.logfire.logfire_stack_files). Each list in which an object is created,
        changed or removed is in it as a whole, and so are all projects with their options. The guide on reviewed
        changes below tells how to apply a backup.
      - It has no secrets, tokens or telemetry.
      - Lists that are read anyway take no further call. A backup of alerts takes one call for the list of channels, and
        a backup of dashboards one call for each dashboard of the project that is not described. If a channel is
        removed, the alerts of all projects are read, and if a project is removed, all that is in it.
      - The host where the module runs needs the Python library PyYAML.
    type: bool
    default: false
    version_added: 1.1.0
  backup_directory:
    description:
      - Directory on the host where the module runs, in which each backup is a new directory that the time (UTC) and the
        plan name. Created if it does not exist. Required if O(backup) is V(true).
      - New files and directories have the permissions that the umask of the user leaves them.
    type: path
    version_added: 1.1.0
  concurrency:
    description:
      - How many requests may run at the same time, V(1) to V(64).
      - When the service asks to wait, all of them do.
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
    description: An organization as files that are reviewed and applied.
  - ref: ansible_collections.community.logfire.docsite.gitops
    description: Reviewed changes, with approved plans and backups.
notes:
  - A run that changes nothing makes one call for the list of projects, one for the list of channels, one for the list
    of alerts and one for the list of dashboards of each project that describes any, and one for each dashboard
    described.
  - When two runs apply the same description at the same moment, what the API keeps unique (names of projects, slugs of
    dashboards) is made once. Of alerts and channels it allows two of one name, so after creations their lists are read
    once more. The older of two is kept and made as described, and the run that created the younger one removes it.
"""

EXAMPLES = r"""
---
- name: Describe an organization
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

- name: Apply the change, if it is still the one that was planned
  community.logfire.logfire_stack:
    projects:
      - name: shop
        alerts:
          - name: Checkout errors
            time_window: 30m
    expected_plan: "{{ plan.plan_digest }}"

- name: Ask whether the alerts would fire now, before they are changed
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

- name: Show what they would do
  ansible.builtin.debug:
    msg: "{{ plan.changes }}"

- name: Remove the alerts of a project that are not described
  community.logfire.logfire_stack:
    projects:
      - name: shop
        alerts:
          - name: Checkout errors
            time_window: 10m
    prune:
      - alerts
    prune_limit: 5

- name: Remove a project and a channel
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
  description: How many objects were treated how.
  returned: when the description could be read and planned
  type: dict
  contains:
    created:
      description: Objects that were made.
      type: int
      sample: 3
    updated:
      description: Objects that were changed.
      type: int
      sample: 1
    deleted:
      description: Objects that were removed.
      type: int
      sample: 0
    unchanged:
      description: Objects that were as described.
      type: int
      sample: 12
    failed:
      description: Objects that could not be treated.
      type: int
      sample: 0
    skipped:
      description: Objects that were not tried, since something that they depend on failed, or since nothing was pruned.
      type: int
      sample: 0
requests:
  description:
    - How many requests it takes to apply the plan, after those that read what there is, when nothing goes wrong.
    - A service that leaves the channels out of the answer to a new alert takes one more for each alert with channels.
  returned: when the description could be read and planned
  type: int
  version_added: 1.1.0
  sample: 5
plan_digest:
  description:
    - A digest of the plan, for O(expected_plan). Check mode and the run that follows have the same one, as long as the
      description and the organization stay the same.
    - It depends on each object that changes, on the action, and on the values before and after. It does not depend on
      the order of the description, or on the values of secrets. Of a secret it tells whether it is sent, and to which
      host.
  returned: when the description could be read and planned
  type: str
  version_added: 1.1.0
  sample: 0f343b0931126a20f133d67c2b018a3b5e4c4d8f0c3b9d1c6a7c2f4f1a5be0d2
backup_path:
  description: The directory of the backup.
  returned: when O(backup) is V(true) and something was to be changed, but not in check mode
  type: str
  version_added: 1.1.0
  sample: /var/backups/logfire/20261127T093000Z-0f343b093112
changes:
  description:
    - What was changed, or in check mode would be, in the order of the description. What would be changed now, when the
      plan is not the O(expected_plan).
    - What was saved only in part is in here, and in RV(failures) too.
  returned: when the description could be read and planned
  type: list
  elements: dict
  contains:
    kind:
      description: V(project), V(channel), V(member), V(alert), V(dashboard), V(variable) or V(slo).
      type: str
      sample: alert
    project:
      description: The name of the project that it lies in, or V(null).
      type: str
      sample: shop
    name:
      description: Its name; of a dashboard the slug.
      type: str
      sample: Checkout errors
    id:
      description: Its id. V(null) when it does not exist yet.
      type: str
      sample: 5f1d2b0e-7a0e-4b0e-9d57-3a5f5a3c2f10
    action:
      description: V(create), V(update) or V(delete).
      type: str
      sample: create
    preview:
      description: What the query of an alert finds now.
      returned: when O(preview) is set and an alert would be created or changed
      type: dict
      contains:
        would_fire:
          description:
            - Whether the alert would notify now, by its O(projects[].alerts[].notify_when).
            - V(null) when that depends on what it found before, and when nothing could be asked.
          type: bool
          sample: true
        row_count:
          description: The number of rows, at most as many as O(preview.limit). V(null) when nothing could be asked.
          type: int
          sample: 3
        rows:
          description: The rows. V(null) when nothing could be asked.
          type: list
          elements: dict
          sample:
            - trace_id: 0198f45c03cab7b2fa8f78a0b55a7ed1
        error:
          description: Why nothing could be asked, or V(null).
          type: str
          sample: the project does not exist yet, so there is nothing to query
failures:
  description: What failed.
  returned: when the description could be read and planned
  type: list
  elements: dict
  contains:
    kind:
      description: V(project), V(channel), V(member), V(alert), V(dashboard), V(variable) or V(slo).
      type: str
      sample: alert
    project:
      description: The name of the project that it lies in, or V(null).
      type: str
      sample: shop
    name:
      description: Its name; of a dashboard the slug.
      type: str
      sample: Checkout errors
    id:
      description: Its id. V(null) when it does not exist yet.
      type: str
      sample: 5f1d2b0e-7a0e-4b0e-9d57-3a5f5a3c2f10
    msg:
      description: Why.
      type: str
      sample: "Could not create alert 'Checkout errors' of project 'shop': the service answered 403."
    failure:
      description: The request that failed, like RV(failure), or V(null).
      type: dict
      sample: {"status": 403, "detail": null, "method": "POST", "path": "/api/v1/channels/", "waited": 0.0}
not_tried:
  description: What was not tried, since something that it depends on failed, or since nothing was pruned.
  returned: when the description could be read and planned
  type: list
  elements: dict
  contains:
    kind:
      description: V(project), V(channel), V(member), V(alert), V(dashboard), V(variable) or V(slo).
      type: str
      sample: alert
    project:
      description: The name of the project that it lies in, or V(null).
      type: str
      sample: shop
    name:
      description: Its name; of a dashboard the slug.
      type: str
      sample: Checkout errors
    id:
      description: Its id. V(null) when it does not exist yet.
      type: str
      sample: 5f1d2b0e-7a0e-4b0e-9d57-3a5f5a3c2f10
    msg:
      description: Why.
      type: str
      sample: the project 'shop' failed
failure:
  description: The request that failed, the first one when several did.
  returned: on failure, when a request to the API was the cause
  type: dict
  contains:
    status:
      description: The HTTP status, or V(null) when no answer came.
      type: int
      sample: 403
    detail:
      description: What the API says about it, or V(null).
      type: str
      sample: "This token is missing the required scope: project:read."
    method:
      description: The method of the request.
      type: str
      sample: GET
    path:
      description: The path of the request.
      type: str
      sample: /api/v1/projects/
    waited:
      description: For how long the module waited before it gave up, in seconds.
      type: float
      sample: 0.0
diff:
  description: A section for each object that changes, without secrets, and only with what differs.
  returned: in diff mode
  type: list
  elements: dict
  contains:
    before_header:
      description: Which object it is.
      type: str
      sample: alert Checkout errors of project shop
    after_header:
      description: Which object it is, and what happens to it.
      type: str
      sample: alert Checkout errors of project shop (update)
    before:
      description: What names the object, and what changes, as it was. Empty for what did not exist.
      type: dict
      sample: {"name": "Checkout errors", "time_window": "5m"}
    after:
      description: What names the object, and what changes, as it is then. Empty for what is removed.
      type: dict
      sample: {"name": "Checkout errors", "time_window": "10m"}
"""

from ansible_collections.community.logfire.plugins.module_utils._tasks.stack import run_stack


def main() -> None:
    run_stack()


if __name__ == "__main__":
    main()
