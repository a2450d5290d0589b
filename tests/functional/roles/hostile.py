# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Texts that are difficult to export, an organization that contains them, and strategies that generate more of them."""

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from hypothesis import strategies as st

Options = dict[str, Any]

TEXTS = [
    *("{{ lookup('env', 'HOME') }}", "{% raw %}", "{# gone #}", "{{ '{{' }}", "}} {{", "{{", "{%", "${{ a }}"),
    *(
        "it's",
        'say "hi"',
        "back\\slash \\n \\",
        "'",
        '"',
        "`",
        "a: b",
        "a #b",
        "#c",
        "# ",
        ":",
        "-",
        "- a",
        "? a",
        "a:",
    ),
    *("!x", "!unsafe a", "!!python/object:os.system", "&a", "*a", "@a", "%a", "|", ">", "[a]", "{a}", "[1, 2]", ","),
    *('{"a": null}', "{'a': 1}", "yes", "no", "on", "y", "N", "true", "True", "null", "Null", "~", "none", "None"),
    *("1", "-1", "+1", "1e3", "1.0", ".5", "0x1f", "0o17", "017", "1_000", "1:30", ".inf", ".nan", "=", "<<"),
    *("2024-01-01", "2024-01-01T00:00:00Z", "---", "...", "--- a", "%YAML 1.1", "<% a %>", "[% a %]", "omit"),
    *(
        " before",
        "after ",
        "  both  ",
        "tab\there",
        "\tfirst",
        "last\t",
        "a\nb",
        "a\nb\n",
        "a\n\n\nb\n\n",
        "\na",
        "\n\n a",
    ),
    *("a\n  b\n c", "  a\nb", "a \nb", "a\n \nb", "a\n\tb", "a\r\nb", "a\rb", "\\\na", "#a\n#b", "---\n...\n", "'\n\""),
    *("{{ a }}\n{{ b }}\n", "\n{% a %}", " {# a #}\n", "#jinja2: variable_start_string:'[['\n[[ 1 ]]", "#jinja2:x"),
    *(
        "nel\x85nel",
        "ls\u2028ls",
        "ps\u2029ps",
        "a\x85\nb",
        "bom\ufeff",
        "\x07bell",
        "\x7fdel",
        "\x9bcsi",
        "esc\x1b[31m",
    ),
    *("é", "e\u0301", "日本語", "עברית", "😀", "😀\n😀", "\U0010ffff", "\ufffe", "\xa0", "\u200b", "a\u0600b"),
    "SELECT count(*) FROM records -- " + "a very long line " * 600,
    "WITH a AS (\n" + "  SELECT '{{ x }}' AS y, attributes->>'http.route' -- \"#\" \n" * 300 + ")\nSELECT * FROM a\n",
]
SLUGS = [
    "a/b",
    "..",
    ".",
    ".hidden",
    "a b",
    "a%2Fb",
    "a+b",
    "Ünïcode",
    "-dash",
    "~",
    "a\\b",
    "con",
    "a\nb",
    "{{ a }}",
    "😀",
]

text = st.one_of(
    st.sampled_from(TEXTS),
    st.lists(st.one_of(st.sampled_from(TEXTS[:-2]), st.sampled_from("\n\t \\{}%#'\"\r\x85\u2028-:")), max_size=6).map(
        "".join
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
)
query = text.filter(str.strip)
#: New names cannot begin or end with blanks.
name = text.map(str.strip).filter(bool)


def definition(words: str, **spec: Any) -> Options:
    """Return a Perses document with one panel, as the service stores it."""
    panel = {"display": {"name": words}, "plugin": {"kind": "TextPanel", "spec": {"text": words, "n": [1, 1.5, None]}}}
    return {
        "kind": "Dashboard",
        "metadata": {},
        "spec": {
            "display": {"name": words},
            "panels": {"one": {"kind": "Panel", "spec": panel}},
            "layouts": [],
            "variables": [],
            "duration": "1h",
            "refreshInterval": "0s",
            **spec,
        },
    }


def one_form(words: str) -> str:
    """Return a name in the form in which names are compared, since Unicode has several forms of some characters."""
    return unicodedata.normalize("NFC", words)


def _as_names(texts: Iterable[str]) -> Iterator[str]:
    """Yield a unique name for each text: the text without blanks around it, unless that name exists already."""
    seen: set[str] = set()
    for number, words in enumerate(texts):
        tidy = words.strip()
        yield f"another {number}" if one_form(tidy) in seen else tidy
        seen.add(one_form(tidy))


def organization() -> Options:
    """Return the description of an organization that has each of the texts wherever a text is possible."""
    queries = [text for text in TEXTS if text.strip()]
    names = list(_as_names(queries))
    return {
        "channels": [
            *(
                {"name": words, "config": {"type": "email", "recipients": [f"{number}@example.com", words.strip()]}}
                for number, words in enumerate(names)
            ),
            {"name": "hook {{ a }}", "config": {"type": "webhook", "format": "raw-data"}, "active": False},
            {"name": "opsgenie", "config": {"type": "opsgenie", "base_url": "https://api.eu.opsgenie.example.com"}},
            {"name": "pagerduty", "config": {"type": "pagerduty", "region": "eu"}},
        ],
        "projects": [
            {
                "name": "hostile",
                "description": "{{ a }}\n'b' # c ",
                "visibility": "private",
                "alerts": [
                    {
                        "name": words,
                        "description": TEXTS[number % len(TEXTS)],
                        "query": queries[number],
                        "time_window": "1h30m",
                        "frequency": "15m",
                        "notify_when": "matches_changed",
                        "environments": [words, "production"],
                        "active": number % 2 == 0,
                        "channels": [words],
                    }
                    for number, words in enumerate(names)
                ],
                "dashboards": [
                    {"slug": slug, "name": words, "definition": definition(query)}
                    for slug, words, query in [
                        *((f"board-{number}", words, queries[number]) for number, words in enumerate(names)),
                        *zip(SLUGS, names, queries, strict=False),
                    ]
                ],
            },
            {"name": "empty", "alerts": [], "dashboards": []},
        ],
    }


#: The secrets that are required to create it.
SECRETS = {
    "hook {{ a }}": {"url": "https://hooks.example.com/services/canary-url-3b1f"},
    "opsgenie": {"auth_key": "canary-auth-key-77aa"},
    "pagerduty": {"routing_key": "canary-routing-key-1c2d"},
}


def with_secrets(description: Options) -> Options:
    """Return the description with its secrets."""
    channels = [
        {**channel, "config": {**channel["config"], **SECRETS.get(channel["name"], {})}}
        for channel in description["channels"]
    ]
    return {**description, "channels": channels}


@st.composite
def stacks(draw: st.DrawFn) -> Options:
    """Generate a description as logfire_stack_info returns it."""
    channels = draw(st.lists(name, max_size=3, unique_by=one_form))
    projects = draw(st.lists(st.from_regex(r"[a-z][a-z0-9]{1,8}", fullmatch=True), max_size=2, unique=True))
    return {
        "channels": [
            {
                "name": channel,
                "config": {"type": "email", "recipients": ["a@example.com"]},
                "active": draw(st.booleans()),
            }
            for channel in sorted(channels)
        ],
        "projects": [
            {
                "name": project,
                "description": draw(text),
                "visibility": draw(st.sampled_from(["private", "public"])),
                "alerts": [_alert(draw, alert, channels) for alert in draw(_names)],
                "dashboards": [
                    {"slug": slug, "name": draw(name), "definition": definition(draw(text))} for slug in draw(_names)
                ],
            }
            for project in sorted(projects)
        ],
    }


_names = st.lists(name.filter(lambda words: len(words) < 60), max_size=3, unique_by=one_form).map(sorted)


def _alert(draw: st.DrawFn, alert: str, channels: list[str]) -> Options:
    return {
        "name": alert,
        "description": draw(text),
        "query": draw(query),
        "time_window": draw(st.sampled_from(["5m", "1h", "1h30m", "24h"])),
        "frequency": "5m",
        "watermark": "10s",
        "notify_when": "has_matches",
        "environments": sorted(draw(st.lists(name, max_size=2, unique_by=one_form))),
        "active": draw(st.booleans()),
        "channels": sorted(channels),
    }
