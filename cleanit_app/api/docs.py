"""The contract as a page to read: made from the OpenAPI description, without a single script."""

from __future__ import annotations

from html import escape
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

router = APIRouter(include_in_schema=False)

DATA = "/api/openapi.json"
_STYLE = """
body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
body{color:#14211F;background:#FBF8F1}
article{background:#fff;border:1px solid #E8E0CF;border-radius:12px;padding:1rem;margin:1rem 0}
h1,h2,h3{line-height:1.2}h3{margin:0 0 .5rem;font:600 1rem ui-monospace,monospace}
b.m{display:inline-block;min-width:4.5rem;color:#084A55}table{border-collapse:collapse;width:100%}
td,th{text-align:left;padding:.25rem .5rem .25rem 0;border-top:1px solid #E8E0CF;vertical-align:top}
code{font-size:.9rem}nav a{margin-right:1rem}
"""


@router.get("/api/docs", response_class=HTMLResponse)
def docs(request: Request) -> HTMLResponse:
    """Every address with what it takes and gives."""
    spec = request.app.openapi()
    by_tag: dict[str, list[str]] = {}
    for path, methods in spec["paths"].items():
        for method, operation in methods.items():
            tag = (operation.get("tags") or ["more"])[0]
            by_tag.setdefault(tag, []).append(_operation(spec, path, method, operation))
    parts = [f'<h2 id="{escape(tag)}">{escape(tag)}</h2>{"".join(items)}' for tag, items in by_tag.items()]
    links = " ".join(f'<a href="#{escape(tag)}">{escape(tag)}</a>' for tag in by_tag)
    return HTMLResponse(
        f"""<!doctype html><html lang="en"><meta charset="utf-8"><title>Cleanit REST</title>
        <meta name="viewport" content="width=device-width"><style>{_STYLE}</style>
        <h1>Cleanit REST</h1><p>{escape(spec["info"]["description"])} The same as data:
        <a href="{DATA}">{DATA}</a>.</p><nav>{links}</nav>{"".join(parts)}</html>"""
    )


def _operation(spec: dict[str, Any], path: str, method: str, operation: dict[str, Any]) -> str:
    words = escape(operation.get("description") or operation.get("summary") or "")
    rows = [(f"{p['in']}: {p['name']}", _kind(spec, p.get("schema", {}))) for p in operation.get("parameters", [])]
    for content, body in (operation.get("requestBody") or {}).get("content", {}).items():
        rows += [(f"{content}: {name}", kind) for name, kind in _fields(spec, body.get("schema", {}))]
    for status, response in operation.get("responses", {}).items():
        for body in response.get("content", {}).values():
            if status not in ("default", "422"):
                rows += [(f"{status}: {name}", kind) for name, kind in _fields(spec, body.get("schema", {}))]
    table = "".join(f"<tr><td><code>{escape(a)}</code><td>{escape(b)}" for a, b in rows)
    head = f'<h3><b class="m">{method.upper()}</b> {escape(path)}</h3>'
    return f"<article>{head}<p>{words}</p><table>{table}</table></article>"


def _fields(spec: dict[str, Any], schema: dict[str, Any]) -> list[tuple[str, str]]:
    shape = _resolve(spec, schema)
    if "anyOf" in shape:
        return [field for one in shape["anyOf"] for field in _fields(spec, one)]
    return [(name, _kind(spec, one)) for name, one in shape.get("properties", {}).items()]


def _resolve(spec: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in schema:
        return schema
    name = schema["$ref"].rpartition("/")[2]
    found: dict[str, Any] = spec["components"]["schemas"][name]
    return found


def _kind(spec: dict[str, Any], schema: dict[str, Any]) -> str:
    if "anyOf" in schema:
        return " or ".join(_kind(spec, one) for one in schema["anyOf"])
    if "$ref" in schema:
        shape = _resolve(spec, schema)
        inner = ", ".join(shape.get("properties", {}))
        return " | ".join(map(str, shape["enum"])) if "enum" in shape else f"{{{inner}}}"
    if schema.get("type") == "array":
        return f"list of {_kind(spec, schema.get('items', {}))}"
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    kind = schema.get("type", "")
    return str(schema.get("format") or (" or ".join(kind) if isinstance(kind, list) else kind))
