"""Passwords, keys and tokens."""

import base64
import string

from . import contact

# words that passwords are made of; the second list is held out
_WORDS = {
    False: "summer winter dragon monkey hunter tiger coffee rainbow purple falcon shadow orange silver pepper banana thunder castle rocket cookie guitar pirate flower welcome sunshine football mango ninja blue happy bear "
    "secret admin letmein master qwerty qwertz asdf princess soccer hockey pokemon starwars matrix freedom whatever trustno changeit testing baseball computer internet server office london berlin paris chelsea arsenal juventus bayern "
    "sommer passwort schatz hallo sonne geheim fussball liebe winter herbst fruehling schalke kaffee katze hund blume soleil bonjour amour chocolat motdepasse doudou papillon azerty loulou hola amor contrasena estrella futbol mariposa "
    "ciao amore juve stella farfalla password forza geheim welkom voetbal zomer senha benfica flamengo gatinho haslo kochanie misiek polska kotek lato heslo slunce laska parola galatasaray fener salasana kesa sommar solros lozinka jelszo "
    "correct horse battery staple river copper marmalade violin harbor lantern pickle velvet cactus thimble gravel saddle walnut anchor puzzle ginger meadow otter biscuit".split(),
    True: "autumn wizard panda walrus turtle cactus yellow marble lemon comet".split(),
}  # fmt: skip
_SYMBOLS = "!!!@#$%&*?-_.+=~^/;:"
_ROWS = "qwerty qwertz azerty asdfgh 1q2w3e4r 1qaz2wsx zaq1xsw2 q1w2e3r4t5 qweasd 123qwe abc123".split()


def _word(s) -> str:
    if s.chance(0.2):
        p = s.last_person or s.someone()
        return s.pick([p.latin_given, p.latin_given, p.latin_sur])
    return s.pick(_WORDS[s.held])


def password(s) -> str:
    """A password as people make them, or as a machine does."""
    w = _word(s)
    r = s.rng.random()
    w = w.capitalize() if r < 0.5 else w.upper() if r < 0.55 else w
    if s.chance(0.3):
        w = w.translate(str.maketrans(s.pick([{"a": "@", "o": "0", "e": "3"}, {"i": "1", "s": "$"}, {"a": "4", "e": "3", "i": "1", "o": "0"}, {"s": "5", "o": "0"}, {"a": "@", "s": "$"}])))
    sym, year = s.pick(_SYMBOLS), str(s.rng.randint(1960, 2027))
    n = s.rng.randint
    return s.pick([
        f"{w}{s.digits(n(1, 4))}{sym}", f"{w}{sym}{s.digits(n(2, 4))}", f"{w}{year}{sym}", f"{w}{year}", f"{w}{year[2:]}{sym}{sym}", f"{w}-{_word(s).capitalize()}{sym}{s.digits(2)}", f"{w}{s.digits(1)}-{_word(s).capitalize()}{sym}{s.digits(2)}", f"{w}{s.digits(4)}",
        s.pick("-._ +").join(_word(s) for _ in range(n(3, 5))).replace(" ", "-"), "".join(_word(s).capitalize() for _ in range(n(2, 4))) + s.digits(n(0, 2)), f"{w}_{_word(s)}", f"{sym}{w}{s.digits(3)}{s.chars(3)}", f"P@ss{w}{s.digits(2)}", f"{s.pick(_ROWS)}{sym}{s.digits(2)}", f"{s.digits(3)}{w}{s.digits(3)}", f"{w}{w}{s.digits(1)}",
        s.chars(n(9, 18), string.ascii_letters + string.digits + "!@#$%^&*"), s.chars(n(8, 20)), s.chars(n(12, 24), string.ascii_letters + string.digits + "!#$%&*+-./:;<=>?@[]^_{|}~"), f"{s.chars(4)}{sym}{s.chars(5)}", s.chars(n(8, 12), string.ascii_lowercase + string.digits), "-".join(s.chars(4, string.ascii_lowercase + string.digits) for _ in range(n(3, 4))),
        "-".join(s.chars(6, string.ascii_letters + string.digits) for _ in range(3)), s.digits(n(4, 8)), s.chars(n(16, 32)), f"{w}{sym}{w}", f"{w.lower()}{s.chars(2, string.ascii_uppercase)}{sym}{s.digits(3)}",
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
