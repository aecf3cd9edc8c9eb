"""Things called like people, in running text: places, breeds, dishes, brands, teams.

A small grammar: `<key>` draws from a table (`<s>` a surname, `<z>` its genitive,
`<g>` a given name), `[a|b]` one of the alternatives, `{slot}` a value that is
nobody's. Nothing here is personal.
"""

import re

from . import inflect, named_lists, orgs, pools, text

_KEY = re.compile(r"<(\w+)>|\[([^\[\]<>]*\|[^\[\]<>]*)\]|\{(\w+)\}")


def grow(s, form: str, tables: dict) -> str:
    """A form of the grammar with everything drawn."""

    def draw(m) -> str:
        if m[2] is not None:
            return grow(s, s.pick(m[2].split("|")), tables)
        if m[3]:
            return str(s.value(m[3]))
        if m[1] == "n":
            return str(s.rng.randint(2, 95))
        if m[1] in ("s", "z", "g"):
            name = orgs._given(s) if m[1] == "g" else orgs._surname(s)
            return inflect.inflect(name, "gen", s.language, "m", True) if m[1] == "z" else name
        return grow(s, s.pick(tables[m[1]]), tables)

    return _KEY.sub(draw, form)


def _tables(s) -> dict:
    own = named_lists.OF.get(s.language, {})
    return {**named_lists.ANY, **named_lists.OF["en"], **own}


def places(s) -> text.Text:
    """Streets, squares, stations, churches and peaks called after somebody, in notices and stories."""
    tables = _tables(s)
    if s.language not in named_lists.OF and s.language in pools.NON_LATIN:
        return text.slot(s, "namedplace")
    notices = tables["notice"] if "notice" in named_lists.OF.get(s.language, {}) else named_lists.OF["en"]["notice"]
    if s.language in pools.NON_LATIN:
        tables = {**tables, "place": named_lists.OF[s.language]["place"]}
    out = [grow(s, s.pick(notices), tables) for _ in range(s.pick([1, 1, 2, 3]))]
    return text.Text().add(s.pick(["\n", " ", " "]).join(out))


def kinds(s) -> text.Text:
    """Cultivars, breeds, dishes, brands, ships, storms, saints and diseases in sentences and lists."""
    tables = _tables(s)
    own = named_lists.OF.get(s.language, {}).get("kinds", ())
    forms = own if own and s.chance(0.85) else named_lists.KINDS
    out = [grow(s, s.pick(forms), tables) for _ in range(s.pick([1, 1, 2, 3]))]
    return text.Text().add(s.pick(["\n", " ", "\n\n"]).join(out))


def lists(s) -> text.Text:
    """Bare lists of such things: brands, teams, tables of results, ingredients."""
    tables = {**named_lists.ANY, **named_lists.OF["en"]}
    if s.chance(0.3):
        teams = [grow(s, "<team>", tables) for _ in range(s.rng.randint(2, 8))]
        if s.chance(0.5):
            return text.Text().add("\n".join(f"{i + 1}{s.pick(['.', ' ', ')'])} {t}{s.pick([' ', '  ', chr(9)])}{s.rng.randint(1, 38)} {s.rng.randint(0, 90)}:{s.rng.randint(0, 90)}" for i, t in enumerate(teams)))
        return text.Text().add("\n".join(f"{a} {s.pick(['-', 'v', 'vs', '–', '@'])} {b} {s.rng.randint(0, 6)}{s.pick([':', '-'])}{s.rng.randint(0, 6)}" for a, b in zip(teams, teams[1:])))
    kind = s.pick("car fashion cosmetic spirit tech teams rose breed cheese dish drink disease myth work ship food food herb".split())
    source = named_lists.FOOD.get(s.language, named_lists.FOOD["en"]) if kind == "food" else tables.get(kind) or tables["team"]
    items = [grow(s, s.pick(source), tables) for _ in range(s.rng.randint(2, 9))]
    head = s.pick(named_lists.HEADINGS.get(kind, ("", ""))) if s.chance(0.4) else ""
    sep = s.pick(["\n", ", ", ", ", " | ", "\n- ", " / ", "; ", "\n* "])
    return text.Text().add((head + s.pick([": ", ":\n"]) if head else "") + (sep.strip("\n") if sep.startswith("\n") else "") + sep.join(items))


_SERVICES = "api web db cache worker proxy bot scheduler mailer gateway dashboard runner".split()


def configs(s) -> text.Text:
    """Hosts, apps and branches that are called by given names, and shops that send mail."""
    name = lambda: orgs._given(s).lower() if s.language not in pools.NON_LATIN else s.pick(_SERVICES)
    shop = lambda: s.pick([orgs.org(s), grow(s, "<sender>", _tables(s))])
    lines = []
    for _ in range(s.pick([1, 1, 2, 3, 4])):
        lines.append(s.pick([
            lambda: f"name: {name()}\nversion: {s.rng.randint(0, 9)}.{s.rng.randint(0, 20)}", lambda: f"hostname: {name()}", lambda: f"app: {name()}-{s.pick(_SERVICES)}", lambda: f"kind: Deployment\nmetadata:\n  name: {name()}\n  namespace: {s.pick(['default', 'prod', 'staging'])}",
            lambda: f'"name": "{name()}", "private": true', lambda: f"Host {name()}\n  HostName 10.0.{s.rng.randint(0, 255)}.{s.rng.randint(1, 254)}", lambda: f"server {name()}01 10.1.0.{s.rng.randint(2, 250)}:80 check", lambda: f"10.0.0.{s.rng.randint(2, 250)}\t{name()} {name()}.local",
            lambda: f"ping {name()}: no route to host", lambda: f"git checkout {name()}/fix-{s.digits(3)}", lambda: f"[{name()}]\nansible_host=192.168.1.{s.rng.randint(2, 250)}", lambda: f"container {name()}-{s.rng.randint(1, 9)} restarted", lambda: f"docker run --name {name()} redis:7", lambda: f"CREATE DATABASE {name()};",
            lambda: f'"from_name": "{shop()}"', lambda: f"from_name={shop()}", lambda: f"fromName: {shop()}", lambda: f'"sender_name":"{shop()}","reply_to":null', lambda: f"merchant: {shop()}", lambda: f'"store": "{shop()}"', lambda: f"brand={shop()}", lambda: f"vendor_name;{shop()}", lambda: f"<shop>{shop()}</shop>",
        ])())  # fmt: skip
    return text.Text().add("\n".join(lines))
