"""What is not personal: versions, orders, identifiers, hosts, paths, symbols."""

import base64
import string
import uuid

from . import contact


def version(s) -> str:
    """A version number."""
    a, b, c = s.rng.randint(0, 24), s.rng.randint(0, 30), s.rng.randint(0, 99)
    return s.pick([f"{a}.{b}.{c}", f"v{a}.{b}.{c}", f"{a}.{b}", f"v{a}", f"{a}.{b}.{c}-rc{s.rng.randint(1, 4)}", f"{a}.{b}.{c}+{s.chars(7, '0123456789abcdef')}"])


def order(s) -> str:
    """An order, ticket or invoice number."""
    return s.pick([f"#{s.digits(5)}", f"ORD-{s.digits(8)}", f"INV-{s.rng.randint(2019, 2027)}-{s.digits(5)}", f"{s.pick(['JIRA', 'OPS', 'BUG', 'PROJ', 'SUP', 'INC', 'REQ', 'CASE', 'SKU', 'PO', 'TCK'])}-{s.digits(s.rng.randint(3, 7))}", s.digits(6), f"A{s.digits(7)}"])


_HEX = "0123456789abcdef"


def _b64(s, count: int) -> str:
    return base64.b64encode(s.rng.randbytes(count)).decode()


def uuid4(s) -> str:
    """A UUID."""
    out = str(uuid.UUID(bytes=s.rng.randbytes(16), version=4))
    return out.upper() if s.chance(0.12) else "{" + out + "}" if s.chance(0.04) else out.replace("-", "") if s.chance(0.08) else out


def digest(s) -> str:
    """A hash in hexadecimal or base64, or a part of one."""
    out = s.chars(s.pick([7, 8, 10, 12, 16, 24, 32, 32, 40, 40, 56, 64, 64, 96, 128]), _HEX)
    if s.chance(0.1):
        return base64.b64encode(s.rng.randbytes(s.pick([16, 20, 32, 48, 64]))).decode()
    prefix = s.pick(["sha256:", "sha256:", "sha1:", "md5:", "sha512-", "git:", "0x", "blake2b:"]) if s.chance(0.2) else ""
    return prefix + (out.upper() if s.chance(0.15) else out)


def ident(s) -> str:
    """A machine identifier of any kind."""
    r = s.rng.random()
    if r < 0.25:
        return uuid4(s)
    if r < 0.5:
        return digest(s)
    upper = string.ascii_uppercase + string.digits
    return s.pick([
        f"req_{s.chars(16)}", f"req-{s.chars(12, _HEX)}", f"0x{s.chars(s.pick([4, 8, 12, 16]), _HEX)}", f"01H{s.chars(23, upper)}", f"i-0{s.chars(16, _HEX)}", f"{s.chars(4, _HEX)}:{s.chars(4, _HEX)}", f"evt_{s.chars(24)}", f"cus_{s.chars(14)}", f"{s.digits(19)}",
        f"pod/{s.pick(['web', 'api', 'job'])}-{s.chars(9, 'bcdfghjklmnpqrstvwxz2456789')}-{s.chars(5, 'bcdfghjklmnpqrstvwxz2456789')}", f"vol-{s.chars(17, _HEX)}", f"ami-{s.chars(8, _HEX)}", f"W/\"{s.chars(10, _HEX)}\"", f"{s.chars(11)}", f"{s.chars(22)}", f"00-{s.chars(32, _HEX)}-{s.chars(16, _HEX)}-01",
        f"{s.chars(6, _HEX)}-{s.chars(6, _HEX)}", f"sess:{s.chars(20)}", f"{s.chars(2, upper)}-{s.chars(4, upper)}-{s.chars(4, upper)}", f"job-{s.digits(6)}", f"task#{s.digits(4)}", f"arn:aws:s3:::{s.pick(['logs', 'backup', 'assets'])}-{s.chars(6, _HEX)}", f"node-{s.chars(8, _HEX)}", f"txn_{s.digits(10)}", f"{s.chars(8, _HEX)}.{s.chars(6, _HEX)}",
    ])  # fmt: skip


def amount(s) -> str:
    """A sum of money."""
    v = f"{s.rng.randint(1, 9999)}.{s.digits(2)}"
    return s.pick([f"${v}", f"€{v}", f"{v} EUR", f"£{v}", f"{v} USD", f"{s.rng.randint(1, 900)} zł", f"{v.replace('.', ',')} €", f"${s.rng.randint(1, 99)},{s.digits(3)}"])


def number(s) -> str:
    """A plain number."""
    return str(s.rng.randint(0, 10 ** s.rng.randint(1, 6)))


def host(s) -> str:
    """A host name."""
    a = s.pick("db web api cache worker node mail auth proxy gateway app build ci staging prod redis kafka".split())
    return s.pick([f"{a}-{s.rng.randint(1, 30)}", f"{a}{s.rng.randint(1, 9)}.internal", f"{a}.{contact.domain(s)}", f"{a}-{s.rng.randint(0, 9)}.prod.svc.cluster.local", "localhost", f"ip-10-0-{s.rng.randint(0, 255)}-{s.rng.randint(0, 255)}"])


def ip(s) -> str:
    """An IP address (the rules' business, not the model's)."""
    return s.pick([f"10.{s.rng.randint(0, 255)}.{s.rng.randint(0, 255)}.{s.rng.randint(1, 254)}", f"192.168.{s.rng.randint(0, 9)}.{s.rng.randint(1, 254)}", "127.0.0.1", f"{s.rng.randint(11, 220)}.{s.rng.randint(0, 255)}.{s.rng.randint(0, 255)}.{s.rng.randint(1, 254)}", "::1", f"fe80::{s.chars(4, '0123456789abcdef')}:{s.chars(4, '0123456789abcdef')}"])


def plain_url(s) -> str:
    """A URL that tells of nobody."""
    return s.pick([f"http://localhost:{s.rng.randint(1000, 9999)}/{s.pick(['api', 'health', 'metrics', 'docs', ''])}", f"https://docs.{contact.domain(s)}/{s.pick(['guide', 'api/v2', 'install', 'faq'])}", f"https://www.{contact.domain(s)}", f"https://github.com/{s.pick(['golang/go', 'torvalds/linux', 'caddyserver/caddy', 'python/cpython', 'kubernetes/kubernetes'])}/issues/{s.digits(4)}", f"https://{contact.domain(s)}/{s.pick(['pricing', 'blog/release-notes', 'static/app.js', 'img/logo.png'])}", f"http://{ip(s)}:8080/"])


def file_path(s) -> str:
    """A path in a file system."""
    return s.pick([f"/var/log/{s.pick(['nginx', 'app', 'syslog', 'caddy'])}/{s.pick(['access', 'error'])}.log", f"src/{s.pick(['main', 'util', 'server', 'parser'])}/{s.pick(['handler.go', 'index.ts', 'models.py', 'App.java'])}", f"/etc/{s.pick(['hosts', 'caddy/Caddyfile', 'ssl/certs', 'fstab'])}", "C:\\Program Files\\App\\config.xml", f"./build/{s.pick(['out', 'dist'])}/bundle.{s.chars(8, '0123456789abcdef')}.js", f"/api/v{s.rng.randint(1, 4)}/{s.pick(['items', 'users', 'orders', 'search', 'health'])}"])


def symbol(s) -> str:
    """An identifier of a program."""
    a, b = s.pick("get set load parse user order name token cache file build client request".split()), s.pick("Name Id List Handler Error Config Count Manager Value Index Path Factory".split())
    return s.pick([f"{a}{b}", f"{a}_{b.lower()}", f"{a.capitalize()}{b}", f"{a}{b}()", f"{a}.{b.lower()}", f"{a.upper()}_{b.upper()}"])


def placeholder(s) -> str:
    """What stands where a secret would."""
    return s.pick(["<your-password>", "changeme", "********", "${DB_PASSWORD}", "xxxxxxxx", "YOUR_API_KEY", "null", "[REDACTED]", "<token>", "{{ .Values.password }}", "os.environ['TOKEN']", "required", "***", "incorrect", "too short", "your-secret-here", "none", '""', "$PASSWORD", "expired"])
