# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# The objects of the example in the guide, managed by Terraform. counterpart.yml manages the same objects.

resource "logfire_project" "shop" {
  name       = "shop"
  visibility = "private"
}

resource "logfire_write_token" "shop" {
  project_id = logfire_project.shop.id
}

resource "logfire_channel" "ops" {
  name = "ops-slack"

  config {
    type   = "webhook"
    format = "slack-blockkit"
    url    = var.slack_url
  }
}

resource "logfire_alert" "checkout" {
  project_id          = logfire_project.shop.id
  name                = "Checkout errors"
  query               = "SELECT trace_id FROM records WHERE is_exception AND service_name = 'checkout'"
  time_window         = "90m"
  frequency           = "5m"
  channel_assignments = [{ channel_id = logfire_channel.ops.id }]
  notify_when         = "has_matches"
}

resource "logfire_dashboard" "overview" {
  project_id = logfire_project.shop.id
  name       = "Overview"
  slug       = "overview"
  definition = file("overview.json")
}

resource "logfire_slo" "checkout" {
  project_id     = logfire_project.shop.id
  name           = "Checkout succeeds"
  scope_value    = "checkout"
  total_query    = "parent_span_id IS NULL"
  bad_query      = "otel_status_code = 'ERROR'"
  target_percent = "99.9"
  rolling_window = "30d"

  alerts = {
    fast = { channel_assignments = [{ channel_id = logfire_channel.ops.id }] }
  }
}

resource "logfire_gateway_provider" "openai" {
  slug    = "primary-openai"
  vendor  = "openai"
  api_key = var.openai_key
}

variable "openai_key" {
  type      = string
  sensitive = true
}

variable "slack_url" {
  type      = string
  sensitive = true
}
