"""What looks like a secret, a phone or a date of birth and is none: certificates, ids of objects, forms."""

import string

from . import dates, text, things

_B64 = string.ascii_letters + string.digits + "+/"
_BLOCKS = ("CERTIFICATE", "CERTIFICATE", "PUBLIC KEY", "RSA PUBLIC KEY", "CERTIFICATE REQUEST", "X509 CRL", "PGP PUBLIC KEY BLOCK", "PGP SIGNATURE", "DH PARAMETERS", "TRUSTED CERTIFICATE", "SSH2 PUBLIC KEY", "PKCS7")


def _block(s, name: str, start: str, low: int, high: int) -> str:
    rows = [s.chars(64, _B64) for _ in range(s.rng.randint(low, high))] + [s.chars(s.rng.randint(8, 60), _B64) + s.pick(["", "=", "=="])]
    rows[0] = start + rows[0][len(start) :]
    return "\n".join([f"-----BEGIN {name}-----", *rows, f"-----END {name}-----"])


def certificates(s) -> text.Text:
    """Certificates and public keys, as blocks, in JSON and in lines of authorized keys."""
    r = s.rng.random()
    out = text.Text()
    if r < 0.12:  # a private one is a secret from its first line to its last
        body = _block(s, s.pick(["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "OPENSSH PRIVATE KEY", "ENCRYPTED PRIVATE KEY"]), "MII", 1, 5)
        return out.add(s.pick(["key:\n", "", "server.key\n", "tls.key:\n"])).add(body, "secret").add("\n")
    if r < 0.7:
        name = s.pick(_BLOCKS)
        body = _block(s, name, "MII" if "PGP" not in name else "mQ", 1, 8)
        if s.chance(0.2):
            body = f'{{"{s.pick(["cert", "certificate", "ca", "public_key", "x5c", "clientCA"])}": "' + body.replace("\n", "\\n") + '\\n"}'
        elif s.chance(0.25):
            body = s.pick(["ca:", "certificate: |", "tls.crt: |", "ca_bundle: |", "publicKey: |"]) + "\n  " + body.replace("\n", "\n  ")
        return out.add(s.pick(["", "", "# ca bundle\n", "server.crt\n", "Please find our certificate below.\n\n"]) + body + s.pick(["", "\n"]))
    rows = []
    for _ in range(s.rng.randint(1, 4)):
        rows.append(s.pick([
            lambda: f"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{s.chars(43, _B64)} {s.value('user')}@{things.host(s)}", lambda: f"ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAB{s.chars(120, _B64)}== backup", lambda: f"SHA256:{s.chars(43, _B64)} {things.host(s)} (ED25519)", lambda: f"Fingerprint={':'.join(s.chars(2, '0123456789ABCDEF') for _ in range(20))}",
            lambda: f"{things.host(s)} ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAAB{s.chars(60, _B64)}=", lambda: f"age1{s.chars(58, 'qpzry9x8gf2tvdw0s3jn54khce6mua7l')}", lambda: f'"kid": "{s.chars(22)}", "kty": "RSA", "n": "{s.chars(80)}", "e": "AQAB"', lambda: f"pin-sha256=\"{s.chars(43, _B64)}=\"", lambda: f"pk_{s.pick(['live', 'test'])}_{s.chars(24)} (publishable)",
            lambda: f"serial={s.chars(32, '0123456789ABCDEF')}", lambda: f"integrity=\"sha384-{s.chars(64, _B64)}\" crossorigin=\"anonymous\"", lambda: f"PublicKey = {s.chars(43, _B64)}=",
        ])())  # fmt: skip
    return out.add("\n".join(rows))


_OBJECTS = "pi cus evt ch in sub price prod pm txn re seti si acct po cs req card ba src tok_visa mandate link file dp fee iss plink wh job msg run thread asst batch order inv usr org ws".split()


def objects(s) -> text.Text:
    """Ids of payments, customers and events of an interface, etags and cursors."""
    name = lambda: f"{s.pick(_OBJECTS)}_{s.pick(['', '1', '3', '3N', '1P'])}{s.chars(s.pick([14, 16, 20, 24]))}"
    rows = []
    for _ in range(s.pick([1, 2, 3, 4, 6])):
        rows.append(s.pick([
            lambda: f'"id": "{name()}"', lambda: f'"payment_intent": "pi_3{s.chars(23)}"', lambda: f'"customer": "cus_{s.chars(14)}", "livemode": {s.pick(["true", "false"])}', lambda: f"payment_intent=pi_{s.chars(24)} status=succeeded", lambda: f"event evt_{s.chars(24)} delivered in {s.rng.randint(20, 900)} ms",
            lambda: f'ETag: "{s.chars(s.pick([8, 16, 32, 33]))}"', lambda: f'etag: W/"{s.chars(10)}"', lambda: f'If-None-Match: "{s.chars(27)}"', lambda: f'"next_cursor": "{s.chars(32)}=="', lambda: f"cursor={s.chars(24)}", lambda: f"charge {name()} refunded as re_{s.chars(24)}", lambda: f"idempotency-key: {things.uuid4(s)}",
            lambda: f'"object": "payment_intent", "amount": {s.digits(4)}, "latest_charge": "ch_{s.chars(24)}"', lambda: f"x-request-id: {name()}", lambda: f'"checkout_session": "cs_test_{s.chars(58)}"', lambda: f"GET /v1/customers/cus_{s.chars(14)}/sources 200", lambda: f'"price": "price_{s.chars(24)}", "quantity": {s.rng.randint(1, 9)}',
            lambda: f"webhook endpoint we_{s.chars(24)} disabled", lambda: f"pageToken={s.chars(40)}", lambda: f"X-Amz-Cf-Id: {s.chars(54)}==", lambda: f"cf-ray: {s.chars(16, '0123456789abcdef')}-FRA", lambda: f"last-modified etag {s.chars(32, '0123456789abcdef')}-{s.rng.randint(1, 9)}", lambda: f"subscription sub_{s.chars(24)} renewed", lambda: f"csrf field _csrf={s.chars(32)} ok",
        ])())  # fmt: skip
    return text.Text().add(s.pick(["\n", "\n", ", "]).join(rows))


_PHONES = "+00 000 0000000|555-0100|(555) 555-0100|+1 (555) 000-0000|000-000-0000|+49 000 0000000|0000 000000|+XX XXX XXXXXXX|(___) ___-____|+33 0 00 00 00 00|06 00 00 00 00|123-456-7890|+1 234 567 8900|0123 456789|555 0199|+44 0000 000000|xxx-xxx-xxxx|999-999-9999|(000) 000-0000|+00 00000000".split("|")
_REFERENCES = "file no|File No.|our ref|Our reference|your ref.|Case no|reference number|application no|Passport application no|passport application|visa application number|docket no.|Aktenzeichen|Az.|Unser Zeichen|Vorgangsnr.|Antragsnummer|Geschäftszeichen|N/réf.|Dossier n°|numéro de dossier|réf.|expediente n.º|N.º de expediente|nº de trámite|pratica n.|protocollo n.|sygn. akt|nr sprawy|znak sprawy|dossiernummer|kenmerk|processo n.º|дело №|исх. №|sak nr.|diarienr|受付番号|案件编号|文件编号|案號|접수번호|사건번호|رقم المعاملة|מספר תיק|dosya no|başvuru no|ügyiratszám|č.j.|spis. zn.|dosar nr.".split("|")


def _reference(s) -> str:
    y = s.rng.randint(2015, 2026)
    return s.pick([f"{s.digits(3)}/{y}", f"{s.chars(2, string.ascii_uppercase)}-{y}-{s.digits(5)}", f"{s.rng.randint(1, 40)} {s.pick('OCSFKM')} {s.digits(3)}/{y % 100:02}", f"{s.chars(1, 'ABCGLM')}{s.digits(2)}-{s.digits(4)}/{y}", f"{s.digits(7)}", f"{s.chars(3, string.ascii_uppercase)}/{s.digits(4)}/{y % 100}", f"{y}/{s.digits(6)}", f"{s.digits(2)}.{s.digits(3)}.{y}", f"{s.chars(2, string.ascii_uppercase)}{s.digits(8)}"])


def placeholders(s) -> text.Text:
    """Forms and schemas: examples of phones, limits of dates, numbers of files."""
    y = lambda: f"{s.rng.randint(1900, 1950)}-01-01"
    phone = lambda: s.pick(_PHONES)
    rows = []
    for _ in range(s.pick([1, 1, 2, 3])):
        rows.append(s.pick([
            lambda: f'<input type="tel" name="{s.pick(["phone", "mobile", "telefon", "tel"])}" placeholder="{phone()}">', lambda: f'<input type="date" name="{s.pick(["dob", "birthdate", "geburtsdatum", "date_of_birth"])}" min="{y()}" max="{s.rng.randint(2005, 2026)}-12-31">', lambda: f'placeholder="{phone()}"', lambda: f'"placeholder": "{phone()}"', lambda: f'{{"type": "tel", "label": "Phone", "placeholder": "{phone()}", "required": true}}',
            lambda: f"dob: {{type: date, min: {y()}, max: {s.rng.randint(2005, 2026)}-12-31}}", lambda: f'"birth_date": {{"type": "string", "format": "date", "minimum": "{y()}"}}', lambda: f"Format: {phone()}", lambda: f"e.g. {phone()}", lambda: f'minDate="{y()}" maxDate="{s.rng.randint(2005, 2026)}-01-01"', lambda: f"validates :dob, inclusion: Date.new({s.rng.randint(1900, 1940)},1,1)..Date.today", lambda: f"Phone (e.g. {phone()}):",
            lambda: '<input name="name" placeholder="First and last name">', lambda: '<input type="email" placeholder="name@example.com">', lambda: "Date of birth (DD/MM/YYYY):", lambda: "Geburtsdatum (TT.MM.JJJJ)", lambda: "Date de naissance (JJ/MM/AAAA)", lambda: '"pattern": "^\\\\d{3}-\\\\d{2}-\\\\d{4}$"', lambda: f"mask: '{phone()}'", lambda: "SSN: ___-__-____", lambda: "IBAN: DE__ ____ ____ ____",
            *[lambda: f"{s.pick(_REFERENCES)}{s.pick([' ', ': ', ' '])}{_reference(s)}"] * 9, lambda: f"{s.pick(_REFERENCES)} {_reference(s)}, {dates.date(s)}", lambda: f"{s.pick(_REFERENCES)} {_reference(s)} / {s.pick(_REFERENCES)} {_reference(s)}",
        ])())  # fmt: skip
    return text.Text().add("\n".join(rows))
