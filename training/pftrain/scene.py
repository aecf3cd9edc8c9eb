"""Where the values of one document come from: random source, split, language, people."""

import random
import string

from . import contact, people, text, values


class Scene:
    """One document's world: its language, its country, the people in it."""

    def __init__(self, rng: random.Random, held: bool, language: str = "en"):
        self.rng, self.held, self.language = rng, held, language
        self.present = []  # people of the document, who may come back
        self.last_person = None
        self.home = None  # the country, once something asks for it

    def pick(self, options):
        """One of options."""
        return options[int(self.rng.random() * len(options))]

    def chance(self, p: float) -> bool:
        """True with probability p."""
        return self.rng.random() < p

    def digits(self, n: int) -> str:
        """n random digits."""
        return f"{self.rng.randrange(10**n):0{n}}" if n else ""

    def chars(self, n: int, alphabet: str = string.ascii_letters + string.digits) -> str:
        """n random characters."""
        return "".join(self.rng.choices(alphabet, k=n))

    def someone(self, gender: str | None = None, but=()) -> people.Person:
        """Somebody of the document or somebody new."""
        known = [p for p in self.present if id(p) not in but and gender in (None, p.gender)]
        if known and self.chance(0.3):
            return self.pick(known)
        p = people.draw(self, gender)
        self.present.append(p)
        return p

    def cast(self, genders: dict) -> people.Cast:
        """The numbered persons of one template."""
        return people.Cast(self, genders)

    def email_of(self, p: people.Person) -> str:
        """An e-mail address made from a name."""
        return contact.email_of(self, p)

    def value(self, name: str, forms: tuple = ()) -> text.Text:
        """What a slot draws, registered."""
        if name in people.LOOSE:
            return people.loose(self, name, forms)
        make, category = values.SLOTS[name]
        return text.Text().add(make(self), category)
