"""Carriers of records: JSON, CSV, YAML, SQL, XML, code, tables, `key: value`.

Each takes (key, value text) pairs; labels survive every way of quoting.
"""

import json
import re
from urllib.parse import quote

from . import text


def title(key: str) -> str:
    """How a form writes a program's name of a field."""
    word = key.rsplit(".", 1)[-1]
    word = re.sub(r"([a-z])([A-Z])", r"\1 \2", word).replace("_", " ").replace("-", " ")
    return word[:1].upper() + word[1:].lower()


def _escape(t: text.Text, ascii_only: bool = False) -> text.Text:
    return t.map(lambda piece: json.dumps(piece, ensure_ascii=ascii_only)[1:-1])


def _flat(t: text.Text) -> text.Text:
    return t.map(lambda piece: piece.replace("\n", " "))


def _short(key: str) -> str:
    return re.sub(r"\W", "_", key.rsplit(".", 1)[-1])


def lines(fields, sep=": ", key=lambda k: k, end="\n") -> text.Text:
    """`key: value` lines."""
    out = text.Text()
    for k, v in fields:
        out.add(key(k) + sep).append(_flat(v)).add(end)
    return out


_AMBIGUOUS = re.compile(r"[:=;()\[\]{}<>]")


def joined(fields) -> text.Text:
    """Short siblings exactly as the filter joins them for the model (filter/join.go)."""
    out = text.Text()
    for i, (k, v) in enumerate(fields):
        body = str(v)
        quoted = " " in body and _AMBIGUOUS.search(body) and '"' not in body
        out.add(("\n" if i else "") + k + ": " + ('"' if quoted else "")).append(v).add('"' if quoted else "")
    return out


def _bare(v: text.Text) -> bool:
    return not v.spans and (str(v).isdigit() and str(v)[0] != "0" or str(v) in ("true", "false", "null"))


def json_object(scene, fields, indent: str = "", pretty: bool | None = None) -> text.Text:
    """A JSON object, compact or indented, sometimes nested."""
    pretty = scene.chance(0.4) if pretty is None else pretty
    inner = indent + scene.pick(["  ", "  ", "    ", "\t"]) if pretty else ""
    gap = "\n" + inner if pretty else scene.pick(["", " "])
    out = text.Text().add("{" + (gap if pretty else ""))
    fields = list(fields)
    nest = scene.rng.randint(1, len(fields) - 1) if len(fields) > 2 and scene.chance(0.2) else None
    ascii_only = scene.chance(0.06) and scene.language in ("en", "de", "fr", "es", "it", "nl", "pt", "pl")
    for i, (k, v) in enumerate(fields):
        out.add("," + gap if i else "")
        if i == nest:
            name = scene.pick(["customer", "user", "data", "contact", "details", "patient", "attributes", "metadata", "payload", "spec"])
            out.add(json.dumps(name) + ": ").append(json_object(scene, fields[nest:], inner, pretty))
            break
        out.add(json.dumps(k, ensure_ascii=ascii_only) + (": " if pretty or gap else ":"))
        if _bare(v):
            out.append(v)
        elif scene.chance(0.03):
            out.add('["').append(_escape(v, ascii_only)).add('"]')
        else:
            out.add('"').append(_escape(v, ascii_only)).add('"')
    return out.add(("\n" + indent if pretty else "") + "}")


def json_text(scene, make) -> text.Text:
    """JSON: an object, a list of them, lines of them, or one inside a string."""
    r = scene.rng.random()
    if r < 0.7:
        return json_object(scene, make())
    if r < 0.8:
        out = text.Text().add("[")
        for i in range(scene.rng.randint(2, 4)):
            out.add(", " if i else "").append(json_object(scene, make(), pretty=False))
        return out.add("]")
    if r < 0.9:
        out = text.Text()
        for _ in range(scene.rng.randint(2, 5)):
            out.append(json_object(scene, make(), pretty=False)).add("\n")
        return out
    inner = _escape(json_object(scene, make(), pretty=False))
    return text.Text().add('{"event": "' + scene.pick(["user.updated", "order.paid", "message", "webhook"]) + '", "body": "').append(inner).add('"}')


def csv(scene, make) -> text.Text:
    """A header and a few rows: make draws the same fields again."""
    head = make()
    keys = [k for k, _ in head]
    sep = scene.pick([",", ",", ",", ";", ";", "\t", " | ", "|"])
    out = text.Text()
    if scene.chance(0.8):
        out.add(sep.join(keys) + "\n")
    count = scene.pick([1, 2, 3, 4, 6, 9])
    for n in range(count):
        if n:
            head = make()
        for i, (_, v) in enumerate(head):
            out.add(sep if i else "")
            q = sep in str(v) or "\n" in str(v) or (sep == "," and scene.chance(0.1))
            out.add('"' if q else "").append(_flat(v.map(lambda p: p.replace('"', "'")) if q else v)).add('"' if q else "")
        out.add("\n")
    return out


def yaml(scene, fields) -> text.Text:
    """YAML, TOML, INI, .env or properties."""
    style = scene.pick(["yaml", "yaml", "yaml-list", "toml", "ini", "env", "properties"])
    out = text.Text()
    if style in ("toml", "ini"):
        out.add(f"[{scene.pick(['user', 'database', 'contact', 'smtp', 'owner', 'default', 'customer.1'])}]\n")
    for i, (k, v) in enumerate(fields):
        v, k = _flat(v), k.replace("[0]", "")
        quote_ = scene.pick(['"', '"', "'", ""])
        if style == "yaml":
            out.add(k + ": " + quote_).append(v).add(quote_ + "\n")
        elif style == "yaml-list":
            out.add(("- " if i == 0 else "  ") + k + ": ").append(v).add("\n")
        elif style == "toml":
            out.add(_short(k) + ' = "').append(v).add('"\n')
        elif style == "env":
            out.add(scene.pick(["export ", "", "", ""]) + _short(k).upper() + "=" + quote_).append(v).add(quote_ + "\n")
        else:
            out.add(k + scene.pick(["=", " = "])).append(v).add("\n")
    return out


def xml(scene, fields) -> text.Text:
    """XML elements or attributes, or HTML."""
    style = scene.rng.randrange(5)
    out = text.Text()
    if style == 0:
        out.add("<" + scene.pick(["user", "person", "customer", "record", "item", "node"]))
        for k, v in fields:
            out.add(f' {_short(k)}="').append(_flat(v)).add('"')
        return out.add("/>")
    if style == 1:
        for k, v in fields:
            out.add(f"<tr><td>{title(k)}</td><td>").append(_flat(v)).add("</td></tr>" + scene.pick(["", "\n"]))
        return out
    if style == 2:
        for k, v in fields:
            out.add(scene.pick(["<li><b>", "<p><strong>", "<div><span class=\"label\">"]) + title(k) + scene.pick(["</b>: ", ":</strong> ", "</span> "])).append(_flat(v)).add("</li>\n")
        return out
    if style == 3:
        for k, v in fields:
            out.add(f'<input type="text" name="{_short(k)}" value="').append(_flat(v)).add('">\n')
        return out
    wrap = scene.pick(["", "person", "Contact", "record"])
    out.add(f"<{wrap}>\n" if wrap else "")
    for k, v in fields:
        out.add(f"<{_short(k)}>").append(_flat(v)).add(f"</{_short(k)}>" + scene.pick(["", "\n"]))
    return out.add(f"</{wrap}>" if wrap else "")


def _sql_quote(v: text.Text) -> text.Text:
    return _flat(v).map(lambda p: p.replace("'", "''"))


def sql(scene, make) -> text.Text:
    """INSERT, UPDATE or SELECT."""
    fields = make()
    table = scene.pick(["users", "customers", "orders", "patients", "employees", "contacts", "public.accounts", "`members`", "audit_log", "products"])
    r = scene.rng.random()
    out = text.Text()
    if r < 0.6:
        out.add(f"{scene.pick(['INSERT INTO', 'insert into', 'REPLACE INTO'])} {table} ({', '.join(_short(k) for k, _ in fields)}) VALUES (")
        for i, (_, v) in enumerate(fields):
            out.add(", " if i else "")
            out.append(v) if _bare(v) else out.add("'").append(_sql_quote(v)).add("'")
        return out.add(");")
    if r < 0.8:
        out.add(f"UPDATE {table} SET ")
        for i, (k, v) in enumerate(fields):
            out.add((", " if i else "") + _short(k) + " = '").append(_sql_quote(v)).add("'")
        return out.add(f" WHERE id = {scene.digits(4)};")
    k, v = scene.pick(fields)
    return out.add(f"SELECT * FROM {table} WHERE {_short(k)} {scene.pick(['=', 'LIKE', 'ILIKE'])} '").append(_sql_quote(v)).add("' LIMIT 10")


def code(scene, fields) -> text.Text:
    """The record as a literal of a programming language."""
    style = scene.rng.randrange(9)
    name = scene.pick(["user", "customer", "patient", "payload", "row", "fixture", "expected", "data", "record", "alice" if scene.chance(0.1) else "obj"])
    out = text.Text()
    head, sep, end, key = (
        (f"{name} = {{", ": ", ", ", lambda k: f"'{k}'"), (f"const {name} = {{ ", ": ", ", ", _short), (f"{name} := {name.title()}{{", ": ", ", ", lambda k: title(k).replace(" ", "")), (f"{name} = dict(", "=", ", ", _short),
        ("", "", "", None), (f"{name} = {{ ", " => ", ", ", lambda k: f'"{k}"'), (f"${name} = [", " => ", ", ", lambda k: f"'{k}'"), (f"var {name} = new {name.title()} {{ ", " = ", ", ", lambda k: title(k).replace(" ", "")), (f"let {name} = {name.title()} {{ ", ": ", ", ", _short),
    )[style]  # fmt: skip
    q = "'" if style in (0, 6) and scene.chance(0.6) else '"'
    if key is None:
        for k, v in fields:
            out.add(f"{name}.set{title(k).replace(' ', '')}(\"").append(_escape(v)).add('");\n')
        return out
    out.add(head)
    for i, (k, v) in enumerate(fields):
        out.add((end if i else "") + key(k) + sep)
        body = _escape(v) if q == '"' else _flat(v).map(lambda p: p.replace("'", "\\'"))
        out.append(v) if _bare(v) else out.add(q).append(body).add(q)
    return out.add({0: "}", 1: " };", 2: "}", 3: ")", 5: " }", 6: "];", 7: " };", 8: " };"}[style])


def query(fields) -> text.Text:
    """A query string or form body, percent-encoded."""
    out = text.Text()
    for i, (k, v) in enumerate(fields):
        out.add(("&" if i else "") + _short(k) + "=").append(_flat(v).map(lambda p: quote(p, safe="/:").replace("%20", "+") if p.isascii() else p))
    return out


def table(scene, make) -> text.Text:
    """A Markdown table, across or down."""
    fields = make()
    out = text.Text()
    if scene.chance(0.5):
        for k, v in fields:
            out.add(f"| {scene.pick(['**', ''])}{title(k)} | ").append(_flat(v)).add(" |\n")
        return out
    out.add("| " + " | ".join(title(k) for k, _ in fields) + " |\n|" + scene.pick(["---|", " --- |", ":--|"]) * len(fields) + "\n|")
    for _, v in fields:
        out.add(" ").append(_flat(v)).add(" |")
    return out


def form(scene, fields) -> text.Text:
    """A form as people fill it in."""
    r = scene.rng.random()
    if r < 0.5:
        return lines(fields, scene.pick([": ", ": ", ":", " : ", ":\t", ":   ", " - ", "\t"]), lambda k: k, scene.pick(["\n", "\n", "\n", "\n\n"]))
    if r < 0.65:
        return lines(fields, scene.pick([": ", ":\u00a0"]), lambda k: k, scene.pick([", ", "; ", "  ", " | ", ". "]))
    if r < 0.75:
        return lines(fields, ":\n", lambda k: k, "\n")
    if r < 0.85:
        return lines(fields, scene.pick([": ", " – "]), lambda k: scene.pick(["- ", "• ", "* "]) + k)
    if r < 0.93:
        out = text.Text()
        for k, v in fields:
            out.add(f"| {k} | ").append(_flat(v)).add(" |\n")
        return out
    return json_object(scene, [(k.rstrip("."), v) for k, v in fields])


def carry(scene, make) -> text.Text:
    """A record in one of the carriers; make draws its fields anew."""
    r = scene.rng.random()
    if r < 0.1:
        return csv(scene, make)
    if r < 0.28:
        return joined(make())
    if r < 0.46:
        return json_text(scene, make)
    if r < 0.58:
        return lines(make(), scene.pick([": ", ":", " : ", ": ", ":\t", " = "]), title, scene.pick(["\n", "\n", " ", "; ", "  ", " | "]))
    if r < 0.63:
        return lines(make(), "=", lambda k: k, scene.pick([" ", "\n", ", "]))
    if r < 0.65:
        return query(make())
    if r < 0.75:
        return yaml(scene, make())
    if r < 0.82:
        return xml(scene, make())
    if r < 0.87:
        return sql(scene, make)
    if r < 0.95:
        return code(scene, make())
    return table(scene, make)

