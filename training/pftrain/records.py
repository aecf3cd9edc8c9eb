"""Records: the same fields as JSON, YAML, CSV, forms, `key: value` lines, logs.

A field is a list of key spellings and a template for its value. The key is what
tells a name from a word, so one key ("name", "id", "title") appears in records
about people and in records about builds and products alike.
"""

import json

from . import places, text

# key spellings | value template
PEOPLE = {
    "name": ("name full_name fullName customer_name contact display_name Name patient_name employee user customer.name user.name recipient author owner assignee holder cardholder", "{person}"),
    "rev": ("name full_name patient employee_name sort_name", "{rev}"),
    "first": ("first_name firstName given_name fname first forename nickname vorname prenom nombre", "{first}"),
    "last": ("last_name lastName surname family_name lname last nachname nom apellido", "{last}"),
    "email": ("email e_mail mail email_address contact_email user.email Email from to cc reply_to", "{email}"),
    "phone": ("phone tel mobile telephone phone_number cell contact_phone Phone fax whatsapp", "{phone}"),
    "dob": ("dob date_of_birth birth_date birthDate birthday dateOfBirth born DOB geburtsdatum birthdate", "{dob}"),
    "address": ("address shipping_address billing_address home_address addr Address location residence", "{address}"),
    "ssn": ("ssn social_security national_id tax_id SSN nino personal_id id_number nationalId", "{natid}"),
    "card": ("card card_number cc pan credit_card cardNumber payment.card", "{card}"),
    "iban": ("iban IBAN bank_account account_iban", "{iban}"),
    "account": ("account account_number acct accountNumber bank_account_number account_no", "{account}"),
    "member": ("member_id patient_id mrn policy_number insurance_id membership_no", "{member}"),
    "passport": ("passport passport_number license_number driver_license document_number", "{passport}"),
    "password": ("password passwd pwd pass passphrase user_password", "{password}"),
    "key": ("api_key apiKey token access_token secret client_secret auth_token private_key secret_key", "{key}"),
    "url": ("profile profile_url linkedin website homepage avatar_url", "{url}"),
}  # fmt: skip

NEUTRAL = {
    "id": ("id user_id uid ID customer_id record_id ref", "[{number}|{ident}|{order}]"),
    "status": ("status state Status", "[active|pending|closed|open|failed|ok|inactive|verified|paid]"),
    "created": ("created_at created updated_at date timestamp modified last_login due_date expires", "[{date}|{stamp}]"),
    "city": ("city town City location place", "{city}"),
    "country": ("country nationality country_code region", "[Germany|US|France|United Kingdom|ES|Poland|Italy|Brazil|DE|India]"),
    "role": ("role job_title position title department team", "[admin|engineer|nurse|Sales|Marketing|Manager|HR|member|viewer|Head of Finance|teacher]"),
    "company": ("company organization employer org Company", "{org}"),
    "amount": ("amount total price balance salary", "[{amount}|{number}]"),
    "order": ("order order_id invoice ticket case_number", "{order}"),
    "product": ("product item sku name plan model", "[{product}|Widget Pro 3000|Blue T-shirt M|USB-C cable 2m|Basic plan|Coffee beans 1kg|Office chair]"),
    "version": ("version ver release build", "{version}"),
    "host": ("host hostname server node ip", "[{host}|{ip}]"),
    "url": ("url endpoint link href docs", "{plainurl}"),
    "path": ("path file filename route", "{path}"),
    "lang": ("language locale lang timezone currency", "[en|de_DE|en-US|Europe/Berlin|USD|UTC|fr]"),
    "flag": ("enabled active verified subscribed is_admin debug", "[true|false|yes|no|1]"),
    "count": ("count quantity age retries size n duration_ms port", "{number}"),
    "gender": ("gender sex marital_status", "[male|female|m|f|single|married|other]"),
    "placeholder": ("password token api_key secret email phone", "[{placeholder}|n/a|unknown|-|none|null]"),
    "uuid": ("uuid request_id trace_id session_id correlation_id etag sha checksum commit", "{ident}"),
}  # fmt: skip

# Records that speak of no person: the same keys with other values.
THINGS = {
    "name": ("name title label display_name component service", "[{product}|{symbol}|{host}|nginx-deployment|parser|build|default|main|Release notes|lint|Untitled document|my-app|Q3 report|web|unit tests|payments-api]"),
    "desc": ("description summary message text msg note", "CLEAN"),
    "type": ("type kind category level", "[info|Deployment|string|error|service|config|WARN|object|integer|blog]"),
    "owner": ("owner user author assignee", "[admin|root|system|platform-team|bot|ci|nobody|www-data|support|postgres]"),
    "env": ("env environment stage namespace", "[prod|staging|dev|default|test]"),
    "image": ("image repository repo package", "[nginx:1.25|redis:7|registry.local/app:{version}|golang:1.22-alpine|left-pad|lodash@4.17.21]"),
    "license": ("license license_id", "[MIT|Apache-2.0|BSD-3-Clause|ISC]"),
}  # fmt: skip

# Keys of the held-out records: spellings that training never shows.
HELD_KEYS = {
    "name": "beneficiary guest signatory passenger claimant subscriber sender tenant",
    "first": "given_names callsign_name forenames", "last": "family lastname2 cognome",
    "email": "e_mail_addr primary_mail notify_to", "phone": "telefon gsm callback_number", "dob": "birth born_on naissance",
    "address": "domicile ship_to postal_address", "ssn": "taxpayer_no citizen_id", "card": "visa pan_number", "iban": "payout_iban",
    "account": "debit_account", "member": "loyalty_no chart_no", "passport": "travel_document", "password": "login_password pw",
    "key": "bearer_token signing_key webhook_secret", "url": "personal_page",
}  # fmt: skip

PERSON_KINDS = [
    ["id", "name", "email", "status"], ["name", "phone", "email", "address"], ["first", "last", "dob", "gender"], ["name", "dob", "ssn", "address", "phone"],
    ["name", "card", "amount", "order"], ["name", "iban", "amount", "created"], ["name", "city", "status"], ["id", "name", "role", "company", "email"],
    ["name", "member", "dob", "created"], ["email", "password"], ["name", "email", "password", "created", "flag"], ["host", "count", "key"], ["key", "url", "flag"],
    ["first", "email", "lang"], ["name", "account", "amount"], ["name", "passport", "country", "dob"], ["rev", "member", "status"], ["name", "url", "company"],
    ["address", "phone"], ["name", "note"], ["note", "count"], ["id", "note", "created"], ["name", "count", "country"], ["first", "city"], ["name", "role"], ["last", "first", "email"],
    ["dob"], ["name"], ["first"], ["note"], ["name", "product", "amount", "address"], ["order", "name", "address", "status", "product"], ["host", "password", "version"],
    ["name", "parts"], ["name", "parts", "phone", "email"], ["parts"], ["id", "first", "last", "company"], ["uuid", "name", "created"], ["name", "flag", "lang"],
]  # fmt: skip
THING_KINDS = [
    ["name", "version", "url"], ["id", "name", "desc", "created"], ["name", "type", "env"], ["host", "path", "count"], ["uuid", "status", "created", "count"], ["name", "image", "count", "env"],
    ["order", "product", "amount", "status"], ["desc", "status"], ["name", "license", "version"], ["owner", "env", "host"], ["id", "product", "amount", "created"], ["name", "owner", "type", "flag"],
    ["url", "placeholder", "flag"], ["placeholder", "host", "count"], ["city", "country", "count"], ["company", "city", "created"], ["name"], ["desc"], ["id", "status", "uuid"], ["role", "company"],
    ["created", "amount", "order"], ["lang", "flag", "count"], ["path", "uuid"], ["name", "desc", "flag"], ["company", "amount"], ["product", "count", "amount"], ["name", "status", "city"],
]  # fmt: skip


def _key(scene, spellings: str) -> str:
    k = scene.pick(spellings.split())
    r = scene.rng.random()
    if r < 0.1:
        return k.replace("_", "-")
    if r < 0.16:
        return k.upper()
    if r < 0.22:
        return scene.pick(["user.", "data.", "customer.", "$.", "items[0].", "payload."]) + k
    return k


def _note(scene) -> text.Text:
    section = scene.pick(["prose", "chat"]) if scene.language == "en" else "prose"
    return text.expand(scene, scene.pick(text.templates(scene.language, section, scene.held)))


def _clean(scene) -> text.Text:
    return text.expand(scene, scene.pick(text.templates(scene.language, "clean", scene.held)))


def _value(scene, template: str) -> text.Text:
    return _clean(scene) if template == "CLEAN" else text.expand(scene, template)


def _parts(scene) -> list:
    """An address in fields: every field of it is part of the address."""
    c = places.country_code(scene)
    mark = "private_address"
    rows = [
        (_key(scene, "street street_address address1 line1 strasse address_line_1"), text.Text().add(places.street(scene, c), mark)),
        (_key(scene, "city town ort ville city"), text.Text().add(places.city_of(scene, c), mark)),
        (_key(scene, "zip postcode postal_code zip_code plz"), text.Text().add(places.postcode(scene, c), mark)),
    ]
    if scene.chance(0.4):
        rows.append((_key(scene, "country country_code"), text.Text().add(places.COUNTRY[c], mark)))
    return rows


def rows(scene, about_person: bool) -> list:
    """The fields of one record: (key, value text)."""
    kind = list(scene.pick(PERSON_KINDS if about_person else THING_KINDS))
    if scene.chance(0.5):
        extra = scene.pick(sorted(NEUTRAL))
        if extra not in kind:
            kind.insert(scene.rng.randint(0, len(kind)), extra)
    if scene.chance(0.25):
        scene.rng.shuffle(kind)
    out = []
    for field in kind:
        if field == "note":
            out.append((_key(scene, "note notes message comment text description body msg bio content summary subject"), _note(scene)))
        elif field == "parts":
            out += _parts(scene)
        else:
            table = PEOPLE if about_person and field in PEOPLE else THINGS if field in THINGS and not about_person else NEUTRAL
            spellings, template = table.get(field) or NEUTRAL.get(field) or THINGS[field]
            if scene.held and table is PEOPLE:
                spellings = HELD_KEYS.get(field, spellings)
            out.append((_key(scene, spellings), _value(scene, template)))
    return out


def _title(key: str) -> str:
    return key.rsplit(".", 1)[-1].replace("_", " ").replace("-", " ").capitalize()


def _escape(t: text.Text) -> text.Text:
    return t.map(lambda piece: json.dumps(piece, ensure_ascii=False)[1:-1])


def _flat(t: text.Text) -> text.Text:
    return t.map(lambda piece: piece.replace("\n", " "))


def lines(fields, sep=": ", key=lambda k: k, end="\n") -> text.Text:
    """`key: value` lines: how the filter joins short siblings."""
    out = text.Text()
    for k, v in fields:
        out.add(key(k) + sep).append(_flat(v)).add(end)
    return out


def as_json(scene, fields) -> text.Text:
    """A JSON object, compact or indented."""
    pretty = scene.chance(0.4)
    gap = "\n  " if pretty else scene.pick(["", " "])
    out = text.Text().add("{" + (gap if pretty else ""))
    for i, (k, v) in enumerate(fields):
        out.add(("," + gap if i else "") + json.dumps(k) + (": " if pretty or gap else ":"))
        bare = not v.spans and (str(v).isdigit() or str(v) in ("true", "false", "null"))
        if bare:
            out.append(v)
        else:
            out.add('"').append(_escape(v)).add('"')
    return out.add(("\n" if pretty else "") + "}")


def as_csv(scene, about_person: bool) -> text.Text:
    """A header and a few rows with the same fields."""
    rng_state = scene.rng.getstate()
    out = text.Text()
    sep = scene.pick([",", ",", ";", "\t", " | "])
    scene.rng.setstate(rng_state)
    head = rows(scene, about_person)
    keys = [k for k, _ in head]
    if scene.chance(0.8):
        out.add(sep.join(keys) + "\n")
    for _ in range(scene.rng.randint(1, 5)):
        for i, (_, v) in enumerate(head):
            out.add(sep if i else "")
            quote = sep in str(v) or "\n" in str(v)
            out.add('"' if quote else "").append(_flat(v)).add('"' if quote else "")
        out.add("\n")
        # The next row: the same kinds of value, drawn again.
        head = [(k, _again(scene, v)) for k, v in head]
    return out


_BACK = {"private_person": "person", "private_email": "email", "private_phone": "phone", "private_date": "dob", "private_address": "address"}


def _again(scene, v: text.Text) -> text.Text:
    if len(v.spans) == 1 and v.spans[0][:2] == (0, v.length):
        category, shown = v.spans[0][2], str(v)
        if category == "private_person":
            return text.slot(scene, "person" if " " in shown and "," not in shown else "rev" if "," in shown else "first")
        if category in _BACK:
            return text.slot(scene, _BACK[category])
    return v


def record(scene, about_person: bool) -> text.Text:
    """One record in one of the carriers."""
    r = scene.rng.random()
    if r < 0.11:
        return as_csv(scene, about_person)
    fields = rows(scene, about_person)
    if r < 0.45:
        return lines(fields)
    if r < 0.62:
        return as_json(scene, fields)
    if r < 0.76:
        return lines(fields, scene.pick([": ", ":", " : ", ": ", ":\t"]), _title, scene.pick(["\n", "\n", " ", "; ", "  "]))
    if r < 0.83:
        return lines(fields, "=", lambda k: k, scene.pick([" ", "\n", "&", ", "]))
    if r < 0.88:
        out = text.Text()
        for k, v in fields:
            tag = k.rsplit(".", 1)[-1].replace("$", "x")
            out.add(f"<{tag}>").append(_flat(v)).add(f"</{tag}>" + scene.pick(["", "\n"]))
        return out
    if r < 0.93:
        out = text.Text().add(scene.pick(["INSERT INTO users (", "insert into customers(", "INSERT INTO orders ("]))
        out.add(", ".join(k.rsplit(".", 1)[-1] for k, _ in fields) + ") VALUES (")
        for i, (_, v) in enumerate(fields):
            out.add(", '" if i else "'").append(_flat(v)).add("'")
        return out.add(");")
    out = text.Text().add("| " + " | ".join(_title(k) for k, _ in fields) + " |\n|" + "---|" * len(fields) + "\n|")
    for _, v in fields:
        out.add(" ").append(_flat(v)).add(" |")
    return out
