"""Passwords, keys and tokens."""

import base64
import string

from . import contact

_WORDS = {
    False: "summer winter dragon monkey hunter tiger coffee rainbow purple falcon shadow orange silver pepper banana "
    "thunder castle rocket cookie guitar pirate flower welcome sunshine football mango ninja blue happy bear".split(),
    True: "autumn wizard panda walrus biscuit turtle cactus yellow marble lemon comet".split(),
}


def password(s) -> str:
    """A password as people make them."""
    w = s.pick(_WORDS[s.held])
    if s.chance(0.5):
        w = w.capitalize()
    if s.chance(0.3):
        w = w.replace("a", "@").replace("o", "0").replace("e", "3")
    sym = s.pick("!@#$%&*?-_.+")
    return s.pick([
        f"{w}{s.digits(s.rng.randint(1, 4))}{sym}", f"{w}{sym}{s.digits(s.rng.randint(2, 4))}", f"{w}-{s.pick(_WORDS[s.held]).capitalize()}{sym}{s.digits(2)}",
        f"{w}{s.digits(1)}-{s.pick(_WORDS[s.held]).capitalize()}{sym}{s.digits(2)}", f"{w}{s.digits(4)}", "-".join(s.pick(_WORDS[s.held]) for _ in range(4)),
        s.chars(s.rng.randint(9, 18), string.ascii_letters + string.digits + "!@#$%^&*"), s.chars(s.rng.randint(10, 16)), f"{s.chars(4)}{sym}{s.chars(5)}",
        f"P@ss{w}{s.digits(2)}", f"{sym}{w}{s.digits(3)}{s.chars(3)}",
    ])  # fmt: skip


def _b64(s, n: int) -> str:
    return base64.b64encode(s.rng.randbytes(n)).decode()


def api_key(s) -> str:
    """An API key, access token or signing key."""
    alnum = s.chars
    return s.pick([
        f"sk-{alnum(s.rng.randint(32, 48))}", f"sk-proj-{alnum(40)}", f"ghp_{alnum(36)}", f"github_pat_{alnum(22)}_{alnum(30)}", f"AKIA{alnum(16, string.ascii_uppercase + '234567')}",
        f"xoxb-{s.digits(11)}-{s.digits(12)}-{alnum(24)}", f"sk_live_{alnum(24)}", f"rk_test_{alnum(24)}", f"glpat-{alnum(20)}", f"AIza{alnum(35)}", f"SG.{alnum(22)}.{alnum(43)}",
        f"npm_{alnum(36)}", f"hf_{alnum(34)}", f"dop_v1_{alnum(64, '0123456789abcdef')}", alnum(32, "0123456789abcdef"), alnum(40), alnum(48), f"Bearer_{alnum(30)}"[7:], f"whsec_{alnum(32)}", f"shpat_{alnum(32, '0123456789abcdef')}", f"SK{alnum(32, '0123456789abcdef')}", f"{s.digits(10)}:AA{alnum(33)}", f"ya29.{alnum(40)}", f"lin_api_{alnum(40)}", f"pypi-AgEI{alnum(50)}", f"sq0atp-{alnum(22)}", f"EAAC{alnum(50)}", f"{alnum(8)}-{alnum(8)}-{alnum(8)}", _b64(s, 24), _b64(s, 32), alnum(24), alnum(20),
        f"eyJ{alnum(20)}.eyJ{alnum(40)}.{alnum(43)}", f"pk.{alnum(30)}", f"{s.pick(contact.WORDS[s.held])}_{alnum(28)}",
    ])  # fmt: skip
