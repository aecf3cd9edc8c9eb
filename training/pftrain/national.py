"""Which country's numbers a text draws: of the person, of the tax office."""

from . import national_east, national_west, national_world, places

# country -> (personal numbers, tax numbers of persons)
_W, _E, _O = national_west, national_east, national_world
BY_COUNTRY = {
    "us": ((_W.ssn, _W.ssn, _W.ssn, _W.itin), (_W.ssn, _W.itin)), "gb": ((_W.nino, _W.nhs, _W.nhs), (_W.utr, _W.nino)), "ie": ((_W.pps,), (_W.pps,)), "au": ((_O.tfn, _O.medicare), (_O.tfn,)), "ca": ((_O.sin,), (_O.sin,)), "fc": ((_O.sin,), (_O.sin,)),
    "nz": ((_O.ird,), (_O.ird,)), "in": ((_O.aadhaar, _O.aadhaar, _O.pan), (_O.pan,)), "hi": ((_O.aadhaar, _O.pan), (_O.pan,)), "za": ((_O.za_id,), (_O.za_id,)), "de": ((_W.steuer_id, _W.rvnr), (_W.steuer_id, _W.steuernummer)), "at": ((_W.svnr,), (_W.svnr,)),
    "ch": ((_W.ahv,), (_W.ahv,)), "fr": ((_W.nir,), (_W.spi,)), "be": ((_W.be_nn,), (_W.be_nn,)), "bn": ((_W.be_nn,), (_W.be_nn,)), "es": ((_W.dni, _W.dni, _W.nie), (_W.dni, _W.nie)), "mx": ((_O.curp, _O.curp, _O.rfc), (_O.rfc,)), "ar": ((_O.cuit, _O.cuit), (_O.cuit,)),
    "co": ((_O.cedula,), (_O.cedula,)), "cl": ((_O.rut,), (_O.rut,)), "it": ((_W.codice_fiscale,), (_W.codice_fiscale,)), "nl": ((_W.bsn,), (_W.bsn,)), "pt": ((_W.nif,), (_W.nif,)), "br": ((_O.cpf,), (_O.cpf,)), "pl": ((_E.pesel,), (_E.nip, _E.pesel)),
    "cz": ((_E.rodne,), (_E.rodne,)), "sk": ((_E.rodne,), (_E.rodne,)), "hu": ((_E.taj, _E.hu_tax), (_E.hu_tax,)), "ro": ((_E.cnp,), (_E.cnp,)), "bg": ((_E.egn,), (_E.egn,)), "gr": ((_E.afm, _E.amka), (_E.afm,)), "hr": ((_E.oib,), (_E.oib,)), "si": ((_E.emso, _E.si_tax), (_E.si_tax,)),
    "rs": ((_E.emso,), (_E.emso,)), "mk": ((_E.emso,), (_E.emso,)), "dk": ((_E.cpr,), (_E.cpr,)), "se": ((_E.personnummer,), (_E.personnummer,)), "no": ((_E.fodselsnummer,), (_E.fodselsnummer,)), "fi": ((_E.hetu,), (_E.hetu,)), "is": ((_E.kennitala,), (_E.kennitala,)),
    "ee": ((_E.isikukood,), (_E.isikukood,)), "lt": ((_E.isikukood,), (_E.isikukood,)), "lv": ((_E.lv_code,), (_E.lv_code,)), "ru": ((_E.snils, _E.inn), (_E.inn,)), "ua": ((_E.rnokpp,), (_E.rnokpp,)), "tr": ((_O.tckn,), (_O.tckn,)), "il": ((_O.teudat_zehut,), (_O.teudat_zehut,)),
    "cn": ((_O.cn_id,), (_O.cn_id,)), "tw": ((_O.tw_id,), (_O.tw_id,)), "hk": ((_O.hkid,), (_O.hkid,)), "kr": ((_O.rrn,), (_O.rrn,)), "jp": ((_O.my_number,), (_O.my_number,)), "th": ((_O.th_id,), (_O.th_id,)), "id": ((_O.nik,), (_O.nik,)), "vn": ((_O.cccd,), (_O.cccd,)),
    "ir": ((_O.melli,), (_O.melli,)), "eg": ((_O.eg_id,), (_O.eg_id,)), "sa": ((_O.sa_id,), (_O.sa_id,)), "sg": ((_O.nric,), (_O.nric,)), "my": ((_O.my_kad,), (_O.my_kad,)), "ke": ((_O.ke_id,), (_O.ke_id,)), "ph": ((_O.ke_id,), (_O.ke_id,)), "dz": ((_O.dz_id,), (_O.dz_id,)),
    "ge": ((_O.ge_id,), (_O.ge_id,)), "am": ((_O.ke_id,), (_O.ke_id,)), "bd": ((_O.my_number,), (_O.my_number,)),
}  # fmt: skip
_ALL = sorted(BY_COUNTRY)


def _draw(s, which: int) -> str:
    c = places.country_code(s) if s.chance(0.9) else s.pick(_ALL)
    return s.pick(BY_COUNTRY.get(c, BY_COUNTRY["us"])[which])(s)


def national_id(s) -> str:
    """A personal number of the state."""
    return _draw(s, 0)


def tax_id(s) -> str:
    """A tax number of a person."""
    return _draw(s, 1)
