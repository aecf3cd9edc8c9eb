"""Real text without personal data, from installed packages.

Only packages whose licence allows it (SOURCES; the model card lists them).
Passages with a person, an address of mail, a credit line or a sample secret
are left out. People are recognised by given names that the corpus itself never
writes in lower case: a filter on any two capitalised words would teach that
every capitalised pair is a person.
"""

import ast
import collections
import functools
import importlib.util
import pathlib
import random
import re
import subprocess
import sysconfig

from . import pools

# (name, licence, where): directories are found through the interpreter and Go.
SOURCES = (
    ("Python standard library", "PSF-2.0", "stdlib"),
    ("Go distribution", "BSD-3-Clause", "goroot"),
    ("Caddy", "Apache-2.0", "gomod:github.com/caddyserver"),
    ("Prometheus libraries", "Apache-2.0", "gomod:github.com/prometheus"),
    ("Django, with its translations", "BSD-3-Clause", "package:django"),
    ("NumPy", "BSD-3-Clause", "package:numpy"),
    ("PyTorch", "BSD-3-Clause", "package:torch"),
    ("ONNX", "Apache-2.0", "package:onnx"),
    ("ONNX Runtime", "MIT", "package:onnxruntime"),
    ("Jinja2", "BSD-3-Clause", "package:jinja2"),
    ("SymPy", "BSD-3-Clause", "package:sympy"),
    ("NetworkX", "BSD-3-Clause", "package:networkx"),
    ("sqlparse", "BSD-3-Clause", "package:sqlparse"),
    ("Click", "BSD-3-Clause", "package:click"),
    ("Go x repositories", "BSD-3-Clause", "gomod:golang.org/x"),
    ("gRPC-Go", "Apache-2.0", "gomod:google.golang.org/grpc@*"),
    ("Step CA", "Apache-2.0", "gomod:github.com/smallstep"),
    ("OpenTelemetry-Go", "Apache-2.0", "gomod:go.opentelemetry.io"),
    ("Viper, Cobra, Afero, Cast", "Apache-2.0 and MIT", "gomod:github.com/spf13"),
)

# Translations: languages of the generator, and scripts that the vocabulary lacks.
_LATIN = (
    "de fr es es_AR es_MX it nl pt pt_BR pl cs sk hr sl bs hu ro sv da nb nn fi et lt lv tr az id ms vi sw is ca eu gl cy ga sq af eo lb sr_Latn uz tk"
).split()
_SCRIPTS = "ru uk bg el ar fa he hi th ja ko zh_Hans zh_Hant ka hy sr mk be bn mr ne ta te ur kk ky mn".split()
_CODE = {"nb": "no", "pt_BR": "pt", "es_AR": "es", "es_MX": "es", "zh_Hans": "zh", "zh_Hant": "zht", "ar_DZ": "ar"}

_CREDIT = re.compile(
    r"author|copyright|maintain|contribut|thank|written by|originally|credit|©|\(c\)|translat(ed|or)|"
    r"patch(ed)? by|sponsor|\bborn\b|[\w.]@[\w-]+\.|passw(or)?d['\"]?\s*[=:]\s*['\"]\w|secret|[A-Za-z0-9+/]{60}|"
    r"\bby [A-Z][a-z]+ [A-Z]|et al|\+\d[\d ()-]{8}|\bDr\. |\bMr\. |\bProf",
    re.I,
)


def _go_env(name: str) -> str:
    try:
        return subprocess.run(["go", "env", name], capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def _roots() -> list:
    found = []
    for _, _, where in SOURCES:
        kind, _, rest = where.partition(":")
        if kind == "stdlib":
            path = sysconfig.get_path("stdlib")
        elif kind == "goroot":
            path = _go_env("GOROOT") + "/src"
        elif kind == "gomod":
            cache = pathlib.Path(_go_env("GOMODCACHE") or "/nonexistent")
            path = str(max(cache.glob(rest), default=cache / rest))
        else:
            spec = importlib.util.find_spec(rest)
            path = str(pathlib.Path(spec.origin).parent) if spec else ""
        if path and pathlib.Path(path).is_dir():
            found.append(pathlib.Path(path))
    return found


def _files(root: pathlib.Path, suffixes: tuple, limit: int) -> list:
    files = [
        p
        for p in sorted(root.rglob("*"))
        if p.suffix in suffixes and p.is_file() and not p.stem.endswith("_test") and not {"test", "tests", "testdata", "site-packages", "idlelib"} & set(p.parts) and p.stat().st_size < 300_000
    ]
    random.Random(7).shuffle(files)
    return files[:limit]


def _read(path: pathlib.Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _docstrings(source: str):
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)):
            doc = ast.get_docstring(node)
            if doc and len(doc) > 40 and ">>>" not in doc:
                yield doc


def _comments(source: str):
    for block in re.findall(r"(?:^[ \t]*// .*\n){2,}", source, re.M):
        yield re.sub(r"(?m)^[ \t]*// ?", "", block)


def _chunks(lines: list, rng: random.Random):
    at = 0
    while at < len(lines):
        n = rng.randint(2, 14)
        piece = "\n".join(lines[at : at + n]).strip("\n")
        if 30 < len(piece) < 900:
            yield piece
        at += n


def _po(source: str):
    for m in re.finditer(r'^msgstr (?:"")?((?:\s*".*"\n)+)', source, re.M):
        value = "".join(re.findall(r'"(.*)"', m[1])).replace("\\n", "\n").replace('\\"', '"')
        if len(value) > 3:
            yield value


def _collect() -> dict:
    """kind -> list of (held out, passage), unfiltered."""
    rng = random.Random(11)
    out = collections.defaultdict(list)
    for root in _roots():
        for path in _files(root, (".py", ".go"), 500):
            held = pools.heldout(path.name)
            source = _read(path)
            for piece in list(_chunks(source.splitlines(), rng))[:25]:
                out["code"].append((held, piece))
            prose = _docstrings(source) if path.suffix == ".py" else _comments(source)
            for doc in list(prose)[:20]:
                for piece in re.split(r"\n\s*\n", doc):
                    piece = re.sub(r"\s*\n\s*", " ", piece).strip()
                    if 25 < len(piece) < 900:
                        out["prose"].append((held, piece))
        for path in _files(root, (".md", ".rst", ".txt"), 150):
            for piece in re.split(r"\n\s*\n", _read(path))[:60]:
                if 25 < len(piece) < 900:
                    out["prose"].append((pools.heldout(path.name), piece.strip()))
        for path in _files(root, (".yml", ".yaml", ".toml", ".json", ".cfg", ".ini", ".mod", ".html", ".sh", ".xml", ".css"), 150):
            for piece in list(_chunks(_read(path).splitlines(), rng))[:20]:
                out["config"].append((pools.heldout(path.name), piece))
        for path in sorted(root.rglob("*.po")):
            language = path.parent.parent.name
            kind = "ui" if language in _LATIN else "script" if language in _SCRIPTS else None
            if kind:
                strings = list(_po(_read(path)))
                out["po:" + _CODE.get(language, language)] += [(pools.heldout(v), v) for v in strings if 3 < len(v) < 300]
                for i in range(0, len(strings), 3):
                    out[kind].append((pools.heldout(strings[i]), rng.choice(["\n", " ", " | "]).join(strings[i : i + 3])[:600]))
    return out


@functools.cache
def passages(kind: str, held: bool) -> tuple:
    """The filtered passages of one kind and split; kinds: code, prose, config, ui, script."""
    return tuple(p for h, p in _filtered().get(kind, ()) if h == held)


def interface(language: str, held: bool) -> tuple:
    """Real strings of programs' interfaces in one language; may be empty."""
    return passages("po:" + language, held)


@functools.cache
def _sentences(held: bool) -> tuple:
    found = []
    for piece in passages("prose", held):
        found += [part for part in re.split(r"(?<=[.!?])\s", piece) if 12 < len(part) < 220]
    return tuple(found)


def sentence(scene) -> str:
    """One real English sentence without people."""
    return scene.pick(_sentences(scene.held))


@functools.cache
def _filtered() -> dict:
    raw = _collect()
    lower = collections.Counter()
    for kind in ("prose", "code"):
        for _, piece in raw[kind]:
            lower.update(re.findall(r"\b[a-z]{3,}\b", piece))
    names = {n for n in pools.given_names() if n.isalpha() and len(n) > 2 and lower[n] < 3}
    out = {}
    for kind, pieces in raw.items():
        kept = []
        for held, piece in pieces:
            if _CREDIT.search(piece):
                continue
            words = re.findall(r"\b[A-Z][a-z]{2,}\b", piece)
            if any(w.lower() in names for w in words):
                continue
            kept.append((held, piece))
        random.Random(5).shuffle(kept)
        out[kind] = kept
    return out


if __name__ == "__main__":
    for kind in ("code", "prose", "config", "ui"):
        for held in (False, True):
            found = passages(kind, held)
            print(kind, "held" if held else "train", len(found), sum(map(len, found)))
            for piece in found[:4]:
                print("   ", repr(piece[:150]))
