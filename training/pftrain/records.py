"""Records: rows of fields about a person or a thing, drawn for one of the carriers."""

from . import carriers, fields, places, text


def _key(scene, spellings: str) -> str:
    k = scene.pick(spellings.split())
    r = scene.rng.random()
    if r < 0.08:
        return k.replace("_", "-")
    if r < 0.14:
        return k.upper()
    if r < 0.2:
        return scene.pick(["user.", "data.", "customer.", "$.", "items[0].", "payload.", "patient.", "order.", "request.", "fields."]) + k
    if r < 0.26 and "_" in k:
        head, *rest = k.split("_")
        return head + "".join(w.capitalize() for w in rest)
    return k


_NOTE = "note notes message comment text description body msg bio content summary subject remark"


def _note(scene, clean: bool = False) -> text.Text:
    from . import compose

    return compose.sentence(scene, "clean" if clean else scene.pick(["prose", "prose", "chat"]))


def _parts(scene) -> list:
    """A postal address as the fields of a record: each part is personal there."""
    c = places.country_code(scene)
    mark = "private_address"
    return [
        (_key(scene, "street street_address address1 line1 strasse address_line_1 addressLine1 rue"), text.Text().add(places.street(scene, c), mark)),
        (_key(scene, "city town ort ville locality"), text.Text().add(places.city_of(scene, c), mark)),
        (_key(scene, "zip postcode postal_code zip_code plz postalCode cp"), text.Text().add(places.postcode(scene, c), mark)),
    ] + ([(_key(scene, "country country_code"), text.Text().add(places.COUNTRY[c], mark))] if scene.chance(0.4) else [])


class Rows:
    """Draws records of one schema: every call fills the same fields anew."""

    def __init__(self, scene, about_person: bool):
        self.scene = scene
        kind = scene.pick(fields.PERSON_KINDS if about_person else fields.THING_KINDS).split()
        if scene.chance(0.5):
            extra = scene.pick(sorted(fields.NEUTRAL))
            if extra not in kind and not (extra == "placeholder" and about_person):
                kind.insert(scene.rng.randint(0, len(kind)), extra)
        if scene.chance(0.25):
            scene.rng.shuffle(kind)
        self.schema = []
        for field in kind:
            if field == "note":
                self.schema.append((_key(scene, _NOTE), _note))
            elif field == "parts":
                self.schema.append((None, _parts))
            else:
                self.schema.append(self._field(field, about_person))

    def _field(self, field: str, about_person: bool):
        if about_person and field in fields.PEOPLE:
            spellings, template = fields.PEOPLE[field]
            if self.scene.held:
                spellings = fields.HELD.get(field, spellings)
        else:
            table = fields.THINGS if field in fields.THINGS and not about_person else fields.NEUTRAL
            spellings, template = table.get(field) or fields.THINGS.get(field) or fields.NEUTRAL["host"]
        return _key(self.scene, spellings), template

    def __call__(self) -> list:
        """The fields of one record: (key, value text)."""
        cast, out = self.scene.cast({}), []
        for key, value in self.schema:
            if value is _parts:
                parts = _parts(self.scene)
                self.part_keys = getattr(self, "part_keys", None) or [k for k, _ in parts]
                out += [(k, v) for k, (_, v) in zip(self.part_keys, parts)]
            elif value is _note:
                out.append((key, _note(self.scene)))
            elif value == "CLEAN":
                out.append((key, _note(self.scene, True)))
            else:
                out.append((key, text.expand(self.scene, value, cast)))
        return out


def form_rows(scene) -> list:
    """The fields of a paper form, called as the language calls them."""
    labels = fields.LABELS.get(scene.language, fields.LABELS["en"])
    if scene.chance(0.4):
        chosen = [f for f in ("name", "first", "last", "dob", "phone", "email", "address", "natid", "iban") if scene.chance(0.55) and not (f in ("first", "last") and scene.chance(0.6))]
    else:
        chosen = scene.rng.sample(sorted(fields.FORM), scene.rng.randint(1, 6))
    cast, out = scene.cast({}), []
    for field in chosen or ["name"]:
        out.append((scene.pick(labels[field]), text.expand(scene, fields.FORM[field], cast)))
    if scene.chance(0.3):
        out.append((scene.pick(labels["note"]), _note(scene, scene.chance(0.5))))
    if scene.chance(0.15):
        c = places.country_code(scene)
        mark = "private_address"
        if c not in ("jp", "kr", "cn", "tw"):
            out += [(scene.pick(labels["street"]), text.Text().add(places.street(scene, c), mark)), (scene.pick(labels["postcode"]), text.Text().add(places.postcode(scene, c), mark)), (scene.pick(labels["city"]), text.Text().add(places.city_of(scene, c), mark))]
    return out


def record(scene, about_person: bool) -> text.Text:
    """One record in one of the carriers."""
    return carriers.carry(scene, Rows(scene, about_person))


def form(scene) -> text.Text:
    """A form in the language's own words."""
    return carriers.form(scene, form_rows(scene))
