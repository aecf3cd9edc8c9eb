"""Bits without a sentence: one value, lists of names, tables, signatures."""

from . import compose, dates, fields, orgs, people, places, text

PERSON = people.PERSON


def _mark(s, p, kind: str) -> text.Text:
    return text.Text().add(people.write(s, p, (kind,) if kind else ()), PERSON)


def _joined(items, sep: str) -> text.Text:
    out = text.Text()
    for i, item in enumerate(items):
        out.add(sep if i else "").append(item)
    return out


def one_value(s) -> text.Text:
    """One value alone, or behind one word."""
    kind = s.pick("person person person first last last rev email phone address url iban card password key org org product city eponym namedplace ident order date plainurl user".split())
    value = text.slot(s, kind)
    label = {"person": "name", "first": "first", "last": "last", "rev": "name", "email": "email", "phone": "phone", "address": "address", "iban": "iban", "card": "card", "org": "company", "city": "city", "order": "order", "date": "date"}.get(kind)
    if label and s.chance(0.4):
        words = fields.LABELS.get(s.language, fields.LABELS["en"])
        return text.Text().add(s.pick(words[label]) + s.pick([": ", ":", " ", ":\n"])).append(value)
    if kind in ("iban", "card", "password", "key") and not label:
        return text.Text().add({"password": s.pick(["pw: ", "password ", "pass=", "Passwort: "]), "key": s.pick(["token: ", "api key ", "Bearer ", "key="])}.get(kind, "")).append(value)
    return value


def names(s) -> text.Text:
    """A bare list: surnames, given names or full names, or a class of one kind."""
    kind = s.pick(["last", "last", "first", "full", "full", "rev", "init", ""])
    items = [_mark(s, people.draw(s), kind) for _ in range(s.pick([2, 3, 3, 4, 5, 6, 8, 12, 20]))]
    sep = s.pick(["\n", "\n", "\n", ", ", ", ", "; ", " / ", "\n- ", "\n* ", " | ", " - ", " und " if s.language == "de" else " & "])
    if kind == "rev" and sep == ", ":
        sep = "; "
    out = text.Text()
    if s.chance(0.4):
        heading = s.pick(_HEADINGS.get(s.language, _HEADINGS["en"]))
        out.add(heading + s.pick([":\n", ": ", "\n", ":\n\n"]))
    if sep.startswith("\n") and s.chance(0.3):
        for i, item in enumerate(items):
            out.add(f"{i + 1}{s.pick(['.', ')', ''])} ").append(item).add("\n")
        return out
    return out.add(sep.strip("\n") if sep.startswith("\n") else "").append(_joined(items, sep))


_HEADINGS = {
    "en": ["Attendees", "Participants", "Present", "Team", "Apologies", "Players", "Authors", "Surnames", "Class 5b", "Winners", "Shift", "On call", "Guests", "Speakers", "Cast", "Members"], "de": ["Teilnehmer", "Anwesend", "Entschuldigt", "Klasse 7a", "Team", "Gäste", "Vorstand", "Autoren", "Spieler", "Nachnamen"],
    "fr": ["Participants", "Présents", "Excusés", "Équipe", "Élèves", "Invités", "Auteurs", "Noms"], "es": ["Asistentes", "Participantes", "Ausentes", "Equipo", "Alumnos", "Invitados", "Apellidos"], "it": ["Presenti", "Assenti", "Partecipanti", "Squadra", "Alunni", "Cognomi"], "nl": ["Aanwezig", "Afwezig", "Deelnemers", "Team", "Leerlingen"],
    "pt": ["Presentes", "Ausentes", "Participantes", "Equipa", "Alunos"], "pl": ["Obecni", "Nieobecni", "Uczestnicy", "Zespół", "Uczniowie", "Nazwiska"], "cs": ["Přítomni", "Omluveni", "Účastníci", "Žáci"], "ru": ["Присутствовали", "Отсутствовали", "Участники", "Список группы", "Команда"], "uk": ["Присутні", "Учасники", "Команда"],
    "sv": ["Närvarande", "Frånvarande", "Deltagare"], "da": ["Til stede", "Deltagere"], "no": ["Til stede", "Deltakere"], "fi": ["Läsnä", "Osallistujat"], "tr": ["Katılanlar", "Katılımcılar", "Öğrenciler"], "el": ["Παρόντες", "Συμμετέχοντες"], "zh": ["参会人员", "名单", "成员"], "zht": ["與會人員", "名單"], "ja": ["参加者", "出席者", "メンバー"], "ko": ["참석자", "명단"],
    "ar": ["الحضور", "المشاركون"], "fa": ["حاضران", "شرکت‌کنندگان"], "he": ["נוכחים", "משתתפים"], "hi": ["उपस्थित", "प्रतिभागी"], "th": ["ผู้เข้าร่วม", "รายชื่อ"], "hu": ["Jelenlévők", "Résztvevők"], "ro": ["Participanți", "Prezenți"], "bg": ["Присъстващи", "Участници"],
}  # fmt: skip


def roster(s) -> text.Text:
    """A table without a header: names with a number, a role, a city, a mark."""
    sep = s.pick(["\t", "  ", ",", ";", " | ", " - ", "    "])
    kind = s.pick(["full", "full", "rev", "last", "first"])
    if kind == "rev" and sep == ",":
        sep = ";"
    columns = s.rng.sample(["job", "city", "number", "phone", "email", "dob", "amount", "weekday", "clock", "org"], s.rng.randint(1, 3))
    out = text.Text()
    for _ in range(s.rng.randint(2, 9)):
        p = s.last_person = people.draw(s)
        row = [_mark(s, p, kind)] + [text.slot(s, c) if c != "email" else text.Text().add(s.email_of(p), "private_email") for c in columns]
        if s.chance(0.15):
            row.insert(0, text.slot(s, "number"))
        out.append(_joined(row, sep)).add("\n")
    return out


def signature(s) -> text.Text:
    """The end of a mail: name, job, firm, address, numbers."""
    p = s.someone()
    out = text.Text().add(s.pick(["-- \n", "", "--\n", "\n"])).append(_mark(s, p, "full")).add("\n")
    rest = [text.slot(s, "job").map(lambda w: w.capitalize()), text.slot(s, "org"), text.Text().add(places.address(s), "private_address"), _labelled(s, "phone"), text.Text().add(s.email_of(p), "private_email"), text.slot(s, s.pick(["plainurl", "url"]))]
    kept = [r for r in rest if s.chance(0.6)]
    return out.append(_joined(kept, s.pick(["\n", "\n", " | ", " · "])))


def _labelled(s, field: str) -> text.Text:
    words = fields.LABELS.get(s.language, fields.LABELS["en"])
    return text.Text().add(s.pick(words[field]) + s.pick([": ", " ", ". "]).replace(". ", " ")).append(text.slot(s, field))


def caption(s) -> text.Text:
    """Names without a cue: a byline, a caption, a sign, an entry of a calendar."""
    p = s.someone()
    name = _mark(s, p, s.pick(["full", "full", "first", "last", ""]))
    r = s.rng.randrange(9)
    if r == 0:
        return name.add(s.pick(["\n", ", "])).append(text.slot(s, "job"))
    if r == 1:
        return name.add(f" ({s.rng.randint(4, 96)})")
    if r == 2:
        return text.Text().add(dates.clock(s) + " ").append(name)
    if r == 3:
        return name.add(s.pick([" / ", " x ", " + ", " & ", " - "])).append(_mark(s, s.someone(), "full"))
    if r == 4:
        return name.add(" - ").append(text.slot(s, "org"))
    if r == 5:
        return text.slot(s, "org").add(s.pick([", ", "\n", " / "])).append(name)
    if r == 6:
        return text.Text().add(s.pick(["(", "[", "– ", "~ ", "cc ", "@ ", "v. ", "i.A. ", "c/o ", "gez. ", "z.Hd. ", "attn "])).append(name)
    if r == 7:
        return name.add(s.pick(["?", "!", "...", " :)", "??", " !!"]))
    return name


_LINKS = ("Profile: |LinkedIn: |Website: |see |Portfolio |my page: |Link: |href=|URL |Reset: |Zoom: |[here](|source: |docs: |more at |Invite: |GitHub: |<|follow me on |Profil: |Perfil: |Profilo: |Профиль: |プロフィール：").split("|")


def links(s) -> text.Text:
    """Addresses on the net, some of people, some of nobody."""
    out = text.Text()
    for i in range(s.pick([1, 1, 2, 3, 5])):
        lead = s.pick(_LINKS) if s.chance(0.8) else ""
        out.add(s.pick(["\n", "\n", " ", ", "]) if i else "").add(lead)
        if s.chance(0.15):
            out.append(_mark(s, s.someone(), "full")).add(s.pick([" ", ": ", " – "]))
        out.append(text.slot(s, "url" if s.chance(0.6) else "plainurl")).add({"[here](": ")", "<": ">"}.get(lead, ""))
    return out


_CUES = ("password: |password is |pw |pass=|PASSWORD=|passwd |Passwort: |Kennwort |mot de passe : |contraseña: |hasło: |пароль: |密码：|パスワード: |wachtwoord: |senha: |token: |api key: |API_KEY=|secret: |Authorization: Bearer |X-Api-Key: |access_token=|client_secret: |PIN/password |login admin / |wifi key: ").split("|")
_NO_CUES = ("commit |sha256:|etag: |trace_id=|request |build |id: |uuid |checksum |version |order |digest: |rev |job |batch |tag: |cache key |object ").split("|")


def strings(s) -> text.Text:
    """Passwords and keys beside identifiers that only look like them."""
    out = text.Text()
    for i in range(s.rng.randint(1, 4)):
        out.add(s.pick(["\n", "\n", ", ", " "]) if i else "")
        if s.chance(0.55):
            cue = s.pick(_CUES)
            out.add(cue).append(text.slot(s, "key" if any(w in cue.lower() for w in ("key", "token", "secret", "bearer")) and "wifi" not in cue else "password"))
        elif s.chance(0.3):
            out.add(s.pick(_CUES)).append(text.slot(s, "placeholder"))
        else:
            out.add(s.pick(_NO_CUES)).append(text.slot(s, s.pick(["hash", "ident", "uuid", "order", "version"])))
    return out


def numbers(s) -> text.Text:
    """Numbers behind the words that say whose they are: the state's, the bank's, nobody's."""
    words = fields.LABELS.get(s.language, fields.LABELS["en"])
    out = text.Text()
    for i in range(s.pick([1, 2, 2, 3, 4])):
        kind = s.pick("natid natid account member passport iban card dob dob phone order order date amount".split())
        out.add(s.pick([", ", "\n", "; ", " ", " / "]) if i else "").add(s.pick(words[kind]) + s.pick([": ", " ", " ", " = ", "\t"])).append(text.slot(s, kind))
    return out


def bilingual(s) -> text.Text:
    """A sentence of another language around people of this one."""
    a = compose.line(s, 0.7)
    home, s.language = s.language, s.pick(["en", "de", "fr", "es"])
    b = compose.line(s, 0.5)
    s.language = home
    return a.add(s.pick([" ", "\n", " / "])).append(b)


def organisations(s) -> text.Text:
    """A bare list of organisations, products or places: nobody in it."""
    make = s.pick([orgs.org, orgs.org, orgs.product, orgs.eponym, orgs.named_place, orgs.job, places.country, places.city])
    items = [text.Text().add(make(s)) for _ in range(s.rng.randint(2, 9))]
    return _joined(items, s.pick(["\n", ", ", "; ", " | ", "\n- ", " / "]))
