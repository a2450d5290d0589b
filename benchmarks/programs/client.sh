#!/usr/bin/env bash
# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# The same with the vendor's command line client and jq: client.sh ORGANIZATION.json [tokens]
set -euo pipefail

wanted=$1

api() { logfire-cli --beta --no-input --yes --output json api "$@" | jq -c .data; }

# What is to be done for a list of wanted objects: lines of "create BODY" and "update ID BODY".
plan() { # $1: the member that names an object; stdin: {"wanted": [...], "current": [...]}
  jq -rc --arg key "$1" '
    .current as $current | .wanted[] | . as $new
    | ([$current[] | select(.[$key] == $new[$key])] | first) as $old
    | if $old == null then "create \(.)"
      else with_entries(select(.value != $old[.key])) | select(. != {}) | "update \($old.id) \(.)"
      end'
}

channels() {
  local current action rest
  current=$(api channels list)
  jq -c --argjson current "$current" '{current: $current, wanted: [.channels[] | del(.config)]}' "$wanted" | plan label |
    while read -r action rest; do
      if [ "$action" = update ]; then
        api channels update "${rest%% *}" --json "${rest#* }"
        continue
      fi
      label=$(jq -r .label <<<"$rest")
      id=$(api channels create --json "$(jq -c --arg name "$label" '.channels[] | select(.label == $name) | {label: .label, config: .config}' "$wanted")" | jq -r .id)
      [ "$(jq .active <<<"$rest")" = true ] || api channels update "$id" --json '{"active": false}'
    done
}

projects() {
  local current action rest
  current=$(api projects list)
  jq -c --argjson current "$current" '{current: $current, wanted: [.projects[] | {project_name, description, visibility}]}' "$wanted" |
    plan project_name | while read -r action rest; do
      if [ "$action" = create ]; then
        api projects create --json "$rest"
      else
        api projects update "${rest%% *}" --json "${rest#* }"
      fi
    done
}

alerts() { # $1: name of a project, $2: its id, $3: ids of channels by label
  local current action rest
  current=$(api alerts "$2" list)
  jq -c --argjson current "$current" --argjson ids "$3" --arg project "$1" '{
      current: [$current[] | .channel_assignments |= [.[] | {channel_id}]],
      wanted: [.projects[] | select(.project_name == $project) | .alerts[]
               | .channel_assignments = [.channels[] | {channel_id: $ids[.]}] | del(.channels)]}' "$wanted" |
    plan name | while read -r action rest; do
      if [ "$action" = create ]; then
        api alerts "$2" create --json "$rest"
      else
        api alerts "$2" update "${rest%% *}" --json "${rest#* }"
      fi
    done
}

dashboards() { # $1: name of a project, $2: its id
  local slug board id spec
  declare -A ids=()
  while IFS=$'\t' read -r slug id; do ids[$slug]=$id; done < <(api dashboards "$2" list | jq -r '.[] | [.dashboard_slug, .id] | @tsv')
  while read -r board; do
    slug=$(jq -r .slug <<<"$board")
    if [ -z "${ids[$slug]:-}" ]; then
      api dashboards "$2" create --json "$board"
      continue
    fi
    spec=$(api dashboards "$2" get "${ids[$slug]}" | jq -c .dashboard.spec)
    if ! jq -e --argjson spec "$spec" '.definition.spec == $spec' <<<"$board" >/dev/null; then
      api dashboards "$2" update "${ids[$slug]}" --json "$(jq -c 'del(.slug)' <<<"$board")"
    fi
  done < <(jq -c --arg project "$1" '.projects[] | select(.project_name == $project) | .dashboards[]' "$wanted")
}

tokens() {
  local ids name
  ids=$(api projects list | jq -c 'map({key: .project_name, value: .id}) | from_entries')
  while read -r name; do
    id=$(jq -r --arg name "$name" '.[$name]' <<<"$ids")
    api projects write-tokens "$id" list | jq -e 'any(.active)' >/dev/null || api projects write-tokens "$id" create
  done < <(jq -r '.projects[].project_name' "$wanted")
}

if [ "${2:-}" = tokens ]; then
  tokens
  exit
fi
channels
projects
ids=$(api channels list | jq -c 'map({key: .label, value: .id}) | from_entries')
while IFS=$'\t' read -r name id; do
  alerts "$name" "$id" "$ids"
  dashboards "$name" "$id"
done < <(api projects list | jq -r '.[] | [.project_name, .id] | @tsv')
