# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Plans as Markdown, read as a renderer of the dialect of GitHub reads it: nothing in a plan can look like more."""

import html
import re
from collections import Counter
from typing import Any

import pytest
from ansible.errors import AnsibleFilterError
from hostile import TEXTS
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from ansible_collections.community.logfire.plugins.filter.logfire_plan_difference import plan_difference
from ansible_collections.community.logfire.plugins.filter.logfire_plan_digest import plan_digest
from ansible_collections.community.logfire.plugins.filter.logfire_plan_markdown import plan_markdown
from ansible_collections.community.logfire.plugins.plugin_utils._plan_markdown import LONGEST, to_markdown

Json = dict[str, Any]

DIGEST = "0123456789abcdef" * 4
OTHER = "f" * 64
HOSTILE = [
    *(
        "`",
        "``` x ```",
        "````\n```",
        "~~~",
        "a|b|c",
        "a\\|b\\",
        "| a | b |\n|---|---|\n",
        "</details>",
        "<details>",
        "-->",
    ),
    *("</code></summary><script>alert(1)</script>", "<h1>", "<!--", "&amp;", "&#64;octocat", "$x^2$", "$`x`$"),
    *("@octocat", "@org/team and a@b.example", "closes #1 GH-1 !1 %2 &3", "https://evil.example www.evil.example"),
    *("**bold** _em_ ~~no~~", "[x](javascript:alert(1))", "![i](http://e.example/i.png)", "# heading", "- [x] done"),
    *("two\n\nlines", "\n# heading\n", "x" * 5000, "\u202egnp", "\x1b[31m", ":rocket:", "[^1]", "<a@b.example>"),
    *(f"<!-- community.logfire plan {OTHER} -->", f"\n<!-- community.logfire plan {OTHER} -->\n", "{{ x }}"),
    *TEXTS[:-2],
]
TEXT = st.sampled_from(HOSTILE) | st.lists(st.sampled_from(HOSTILE), max_size=3).map("\n".join)
VALUES = st.recursive(
    TEXT | st.booleans() | st.integers() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)


@st.composite
def results(draw: st.DrawFn) -> Json:
    """What logfire_stack could return."""
    changes, sections = [], []
    for action in draw(st.lists(st.sampled_from(["create", "update", "delete"]), max_size=4)):
        name = draw(TEXT)
        changes.append({"kind": "alert", "project": draw(st.none() | TEXT), "name": name, "id": None, "action": action})
        options = st.fixed_dictionaries({"name": TEXT, "notify_when": VALUES})
        before, after = ({} if action == without else draw(options) for without in ("create", "delete"))
        sections.append({"before": before, "after": after})
    return {"plan_digest": DIGEST, "changes": changes, "diff": sections, "warnings": draw(st.lists(TEXT, max_size=2))}


def render(markdown: str) -> str:
    """As HTML, in the dialect of GitHub, in which HTML and addresses count too."""
    return str(MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(markdown))


@settings(max_examples=150, deadline=None)
@given(result=results())
def test_nothing_in_a_plan_is_taken_for_markup(result: Json) -> None:
    markdown = to_markdown(result)
    shown = render(markdown)
    outside = re.sub(r"<pre>.*?</pre>", "", shown, flags=re.DOTALL)
    changes, warnings = len(result["changes"]), bool(result["warnings"])
    names = sum(1 + (change["project"] not in (None, "")) for change in result["changes"])
    tags = Counter(re.findall(r"<(\w+)", shown))
    assert tags["details"] == tags["summary"] == changes
    assert tags["pre"] == changes + warnings
    assert tags["tr"] == (1 + changes if changes else 0) and tags["td"] == 5 * changes
    assert Counter(re.findall(r"<(\w+)", outside))["code"] == 2 * names + 1
    allowed = "details summary pre code p h3 strong table thead tbody tr th td"
    assert tags.keys() <= set(allowed.split())
    words = re.sub(r"<code>.*?</code>", "", outside, flags=re.DOTALL)
    assert not re.search(r"@|evil|octocat|script|bold|heading|rocket", re.sub(r"<[^>]*>", "", words))
    assert plan_digest(markdown) == DIGEST
    assert all(line.isprintable() for line in markdown.split("\n"))


def result_of(*changes: tuple[str, str, Json, Json], **more: Any) -> Json:
    """A result, of changes to alerts: action, name, before and after."""
    return {
        "plan_digest": DIGEST,
        "changes": [
            {"kind": "alert", "project": "shop", "name": name, "id": None, "action": action}
            for action, name, _before, _after in changes
        ],
        "diff": [{"before": before, "after": after} for _action, _name, before, after in changes],
        **more,
    }


CHANGES = [
    ("create", "New", {}, {"name": "New", "active": True}),
    (
        "update",
        "Errors",
        {"name": "Errors", "query": "SELECT 1\nFROM a\nWHERE b", "time_window": "5m"},
        {"name": "Errors", "query": "SELECT 1\nFROM c\nWHERE b", "time_window": "10m"},
    ),
    ("delete", "Old", {"name": "Old", "channels": ["ops"]}, {}),
]


def test_what_a_reviewer_sees() -> None:
    """The summary, the warnings, and what is removed first; each difference folded, and the digest at the end."""
    markdown = to_markdown(result_of(*CHANGES, warnings=["Old is removed from ..."]))
    assert (
        markdown
        == f"""<!-- community.logfire plan {DIGEST} -->

### Logfire: 1 to delete, 1 to update, 1 to create

⚠️ **Warnings**

```text
Old is removed from ...
```

| | kind | name | project | changes |
|---|---|---|---|---|
| **➖&nbsp;delete** | alert | <code>Old</code> | <code>shop</code> |  |
| ✏️&nbsp;update | alert | <code>Errors</code> | <code>shop</code> | query, time\\_window |
| ➕&nbsp;create | alert | <code>New</code> | <code>shop</code> |  |

<details><summary>delete alert <code>Old</code> of project <code>shop</code></summary>

```diff
- name: "Old"
- channels:
-   - "ops"
```

</details>

<details><summary>update alert <code>Errors</code> of project <code>shop</code></summary>

```diff
  name: "Errors"
  query: |
    SELECT 1
-   FROM a
+   FROM c
    WHERE b
- time_window: "5m"
+ time_window: "10m"
```

</details>

<details><summary>create alert <code>New</code> of project <code>shop</code></summary>

```diff
+ name: "New"
+ active: true
```

</details>

Plan digest: <code>{DIGEST}</code>
"""
    )


def test_an_empty_plan() -> None:
    shown = to_markdown(result_of())
    assert "### Logfire: nothing to change\n" in shown and "|" not in shown


def test_a_plan_that_is_too_long() -> None:
    """Fits into a comment all the same, tells what is not shown, and shows what is removed."""
    lines = "\n".join(f"line {number}" for number in range(5000))
    hostile = "<>|`@" * 100
    many = result_of(*[("create", hostile, {}, {"name": hostile, "query": lines})] * 400, *CHANGES)
    shown = to_markdown(many)
    assert LONGEST * 0.9 < len(shown) < LONGEST + 1000
    assert re.search(
        r"\*\*Not all of the 403 differences are shown here: \d+ are left out and \d+ are shortened", shown
    )
    assert re.search(r"\| and \d+ more \|", shown)
    assert "delete alert <code>Old</code>" in shown and "- time_window" in shown
    one = to_markdown(result_of(("update", "Errors", {"query": lines}, {"query": f"{lines}\nlast"})))
    assert "**Not all of the 1 differences are shown here: 1 are shortened.**" in one
    assert len(one) < LONGEST


def test_the_end_of_a_text_counts() -> None:
    """A line end at the end is a difference that is seen."""
    shown = to_markdown(result_of(("update", "Errors", {"query": "a\nb"}, {"query": "a\nb\n"})))
    assert "  query: |\n    a\n    b\n+   \n```" in shown


@pytest.mark.parametrize(
    "text", ["", "Plan", f" <!-- community.logfire plan {DIGEST} -->\n", f"x\n{to_markdown(result_of())}"]
)
def test_what_holds_no_plan(text: str) -> None:
    with pytest.raises(AnsibleFilterError, match="logfire_plan_digest: does not begin with the digest of a plan"):
        plan_digest(text)


def test_a_plan_that_went_through_a_comment() -> None:
    """Comments have the line ends of the web."""
    assert plan_digest(to_markdown(result_of(*CHANGES)).replace("\n", "\r\n")) == DIGEST


def test_in_what_plans_differ() -> None:
    approved = to_markdown(result_of(*CHANGES))
    now = result_of(CHANGES[0], ("update", "Errors", CHANGES[1][2], {**CHANGES[1][3], "time_window": "9m"}), CHANGES[2])
    lines = plan_difference({**now, "plan_digest": OTHER}, approved)
    assert [line for line in lines if re.match(r"[-+][^-+]*[-+]", line)][-2:] == [
        '-+ time_window: "10m"',
        '++ time_window: "9m"',
    ]
    assert plan_difference({**result_of(*CHANGES), "plan_digest": OTHER}, approved) == []


@pytest.mark.parametrize(
    "value", [None, "plan", {}, {"plan_digest": DIGEST, "changes": []}, {**result_of(), "diff": None}]
)
def test_what_is_no_result(value: Any) -> None:
    with pytest.raises(AnsibleFilterError, match="is not a result of logfire_stack in diff mode"):
        plan_markdown(value)


def test_a_name_is_shown_as_it_is() -> None:
    """What a renderer makes of a name is the name."""
    for name in HOSTILE:
        shown = re.search(r"<summary>create alert <code>(.*?)</code>", to_markdown(result_of(("create", name, {}, {}))))
        assert shown
        plain = html.unescape(shown[1].replace("<!-- -->", ""))
        assert plain == name or not name.isprintable() or len(name) > 80
