"""Which maker fills which slot, and what the slot is labelled as.

What is personal has a category; the rest only looks so, or is filler. Persons
are not here: people.Cast and people.loose write them.
"""

from . import accounts, contact, credentials, dates, national, orgs, places, things

# slot name -> (maker, category or None)
SLOTS = {
    "address": (places.address, "private_address"), "addresslines": (places.address_lines, "private_address"), "street": (places.street, "private_address"), "dob": (dates.birth_date, "private_date"),
    "email": (contact.email, "private_email"), "phone": (contact.phone, "private_phone"), "url": (contact.personal_url, "private_url"),
    "card": (accounts.card, "account_number"), "iban": (accounts.iban, "account_number"), "natid": (national.national_id, "account_number"), "passport": (accounts.passport, "account_number"),
    "licence": (accounts.licence, "account_number"), "taxid": (national.tax_id, "account_number"), "account": (accounts.account, "account_number"), "member": (accounts.member_id, "account_number"),
    "password": (credentials.password, "secret"), "key": (credentials.api_key, "secret"),
    "org": (orgs.org, None), "product": (orgs.product, None), "place": (orgs.place, None), "eponym": (orgs.eponym, None), "namedplace": (orgs.named_place, None), "job": (orgs.job, None),
    "city": (places.city, None), "country": (places.country, None), "version": (things.version, None), "order": (things.order, None), "ident": (things.ident, None), "uuid": (things.uuid4, None),
    "hash": (things.digest, None), "amount": (things.amount, None), "number": (things.number, None), "host": (things.host, None), "ip": (things.ip, None), "plainurl": (things.plain_url, None),
    "path": (things.file_path, None), "symbol": (things.symbol, None), "placeholder": (things.placeholder, None), "date": (dates.date, None), "stamp": (dates.stamp, None), "clock": (dates.clock, None),
    "weekday": (dates.weekday, None), "month": (dates.month, None), "year": (dates.year, None), "user": (contact.user, None),
}  # fmt: skip
