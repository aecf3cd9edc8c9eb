"""Texts of several sentences: prose, mails, letters, chats, documents, logs."""

from . import contact, dates, negatives, noise, places, text


def _template(scene, section: str) -> str:
    """A template of the section, or of the nearest that the language has."""
    for language, held in ((scene.language, scene.held), (scene.language, False), ("en", scene.held)):
        for name in (section, "prose"):
            found = text.templates(language, name, held)
            if found:
                return scene.pick(found)
    raise LookupError(scene.language)


def sentence(scene, section: str, cast=None) -> text.Text:
    """One template of a section."""
    return text.expand(scene, _template(scene, section), cast)


def _real_sentence(scene) -> text.Text:
    if scene.language == "en":
        return text.Text().add(negatives.sentence(scene))
    return text.Text().add(scene.pick(negatives.interface(scene.language, scene.held) or ("OK",))[:200])


def line(scene, personal: float) -> text.Text:
    """A sentence, personal or not."""
    if scene.chance(personal):
        return sentence(scene, "prose")
    if scene.chance(0.3):
        return _real_sentence(scene)
    return sentence(scene, "clean")


def prose(scene, personal: float = 0.6, most: int = 6) -> text.Text:
    """A few sentences, personal and not."""
    out = text.Text()
    gap = "" if scene.language in ("zh", "zht", "ja", "th") else " "
    for i in range(min(most, scene.pick([1, 1, 1, 2, 2, 3, 3, 4, 6]))):
        out.add(scene.pick([gap, gap, gap, "\n"]) if i else "").append(line(scene, personal if i else personal + 0.2))
    return out


def long_prose(scene) -> text.Text:
    """Paragraphs of a long text: most of it speaks of nobody."""
    out = text.Text()
    personal = scene.pick([0.05, 0.15, 0.3, 0.5])
    for i in range(scene.rng.randint(5, 16)):
        out.add("\n\n" if i else "").append(prose(scene, personal - 0.1))
    return out


def document(scene, register=None) -> text.Text:
    """A whole document template of the language."""
    found = text.documents(scene.language, scene.held) or text.documents(scene.language, False)
    if not found:
        return mail(scene)
    _, body = scene.pick(found)
    return text.expand(scene, body)


def file(scene, name: str) -> text.Text:
    """A document of the files that speak no language: code, logs."""
    found = text.documents(name, scene.held) or text.documents(name, False)
    return text.expand(scene, scene.pick(found)[1]) if found else logs(scene, 0.5)


_HEADERS = {
    "de": ("Von", "An", "Betreff", "Gesendet", "Am {d} um {t} schrieb {p}:"), "fr": ("De", "À", "Objet", "Envoyé", "Le {d} à {t}, {p} a écrit :"), "es": ("De", "Para", "Asunto", "Enviado", "El {d} a las {t}, {p} escribió:"),
    "it": ("Da", "A", "Oggetto", "Inviato", "Il giorno {d} alle {t}, {p} ha scritto:"), "nl": ("Van", "Aan", "Onderwerp", "Verzonden", "Op {d} om {t} schreef {p}:"), "pl": ("Od", "Do", "Temat", "Wysłano", "W dniu {d} o {t}, {p} pisze:"), "pt": ("De", "Para", "Assunto", "Enviado", "Em {d} às {t}, {p} escreveu:"),
    "ru": ("От", "Кому", "Тема", "Отправлено", "{d} в {t}, {p} пишет:"), "cs": ("Od", "Komu", "Předmět", "Odesláno", "Dne {d} v {t} napsal(a) {p}:"), "sv": ("Från", "Till", "Ämne", "Skickat", "Den {d} kl. {t} skrev {p}:"), "ja": ("差出人", "宛先", "件名", "送信日時", "{d} {t}、{p}のメール:"), "zh": ("发件人", "收件人", "主题", "发送时间", "{d} {t}，{p} 写道："),
}  # fmt: skip
_EN = ("From", "To", "Subject", "Sent", "On {d} at {t}, {p} wrote:")


def _box(scene, p) -> text.Text:
    """A mailbox: the name and the address, or one of them."""
    out = text.Text()
    r = scene.rng.random()
    if r < 0.8:
        q = scene.pick(["", "", '"', "'"])
        out.add(q).append(_named(scene, p)).add(q + " ")
    if r < 0.15:
        return text.Text().append(_named(scene, p))
    mail_ = text.Text().add(contact.email_of(scene, p), "private_email")
    return out.add("<").append(mail_).add(">") if scene.chance(0.85) else out.add("[mailto:").append(mail_).add("]")


def _named(scene, p, forms=("variant",)) -> text.Text:
    from . import people

    form = "rev" if scene.chance(0.12) and p.glue else None
    return text.Text().add(people.reverse(scene, p) if form else people.variant(scene, p) if scene.chance(0.3) else p.full(), people.PERSON)


def _headers(scene, sender, receiver) -> text.Text:
    words = _HEADERS.get(scene.language, _EN) if scene.chance(0.7) else _EN
    out = text.Text().add(words[0] + ": ").append(_box(scene, sender)).add("\n")
    if scene.chance(0.4):
        out.add(f"{words[3] if words is not _EN else scene.pick(['Sent', 'Date'])}: {dates.date(scene)} {dates.clock(scene)}\n")
    out.add(words[1] + ": ").append(_box(scene, receiver))
    if scene.chance(0.2):
        out.add("; ").append(_box(scene, scene.someone(but={id(sender), id(receiver)})))
    if scene.chance(0.2):
        out.add("\nCc: ").append(_box(scene, scene.someone(but={id(sender), id(receiver)})))
    return out.add(f"\n{words[2]}: {scene.pick(['Re: ', '', '', 'Fwd: ', 'AW: ' if scene.language == 'de' else 'RE: '])}").append(_subject(scene)).add("\n\n")


def _subject(scene) -> text.Text:
    t = sentence(scene, "clean" if scene.chance(0.8) else "prose")
    return t if t.length < 80 and "\n" not in str(t) else text.Text().add(scene.pick(["Info", "Termin", "Update", "FYI", "Meeting", "Invoice"]))


def body(scene) -> text.Text:
    """Opening, sentences, closing."""
    gap = scene.pick(["\n\n", "\n\n", "\n", " "])
    out = text.Text().append(sentence(scene, "open")).add(gap)
    for i in range(scene.rng.randint(1, 4)):
        out.add(" " if i else "").append(line(scene, 0.5))
    return out.add(gap).append(sentence(scene, "close"))


def mail(scene) -> text.Text:
    """A mail; sometimes with headers, sometimes with what it replies to."""
    out = text.Text()
    sender = scene.someone()
    receiver = scene.someone(but={id(sender)})
    if scene.chance(0.35):
        out.append(_headers(scene, sender, receiver))
    out.append(body(scene))
    if scene.chance(0.15):
        words = _HEADERS.get(scene.language, _EN)
        before, _, after = words[4].partition("{p}")
        fill = lambda part: part.replace("{d}", dates.date(scene)).replace("{t}", dates.clock(scene))
        out.add("\n\n" + fill(before)).append(_box(scene, receiver)).add(fill(after) + "\n").append(noise.quoted(scene, body(scene)))
    return out


def letter(scene) -> text.Text:
    """A letter with sender and recipient blocks."""
    out = text.Text().append(_named(scene, scene.someone())).add("\n")
    out.add(places.address_lines(scene) if scene.chance(0.7) else places.address(scene), "private_address").add("\n\n")
    if scene.chance(0.6):
        out.append(text.slot(scene, "org") if scene.chance(0.4) else _named(scene, scene.someone())).add("\n").add(places.address_lines(scene), "private_address").add("\n\n")
    return out.append(text.slot(scene, "date")).add("\n\n").append(body(scene))


_ROLES = [("User", "Assistant"), ("user", "bot"), ("Agent", "Customer"), ("Q", "A"), ("Support", "Visitor"), ("mod_bot", "xX_wolf_Xx"), ("Human", "AI"), ("system", "user"), ("Kunde", "Berater"), ("SPEAKER_00", "SPEAKER_01"), ("Interviewer", "Interviewee"), ("Doctor", "Patient")]


def chat(scene, personal: float = 0.6) -> text.Text:
    """One or several messages, with or without speakers."""
    n = scene.pick([1, 1, 1, 1, 2, 3, 4, 6, 10])
    style = scene.rng.randrange(7) if n > 1 else 9
    if scene.chance(0.4):
        speakers = [text.Text().add(w) for w in scene.pick(_ROLES)]
    elif scene.chance(0.25):
        speakers = [text.Text().add(contact.user(scene)) for _ in range(2)]
    else:
        speakers = []
        for _ in range(scene.pick([2, 2, 3])):
            p = scene.someone()
            speakers.append(text.Text().add(p.first() if scene.chance(0.5) else p.full(), "private_person"))
    out = text.Text()
    for i in range(n):
        who = speakers[i % len(speakers)] if scene.chance(0.85) else scene.pick(speakers)
        before, after = (
            ("", ": "), (f"[{dates.clock(scene)}] ", ": "), ("<", "> "), ("", "\n"), (f"[{dates.stamp(scene)}] ", ": "), (f"{dates.date(scene)}, {dates.clock(scene)} - ", ": "), ("@", " ") if not who.spans else ("**", "**: "),
            None, None, None,
        )[style] or ("", "")  # fmt: skip
        out.add("\n" if i else "")
        if style != 9:
            out.add(before).append(who).add(after)
        out.append(sentence(scene, "chat") if scene.chance(personal) else line(scene, 0.1))
    return out


def logs(scene, personal: float) -> text.Text:
    """Log lines and lines of code, shell and configuration."""
    out = text.Text()
    home = scene.language
    scene.language = "en" if scene.chance(0.6) else home
    for i in range(scene.pick([1, 1, 2, 3, 5, 8])):
        section = "pii" if scene.chance(personal) else "clean"
        found = text.templates("logs", section, scene.held) or text.templates("logs", section, False)
        out.add("\n" if i else "").append(text.expand(scene, scene.pick(found)))
    scene.language = home
    return out
