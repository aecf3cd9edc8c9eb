"""Names of other scripts in Latin letters, by one common table each."""

import unicodedata


def _table(letters: str, latin: str) -> dict:
    return dict(zip(letters.split(), latin.split(" "), strict=True))


_LETTERS = (
    _table("а б в г д е ж з и й к л м н о п р с т у ф х ц ч ш щ ъ ы ь э ю я і ї є ґ ђ ј љ њ ћ џ ѓ ќ ѕ ё",
           "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch  y  e yu ya i yi ye g dj j lj nj c dz g k dz e")
    | _table("α β γ δ ε ζ η θ ι κ λ μ ν ξ ο π ρ σ τ υ φ χ ψ ω ς", "a v g d e z i th i k l m n x o p r s t y f ch ps o s")
    | _table("ά έ ή ί ό ύ ώ ϊ ϋ ΐ ΰ", "a e i i o y o i y i y")
    | _table("ა ბ გ დ ე ვ ზ თ ი კ ლ მ ნ ო პ ჟ რ ს ტ უ ფ ქ ღ ყ შ ჩ ც ძ წ ჭ ხ ჯ ჰ",
             "a b g d e v z t i k l m n o p zh r s t u p k gh q sh ch ts dz ts ch kh j h")
    | _table("ա բ գ դ ե զ է ը թ ժ ի լ խ ծ կ հ ձ ղ ճ մ յ ն շ ո չ պ ջ ռ ս վ տ ր ց ւ փ ք օ ֆ և",
             "a b g d e z e y t zh i l kh ts k h dz gh ch m y n sh o ch p j r s v t r ts v p k o f ev")
)  # fmt: skip


def latin(name: str) -> str:
    """A Cyrillic, Greek, Georgian or Armenian name in Latin letters; others unchanged."""
    out, start = [], True
    for ch in name:
        low = ch.lower()
        new = _LETTERS.get(low)
        if new is None:
            out.append(ch)
        else:
            out.append(new.capitalize() if ch != low or (start and "ა" <= ch <= "ჰ") else new)
        start = not ch.isalpha()
    return "".join(out)


def is_latin(name: str) -> bool:
    """Whether the letters of a name are Latin ones."""
    return all(ord(ch) < 0x250 or 0x1E00 <= ord(ch) < 0x1F00 or not ch.isalpha() for ch in name)


_PLAIN = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "Æ": "Ae", "ı": "i", "ð": "d", "þ": "th", "œ": "oe", "ə": "a", "Ə": "A"})


def plain(text: str) -> str:
    """Latin letters without their accents."""
    return "".join(ch for ch in unicodedata.normalize("NFKD", text.translate(_PLAIN)) if not unicodedata.combining(ch))
