"""JSON Schemas for editors, made from the same shapes as the loader reads by.

Draft 7 and without `oneOf`: that is what VS Code's YAML extension completes and explains best. `write` puts
them into `data/schema/`; a test holds that they are up to date.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from build_tools.load.formats import FILES
from build_tools.load.shapes import (
    COMMA_NUMBER,
    Code,
    Day,
    Fields,
    Flag,
    Keyed,
    Number,
    Rows,
    Shape,
    Text,
    Word,
)

DRAFT = "http://json-schema.org/draft-07/schema#"
FOLDER = "data/schema"

Schema = dict[str, Any]


def schemas() -> dict[str, str]:
    """The text of every schema, by its path in the project."""
    return {f"{FOLDER}/{name}.json": _text(schema_of(shape)) for name, shape in FILES.items()}


def write(root: Path) -> None:
    """Write the schemas of a project anew."""
    (root / FOLDER).mkdir(parents=True, exist_ok=True)
    for path, text in schemas().items():
        (root / path).write_text(text, encoding="utf-8")


def _text(schema: Schema) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def schema_of(shape: Shape) -> Schema:
    """The schema of a file, with what many places share told once."""
    shared: dict[str, Schema] = {}
    made = _schema(shape, shared)
    return {"$schema": DRAFT, **made, **({"definitions": dict(sorted(shared.items()))} if shared else {})}


def _schema(shape: Shape, shared: dict[str, Schema]) -> Schema:
    if not shape.ref:
        return _described(shape, _inner(shape, shared))
    if shape.ref not in shared:
        shared[shape.ref] = {}  # holds the place while what it refers to is made
        shared[shape.ref] = _inner(shape, shared)
    # Draft 7 passes over what stands beside $ref; editors show it.
    return _described(shape, {"$ref": f"#/definitions/{shape.ref}"})


def _described(shape: Shape, schema: Schema) -> Schema:
    told = {"title": shape.title, "description": shape.description}
    return {**{key: text for key, text in told.items() if text}, **schema}


def _inner(shape: Shape, shared: dict[str, Schema]) -> Schema:
    match shape:
        case Text():
            return {"type": ["string", "number"], "pattern": r"\S"}
        case Code():
            return _code(shape)
        case Word():
            return {
                "type": "string",
                "enum": list(shape.words),
                "enumDescriptions": list(shape.words.values()),
            }
        case Number():
            return _number(shape)
        case Day():
            return {"type": "string", "pattern": shape.pattern, **_examples(["2021-12-31", *shape.words])}
        case Flag():
            return {"type": "boolean"}
        case Fields():
            return _fields(shape, shared)
        case Keyed():
            return _keyed(shape, shared)
        case Rows():
            return {"type": "array", "items": _schema(shape.item, shared)}
        case _:
            raise TypeError(f"no schema for {type(shape).__name__}")


def _examples(words: list[str]) -> Schema:
    return {"examples": words}


def _code(shape: Code) -> Schema:
    if re.fullmatch(shape.pattern, "1"):
        return {
            "type": ["string", "integer"],
            "pattern": shape.pattern,
            "minimum": 0,
            **_examples([shape.example]),
        }
    return {"type": "string", "pattern": shape.pattern, **_examples([shape.example])}


def _number(shape: Number) -> Schema:
    numeric = "integer" if shape.whole else "number"
    words = [*shape.words, *([] if shape.whole else [COMMA_NUMBER])]
    schema: Schema = (
        {"type": [numeric, "string"], "pattern": f"^({'|'.join(words)})$"} if words else {"type": numeric}
    )
    schema |= {"minimum": shape.lowest, "maximum": shape.highest}
    return schema | (_examples(list(shape.words)) if shape.words else {})


def _fields(shape: Fields, shared: dict[str, Schema]) -> Schema:
    schema: Schema = {
        "type": "object",
        "properties": {key: _schema(field, shared) for key, field in shape.fields.items()},
        "additionalProperties": False,
    }
    if shape.required:
        schema["required"] = list(shape.required)
    if shape.others:
        schema["patternProperties"] = {_besides(shape): _schema(shape.others, shared)}
    if shape.scalar:
        alone = _inner(shape.scalar, shared)
        types = alone.pop("type")
        words = alone.pop("enum", None)
        if words:
            alone["pattern"] = f"^({'|'.join(words)})$"
        alone.pop("enumDescriptions", None)
        schema = {**schema, **alone, "type": [*([types] if isinstance(types, str) else types), "object"]}
    return schema


def _besides(shape: Fields) -> str:
    """The pattern of further keys, without those that have a shape of their own."""
    return f"^(?!({'|'.join(shape.fields)})$){shape.other_pattern.removeprefix('^')}"


def _keyed(shape: Keyed, shared: dict[str, Schema]) -> Schema:
    return {
        "type": "object",
        "patternProperties": {shape.pattern: _schema(shape.value, shared)},
        "additionalProperties": False,
    }
