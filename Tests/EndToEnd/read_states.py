"""What another engine reads from states of tables: `read_states.py pyiceberg|duckdb|spark STATES`.

STATES are JSON lines of a metadata file, the schema that the table has there in Iceberg's JSON, and `new_schema`: whether the types are
asked for. For each, one JSON line is printed: the rows in the row form of table-cat, and the types by Spark's names. The process and the
engine in it live as long as there are states, since starting them costs more than reading a state.
"""
import base64
import datetime
import decimal
import json
import sqlite3
import sys
import tempfile
import uuid
from pathlib import Path

import pyarrow as pa

import engines


def pyiceberg(states):
    from pyiceberg.table import StaticTable
    for state in states:
        yield arrow_answer(StaticTable.from_metadata(state["metadata"]).scan().to_arrow())


def duckdb(states):
    connection = engines.duckdb_connection()
    for state in states:
        yield arrow_answer(connection.execute(f"select * from iceberg_scan('{state['metadata']}')").to_arrow_table())


def spark(states):
    """Many states a query: a query of its own for each would cost several times as much as what it does."""
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        register(states, folder / "catalog.sqlite")
        with open(folder / "log", "w") as log:
            session = engines.Spark(log)
            session.ask(catalog="states", props={
                "type": "jdbc", "uri": f"jdbc:sqlite:{folder}/catalog.sqlite", "warehouse": f"file://{folder}",
                "jdbc.schema-version": "V1"})
            for first in range(0, len(states), STATES_A_QUERY):
                yield from spark_answers(session, states, range(first, min(first + STATES_A_QUERY, len(states))))
            session.stop()


STATES_A_QUERY = 32


def register(states, path):
    """A catalog in which every state is a table of its own."""
    with sqlite3.connect(path) as db:
        db.execute(
            "create table iceberg_tables (catalog_name varchar(255), table_namespace varchar(255), table_name varchar(255), "
            "metadata_location varchar(1000), previous_metadata_location varchar(1000), iceberg_type varchar(5), "
            "primary key (catalog_name, table_namespace, table_name))")
        db.executemany(
            "insert into iceberg_tables values ('states', 'ns', ?, ?, null, 'TABLE')",
            [(f"s{number}", state["metadata"]) for number, state in enumerate(states)])


JSON_OPTIONS = (
    "map('ignoreNullFields', 'false', 'timestampFormat', \"yyyy-MM-dd'T'HH:mm:ss.SSSSSSxxx\", "
    "'timestampNTZFormat', \"yyyy-MM-dd'T'HH:mm:ss.SSSSSS\")")


def spark_answers(session, states, numbers):
    rows = {number: [] for number in numbers}
    query = " union all ".join(
        f"select {number} as state, to_json(struct(*), {JSON_OPTIONS}) as line from states.ns.s{number}" for number in numbers)
    for row in session.ask(sql=query):
        fields = {"type": "struct", "fields": states[row["state"]]["schema"]["fields"]}
        rows[row["state"]].append(row_form(json.loads(row["line"], parse_float=decimal.Decimal), fields))
    for number in numbers:
        types = None
        if states[number]["new_schema"]:
            described = session.ask(sql=f"describe states.ns.s{number}")
            ends = next((n for n, line in enumerate(described) if not line["col_name"] or line["col_name"].startswith("#")), None)
            types = {line["col_name"]: line["data_type"] for line in described[:ends]}
        yield {"rows": rows[number], "types": types}


def row_form(value, kind):
    """A value of Spark's JSON in the row form: bytes as hex and not base64, a map as pairs."""
    if value is None:
        return None
    if isinstance(kind, str):
        if kind == "binary" or kind.startswith("fixed"):
            return base64.b64decode(value).hex()
        if kind in ("float", "double"):
            return float(value)
        return str(value) if kind.startswith("decimal") else value
    if kind["type"] == "struct":
        return {field["name"]: row_form(value[field["name"]], field["type"]) for field in kind["fields"]}
    if kind["type"] == "list":
        return [row_form(item, kind["element"]) for item in value]
    return [[key, row_form(item, kind["value"])] for key, item in value.items()]


def arrow_answer(table):
    return {
        "rows": [{name: plain(value) for name, value in row.items()} for row in table.to_pylist()],
        "types": {field.name: type_name(field.type) for field in table.schema},
    }


def plain(value):
    """A value of pyarrow in the row form."""
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, datetime.datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%S.%f") + ("+00:00" if value.tzinfo else "")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, (decimal.Decimal, uuid.UUID)):
        return str(value)
    return value.hex() if isinstance(value, bytes) else value


TYPE_NAMES = {
    pa.bool_(): "boolean", pa.int32(): "int", pa.int64(): "bigint", pa.float32(): "float", pa.float64(): "double", pa.date32(): "date",
    pa.string(): "string", pa.large_string(): "string", pa.binary(): "binary", pa.large_binary(): "binary", pa.uuid(): "string",
}


def type_name(kind):
    """Spark's name of an arrow type."""
    if pa.types.is_struct(kind):
        return f"struct<{','.join(f'{field.name}:{type_name(field.type)}' for field in kind)}>"
    if pa.types.is_map(kind):
        return f"map<{type_name(kind.key_type)},{type_name(kind.item_type)}>"
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return f"array<{type_name(kind.value_type)}>"
    if pa.types.is_decimal(kind):
        return f"decimal({kind.precision},{kind.scale})"
    if pa.types.is_timestamp(kind):
        return "timestamp" if kind.tz else "timestamp_ntz"
    return "binary" if pa.types.is_fixed_size_binary(kind) else TYPE_NAMES[kind]


if __name__ == "__main__":
    reader, path = sys.argv[1:]
    with open(path) as file:
        known = [json.loads(line) for line in file]
    for answer in {"pyiceberg": pyiceberg, "duckdb": duckdb, "spark": spark}[reader](known):
        print(json.dumps(answer))
