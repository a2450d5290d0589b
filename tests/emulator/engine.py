# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The engine of queries, Apache DataFusion, which is the service's too. It is loaded by the first query.

Only who queries needs it: ``pip install -r tests/emulator/query-requirements.txt``. Without it queries answer 501.
"""

import io
import math
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

from .errors import ApiError

Row = dict[str, Any]

#: The columns of the tables: name and type, by the name of the function of pyarrow. All are nullable.
TABLES = {
    "records": {
        **dict.fromkeys(("start_timestamp", "end_timestamp", "created_at"), "timestamp"),
        **dict.fromkeys(("trace_id", "span_id", "parent_span_id", "kind", "span_name", "message"), "string"),
        **dict.fromkeys(("exception_type", "exception_message", "otel_status_code"), "string"),
        **dict.fromkeys(("service_name", "service_version", "deployment_environment", "http_route"), "string"),
        "attributes": "string",
        "duration": "float64",
        "is_exception": "bool_",
        "level": "int16",
        "http_response_status_code": "int16",
        "tags": "list",
    },
    "metrics": {
        **dict.fromkeys(("recorded_timestamp", "created_at"), "timestamp"),
        **dict.fromkeys(("metric_name", "metric_type", "unit", "service_name"), "string"),
        **dict.fromkeys(("deployment_environment", "attributes"), "string"),
        "scalar_value": "float64",
    },
}
#: Types of pyarrow with another name in arrow-rs, besides the first letter in upper case.
NAMES = {"string": "Utf8", "large_string": "LargeUtf8", "string_view": "Utf8View", "bool": "Boolean"}
NAMES |= {"double": "Float64", "float": "Float32", "halffloat": "Float16", "date32[day]": "Date32", "null": "Null"}


class QueryError(Exception):
    """The engine refuses a query."""


@dataclass
class Found:
    """The result of a query: a table of pyarrow and, with ``explain``, the plans."""

    table: Any
    plans: dict[str, str] = field(default_factory=dict)

    def rows(self) -> list[Row]:
        """As JSON has them."""
        columns = [column.to_pylist() for column in self.table.columns]
        names = self.table.schema.names
        return [
            {name: _plain(value) for name, value in zip(names, values, strict=True)}
            for values in zip(*columns, strict=True)
        ]

    def fields(self, *, by_name: bool) -> list[Row]:
        """The columns: name, type, whether it may be null."""
        return [
            {"name": each.name, "data_type": _type(each.type, by_name), "nullable": each.nullable}
            for each in self.table.schema
        ]

    def as_csv(self) -> bytes:
        """Comma-separated values."""
        from pyarrow import csv

        buffer = io.BytesIO()
        csv.write_csv(self.table, buffer)
        return buffer.getvalue()

    def as_arrow(self) -> bytes:
        """A stream of Arrow."""
        import pyarrow

        buffer = io.BytesIO()
        with pyarrow.ipc.new_stream(buffer, self.table.schema) as writer:
            writer.write_table(self.table)
        return buffer.getvalue()


def run(sql: str, tables: dict[str, list[Row]], limit: int, timezone: str | None, explain: bool) -> Found:
    """Run a query on these rows. Raises QueryError with the message of the engine."""
    try:
        import datafusion
        import pyarrow
    except ImportError:
        raise ApiError(501, "This emulator has no engine for queries (query-requirements.txt)") from None
    config = datafusion.SessionConfig()
    if timezone:
        config = config.set("datafusion.execution.time_zone", timezone)
    context = datafusion.SessionContext(config)
    for name, rows in tables.items():
        context.register_record_batches(name, [[pyarrow.RecordBatch.from_pylist(rows, schema=_schema(name))]])
    queries_alone = datafusion.SQLOptions().with_allow_ddl(False).with_allow_dml(False).with_allow_statements(False)
    try:
        frame = context.sql_with_options(sql, queries_alone)
        plans = {}
        if explain:
            physical = str(frame.execution_plan())
            plans = {"logical_plan": frame.logical_plan().display_indent(), "physical_plan": physical}
            plans["physical_plan_with_metrics"] = physical
        return Found(_to_microseconds(frame.limit(limit).to_arrow_table()), plans)
    except Exception as error:  # the engine may raise anything
        raise QueryError(str(error).removeprefix("DataFusion error: ")) from None


@cache
def _schema(table: str) -> Any:
    import pyarrow

    def type_of(name: str) -> Any:
        if name == "timestamp":
            return pyarrow.timestamp("us", tz="UTC")
        return pyarrow.list_(pyarrow.string()) if name == "list" else getattr(pyarrow, name)()

    return pyarrow.schema([(column, type_of(name)) for column, name in TABLES[table].items()])


def _to_microseconds(table: Any) -> Any:
    """Convert a value. Python does not support the nanoseconds of ``now()``."""
    import pyarrow

    fields = [
        each.with_type(pyarrow.timestamp("us", tz=each.type.tz)) if pyarrow.types.is_timestamp(each.type) else each
        for each in table.schema
    ]
    return table.cast(pyarrow.schema(fields), safe=False)


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and math.isnan(value):
        return None
    return value if isinstance(value, (str, int, float)) or value is None else str(value)


def _type(kind: Any, by_name: bool) -> Any:
    """A type as arrow-rs writes it in JSON, or its name."""
    import pyarrow

    if by_name:
        return str(kind)
    if pyarrow.types.is_timestamp(kind):
        return {"Timestamp": ["Microsecond", kind.tz]}
    if pyarrow.types.is_list(kind):
        inner = kind.value_field
        item = {"name": inner.name, "data_type": _type(inner.type, by_name), "nullable": inner.nullable}
        return {"List": {**item, "dict_id": 0, "dict_is_ordered": False, "metadata": {}}}
    name = str(kind)
    return NAMES.get(name, name.capitalize().replace("Uint", "UInt"))
