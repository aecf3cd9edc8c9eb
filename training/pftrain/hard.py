"""Hard negatives: what looks personal or secret and is neither."""

from . import compose, contact, dates, orgs, places, text, things


def _t(body: str) -> text.Text:
    return text.Text().add(body)


_LEVELS = "INFO WARN ERROR DEBUG TRACE info warning error E W I FATAL notice".split()
_WORDS = (
    "request completed|cache miss|retrying|connection closed|job finished|checksum mismatch|blob uploaded|layer already exists|commit pushed|pulling image|index rebuilt|lease renewed|token refreshed|session expired|handshake failed|object stored|snapshot created|digest verified|block sealed|segment flushed|"
    "password rotated|secret mounted|key not found|login failed|user created|certificate renewed|signature ok|key rotated|api key revoked|bearer token missing|invalid password|access token expired|secret version updated|public key accepted|credentials loaded from environment"
).split("|")
_KEYS = "id trace_id span_id request_id digest sha256 commit etag blob cache_key session token_id node pod uid hash fingerprint object version rev build x-request-id correlation_id idempotency_key nonce csrf key_id kid secret_version password_hash salt public_key checksum".split()


def hex_logs(s) -> text.Text:
    """Log lines full of identifiers that are no secrets."""
    out = []
    for _ in range(s.rng.randint(1, 6)):
        value = lambda: s.pick([things.digest, things.digest, things.ident, things.uuid4, things.version, things.host])(s)
        pairs = [f"{s.pick(_KEYS)}{s.pick(['=', '=', ': '])}{value()}" for _ in range(s.rng.randint(1, 3))]
        head = s.pick([f"{dates.stamp(s)} {s.pick(_LEVELS)} ", f"{dates.stamp(s)} {things.host(s)} {s.pick(['kubelet', 'dockerd', 'sshd', 'git', 'registry', 'caddy'])}[{s.digits(4)}]: ", f"level={s.pick(_LEVELS)} ts={dates.stamp(s)} msg=\"", f"[{s.pick(_LEVELS)}] ", ""])
        word = s.pick(_WORDS)
        out.append(f"{head}{word}{chr(34) if 'msg=' in head else ''} " + " ".join(pairs))
    return _t("\n".join(out))


def hex_config(s) -> text.Text:
    """Configuration, lock files and manifests with hashes and identifiers."""
    r = s.rng.randrange(7)
    n = s.rng.randint(1, 6)
    pkg = lambda: s.pick(["lodash", "react", "left-pad", "numpy", "requests", "serde", "golang.org/x/net", "github.com/caddyserver/caddy/v2", "typescript", "flask", "vite"])
    if r == 0:
        return _t("\n".join(f"{pkg()} {things.version(s)} h1:{things._b64(s, 32)}" for _ in range(n)))
    if r == 1:
        return _t("\n".join(f'"{pkg()}": {{ "version": "{things.version(s)}", "integrity": "sha512-{things._b64(s, 64)}" }},' for _ in range(n)))
    if r == 2:
        return _t("\n".join(f"{s.chars(64, things._HEX)}  {s.pick(['app', 'image', 'backup', 'disk', 'release'])}-{things.version(s)}.{s.pick(['tar.gz', 'zip', 'iso', 'deb'])}" for _ in range(n)))
    if r == 3:
        return _t("\n".join(f"{s.pick(_KEYS)}: {s.pick([things.digest, things.ident, things.uuid4])(s)}" for _ in range(n)))
    if r == 4:
        return _t("\n".join(f"commit {s.chars(40, things._HEX)}\nMerge: {s.chars(7, things._HEX)} {s.chars(7, things._HEX)}\nDate:   {dates.stamp(s)}\n\n    {s.pick(['Fix typo', 'Bump version', 'Add tests', 'Refactor parser', 'Update docs'])}" for _ in range(s.rng.randint(1, 3))))
    if r == 5:
        return _t("\n".join(f"{s.pick(['image', 'FROM', 'uses'])}: {s.pick(['nginx', 'registry.local/web', 'actions/checkout', 'postgres'])}@sha256:{s.chars(64, things._HEX)}" for _ in range(n)))
    return _t("\n".join(f"{s.pick(['API_KEY', 'PASSWORD', 'SECRET_KEY', 'DB_PASS', 'TOKEN', 'api_key', 'password', 'client_secret'])}{s.pick(['=', ': ', ' = '])}{things.placeholder(s)}" for _ in range(n)))


def words_not_names(s) -> text.Text:
    """Sentences in which words that are also names are words."""
    return _t(s.pick(_SENTENCES.get(s.language, _SENTENCES["en"])).replace("{y}", dates.year(s)).replace("{n}", str(s.rng.randint(2, 90))))


_SENTENCES = {
    "en": [
        "I hope you will mark the page before May.", "Bill the client in June and frank the envelope.", "The rose garden opens in summer.", "Grace period: {n} days.", "We will reach the stone bridge at dawn.", "The king and the bishop moved first.", "Jack up the car before you change the tire.", "Will this patch work?", "He may long for a young wine.", "Chase Bank raised its rates.",
        "The baker sold rye bread by the hill.", "Dawn broke over the lake.", "Faith in the market is low.", "A robin and a swan sat on the frost.", "Pat the dough dry, then add sage and rosemary.", "Art, music and drama: room {n}.", "Sunny spells, frost in the north, snow on the hills.", "Ruby on Rails or Julia?", "Amber alert lifted.", "Olive oil, basil, ginger, cherry tomatoes.", "Mark as read", "Rich text editor",
        "The judge will grant the motion.", "Sterling fell against the dollar.", "Major release {n}.0", "Drew the short straw again.", "Jasmine rice, {n} kg", "Price, page, case and law: the index of the book.", "Hunter green and royal blue", "The porter left the gate open.", "Max speed {n} mph, min speed 3 mph", "Sandy beach, clear sky, low tide.", "Victoria sponge and Earl Grey, please.", "Christian holidays", "Dean of the faculty", "Miles per hour", "April showers bring May flowers.",
        "Summer sale: {n} % off", "Penny stocks and junk bonds", "Ray tracing, path tracing", "Carol singing starts at six.", "Iris recognition failed", "Rob the bank? Never.", "Heather grows on the moor.", "Dale, glen and valley mean the same.", "Pearl Harbor", "Crystal clear", "Harmony and melody", "Gene expression in the liver", "Nick of time", "Sue for damages", "Drew from a normal distribution", "Don the mask", "Earl, duke, prince: titles of nobility.",
    ],
    "de": [
        "Das ist ein kleiner Fehler mit großer Wirkung.", "Der König schlug den Bauern, dann den Läufer.", "Im Winter ist der Bach gefroren.", "Der Müller mahlt das Korn, der Bäcker backt das Brot.", "Lange Straße, kurzer Weg.", "Am Sonntag ist der Wald voller Spaziergänger.", "Wir suchen einen Schneider und einen Koch.", "Stark bewölkt, schwarze Wolken, weißer Schnee.", "Der Richter vertagte die Verhandlung auf Freitag.", "Das Schloss am Berg hat einen tiefen Brunnen.",
        "Jung und Alt feierten im Mai.", "Frank und frei gesagt", "Ernst der Lage", "Die Rosa Linie fährt bis zum Wolfstor.", "Fuchs, Hase, Wolf und Bär im Märchen", "Kaiser und Herzog schlossen Frieden.", "Klein, aber fein.", "Der Fischer flickt das Netz am Steg.", "Groß- und Kleinschreibung beachten", "Vogel des Jahres {y}", "Kraft, Druck und Arbeit: Physik Klasse {n}", "Herbst und Winter {y}", "Zimmermann gesucht (m/w/d)", "Schwarz auf Weiß", "Max. {n} Personen", "Kohl, Lauch und Pfeffer", "Rosa Brille, grüner Tee",
    ],
    "fr": ["Le petit boulanger du coin ferme en août.", "La rose et la violette fleurissent au printemps.", "Le roi et le fou : règles des échecs.", "Une grande victoire pour la France.", "Pierre, feuille, ciseaux", "Il a neigé sur la colline blanche.", "Le chevalier passa le pont du moulin.", "Prix marchand, franco de port", "Aurore boréale", "Olivier cherche soleil : plante en pot", "Le berger compte ses moutons.", "Sage décision du conseil"],
    "es": ["La rosa es roja y el mar es azul.", "El rey blanco come al alfil.", "Luz verde para la obra.", "El sol sale tras el monte.", "Flores frescas, campo abierto.", "La torre de la iglesia es alta.", "Santos y fiestas de mayo", "El pastor bajó al prado.", "Paz y guerra en la novela.", "Buen precio, mejor servicio.", "Domingo cerrado", "Consuelo para tontos"],
    "it": ["Vini bianchi e rossi della valle", "La rosa profuma in primavera.", "Il re mangia l'alfiere.", "Monti innevati, mare calmo.", "Costa poco e dura a lungo.", "La vittoria della speranza", "Gatti e leoni allo zoo", "Grande piano, piccolo prezzo", "La luna piena illumina la torre.", "Bruno fu il colore dominante."],
    "nl": ["De bakker bakt brood voor de koning.", "Groene bomen in het bos.", "De visser en de smit in het dorp", "Winter en zomer op de berg", "Roos, lelie en iris", "Jong geleerd, oud gedaan.", "De lange weg naar de brug", "Klein maar dapper", "Bloem, suiker en peper"],
    "pt": ["A rosa e o cravo brigaram.", "O rei e a torre no xadrez", "Pinheiro, carvalho e oliveira: árvores da serra", "Luz, paz e esperança", "O coelho fugiu do lobo.", "Rios e lagos do vale", "Pedra, papel, tesoura", "Branco no preto", "Domingos e feriados"],
    "pl": ["Wilk i zając to bohaterowie bajki.", "Kowal kuje żelazo, póki gorące.", "Zima będzie mroźna, lato krótkie.", "Król bije gońca.", "W sobotę i niedzielę nieczynne", "Róża, malina i kalina w ogrodzie", "Kot i pies na podwórku", "Czarny kruk, biały gołąb"],
    "cs": ["Král sebral střelce.", "Vlk a zajíc v pohádce", "Malý dům, dlouhá cesta", "V sobotu a neděli zavřeno", "Černý kůň, bílý holub", "Kovář kuje železo."], "ru": ["Роза красная, небо синее.", "Надежда умирает последней.", "Король бьёт слона.", "Вера и любовь в романе", "Волков видели у деревни.", "Мороз и солнце"], "uk": ["Надія є завжди.", "Роза вітрів", "Коваль кує залізо.", "Мороз і сонце"],
    "tr": ["Deniz mavi, gül kırmızı.", "Umut fakirin ekmeğidir.", "Barış ve savaş", "Güneş doğdu, yağmur bitti.", "Taş köprü, demir kapı"], "ja": ["光と影のコントラスト", "森と林の違い", "誠に申し訳ございません", "山本から見た景色ではなく山の麓です"], "zh": ["高山流水", "白云朵朵", "王国的历史", "金银市场行情", "黄河与长江"], "sv": ["Björn och varg i skogen", "Rosen blommar i juni.", "Stor sten, liten bäck"], "da": ["Rosen blomstrer i juni.", "Bjørn og ulv", "Smed søges"], "no": ["Bjørn og ulv i skogen", "Stein, saks, papir"], "fi": ["Toivo elää.", "Ilo ja suru", "Lahja kuuluu kaikille.", "Kuu ja tähti"],
}  # fmt: skip

_TITLES = (
    "Terms and Conditions|Privacy Policy|Getting Started Guide|Frequently Asked Questions|Release Notes|Quick Start|Table of Contents|Contact Us|Sign In|Log Out|My Account|Order History|Shipping Address|Billing Information|Payment Method|Forgot Password|Save Changes|Dark Mode|User Settings|Access Denied|"
    "Page Not Found|Internal Server Error|Read More|Learn More|Add to Cart|Check Out|Subscribe Now|Annual Report|Executive Summary|Risk Factors|Key Findings|Next Steps|Action Items|Open Issues|Known Problems|System Requirements|Patient Information|Past Medical History|Family History|Physical Examination|"
    "Discharge Summary|Chief Complaint|Vital Signs|Limitation of Liability|Governing Law|Force Majeure|Entire Agreement|Statement of Work|Bill of Lading|Purchase Order|Credit Note|Balance Sheet|Cash Flow|Human Resources|Customer Success|Supply Chain|Best Regards|Kind Regards|Yours Sincerely|Happy Birthday|Good Morning|"
    "Merry Christmas|Happy New Year|Machine Learning|Data Science|Computer Vision|Natural Language Processing|Climate Change|Artificial Intelligence|Product Manager|Software Engineer|Vice President|Board of Directors|Supreme Court|High Court|Prime Minister|Foreign Office|Middle East|Latin America|Old Town|City Hall|Main Street"
).split("|")
_LEGAL = (
    "The Licensee shall pay the Licensor the Fees set out in Schedule {n}.|“Confidential Information” has the meaning given in Section {n}.1.|The Borrower shall notify the Lender of any Event of Default.|This Agreement is made between the Company and the Contractor.|The Tenant shall keep the Premises in good repair.|"
    "The Data Controller and the Data Processor agree to Annex {n}.|IN WITNESS WHEREOF the Parties have executed this Deed.|The Vendor warrants that the Goods comply with the Specification.|The Insured shall give notice to the Insurer within {n} days.|Subject to Clause {n}, the Buyer may terminate this Agreement.|The Trustee holds the Trust Fund for the Beneficiaries.|"
    "Der Auftragnehmer haftet gegenüber dem Auftraggeber gemäß § {n} BGB.|Der Vermieter überlässt dem Mieter die Wohnung ab dem Ersten des Monats.|Der Verkäufer tritt die Forderung an den Käufer ab.|Le Bailleur loue au Preneur les locaux désignés à l’article {n}.|Le Prestataire remet au Client le rapport final.|El Arrendador y el Arrendatario acuerdan lo siguiente.|Il Locatore e il Conduttore convengono quanto segue.|"
    "The Defendant denies paragraphs {n} to 40 of the Particulars of Claim.|The Court of Appeal dismissed the appeal of the Respondent.|The Employer may suspend the Employee on full pay.|Article {n} GDPR, Section 230, Title IX, Chapter 11"
).split("|")
_CLINICAL = (
    "Seen in clinic on {date}, next review {date}.|BP 120/80, HR {n}, temp 36.8, sats 98 %.|Started metformin 500 mg on {date}.|MRI of {date}: no abnormality.|Last menstrual period {date}.|Admitted {date}, discharged {date}.|Surgery performed on {date} without complications.|Vaccinated {date}, lot {order}.|Follow-up in {n} weeks.|Pathology no. {order}, received {date}.|"
    "EKG vom {date} unauffällig.|Aufnahme am {date}, Entlassung am {date}.|Labor vom {date}: CRP {n}, Hb 13,2.|Letzte Impfung am {date}.|Nächste Kontrolle am {date} um {clock}.|Zustand nach Appendektomie {year}.|Consultation du {date}, contrôle dans {n} mois.|Ingreso el {date}, alta el {date}.|Visita del {date}, controllo il {date}.|Przyjęta {date}, wypisana {date}.|"
    "Contract signed {date}, effective {date}.|Invoice date {date}, due {date}.|Valid until {date}.|The hearing is listed for {date}.|Hired on {date}; last day {date}.|Founded in {year}, listed since {year}.|Expiry date: {date}|Best before {date}|Issued: {date}|Departure {date} {clock}|Founded {date}|Release date {date}|Deadline: {date}"
).split("|")
_ODD = (
    "Order no. {number}-{number}|Tracking {ident}|Part no. {order}|Serial {ident}|ISBN 978-0-306-40615-7|EAN 4006381333931|Batch {order}, {n} pcs|Invoice {order}: {amount}|PO {number} / pos. {n}|Ref. {order}|RMA {order}|Case {order} closed|Table {n}, seat {n}|Flight LH {n}{n}|Room {n}.{n}|Line {n}, col {n}|Lat 52.{number}, Lon 13.{number}|"
    "Artikel-Nr. {number}|Zähler {number} kWh|HRB {number}|Aktenzeichen {n} O {n}/24|VAT rate {n} %|Score {n}:{n}|ETA {clock}, gate B{n}|Ticket {order}, priority P{n}|Bestellnr. {order} vom {date}|{number} rows in {n} ms|error code 0x{n}A{n}|HTTP/1.1 {n}|RFC {number}|port {number}|pid {number}|v{version}|{path}:{n}|{symbol} at {path}:{n}|{plainurl}|{host}|{ip}|@{user} joined|u/{user} posted|user={user} logged in|{user} pushed to main|assigned to {user}"
).split("|")


def oddments(s) -> text.Text:
    """Numbers, titles, legal and clinical lines of no personal content."""
    lines = []
    for _ in range(s.pick([1, 1, 2, 3, 5])):
        kind = s.pick([_ODD, _ODD, _ODD, _TITLES, _LEGAL, _CLINICAL, _CLINICAL])
        lines.append(str(text.expand(s, s.pick(kind).replace("{n}", str(s.rng.randint(1, 99))))))
    return _t(s.pick(["\n", "\n", " ", " | ", ". "]).join(lines))


def interface_words(s) -> text.Text:
    """Titles, menus, weekdays, months, countries in a row."""
    r = s.rng.random()
    if r < 0.6:
        items = s.rng.sample(_TITLES, s.rng.randint(1, 7))
    elif r < 0.75:
        items = dates.WEEKDAYS.get(s.language, dates.WEEKDAYS["en"]).split()[: s.rng.randint(2, 7)]
    elif r < 0.9:
        items = [places.country(s) for _ in range(s.rng.randint(2, 9))]
    else:
        items = [orgs.job(s) for _ in range(s.rng.randint(2, 6))]
    return _t(s.pick(["\n", "\n", " | ", " > ", ", ", " · ", "\n- "]).join(items))


def named_things(s) -> text.Text:
    """Organisations, products, eponyms and places called like people, in sentences."""
    forms = _NAMED.get(s.language, _NAMED["en"])
    return text.expand(s, s.pick(forms).replace("{n}", str(s.rng.randint(1, 99))))


_NAMED = {
    "en": [
        "{org} reported higher profits than {org}.", "The {eponym} was introduced in {year}.", "Meet us at {namedplace} at {clock}.", "{org}, {org} and {org} bid for the contract.", "I bought it at {org}, not at {org}.", "Shares of {org} fell {n} percent.", "He works at {org} in {city}.", "We flew from {namedplace} to {city}.", "The school is on {namedplace}.", "{org} v {org}, judgment of {date}",
        "Reading list: King Lear, Jane Eyre, Doctor Zhivago, Robinson Crusoe.", "A performance of Beethoven's Ninth and Mozart's Requiem in {city}.", "The Van Gogh Museum opens at {clock}.", "Diagnosed with {eponym} in {year}.", "{product} by {org} replaces {product}.", "Contact {org} for a quote.", "Dear {org} team,", "Please make the cheque payable to {org}.", "Sponsored by {org}", "Employer: {org}", "Supplier {org}, order {order}",
        "Shakespeare's sonnets and Goethe's Faust are in the public domain.", "Lincoln, Nebraska and Jackson, Mississippi", "The Kennedy Center, the Eiffel Tower and Lake Victoria", "We compared {eponym} with {eponym}.",
    ],
    "de": ["{org} übernimmt {org}.", "Die Rechnung von {org} über {amount} ist offen.", "Er arbeitet bei {org} in {city}.", "Treffpunkt: {namedplace}, {clock}.", "Diagnose: {eponym}", "Bitte wenden Sie sich an {org}.", "{org} und {org} kooperieren.", "Wir lesen Goethes Faust und Schillers Räuber.", "Die {namedplace} ist gesperrt.", "Lieferant: {org}", "{product} von {org} ist ausverkauft.", "Arbeitgeber: {org}, {city}", "Sehr geehrtes Team von {org},"],
    "fr": ["{org} rachète {org}.", "Il travaille chez {org} à {city}.", "Rendez-vous {namedplace} à {clock}.", "Facture de {org} : {amount}", "On lit Molière et Victor Hugo au lycée.", "La {eponym} est fréquente.", "{org} et {org} s’associent.", "Fournisseur : {org}"], "es": ["{org} compra {org}.", "Trabaja en {org}, {city}.", "Nos vemos en {namedplace}.", "Factura de {org}: {amount}", "{org} y {org} firman un acuerdo.", "Leemos a Cervantes y a Lorca.", "Proveedor: {org}", "El {eponym} cumple años."],
    "it": ["{org} acquisisce {org}.", "Lavora presso {org} a {city}.", "Ci vediamo in {namedplace}.", "Fattura di {org}: {amount}", "{org} e {org} collaborano.", "Leggiamo Dante e Petrarca.", "Fornitore: {org}"], "nl": ["{org} neemt {org} over.", "Hij werkt bij {org} in {city}.", "We zien elkaar bij {namedplace}.", "Factuur van {org}: {amount}", "Leverancier: {org}"], "pt": ["{org} compra {org}.", "Trabalha na {org}, {city}.", "Fatura de {org}: {amount}", "Fornecedor: {org}", "Encontro em {namedplace} às {clock}."],
    "pl": ["{org} przejmuje {org}.", "Faktura od {org}: {amount}", "Pracuje w {org}.", "Dostawca: {org}", "Spotkanie: {namedplace}, {clock}"], "ru": ["{org} покупает {org}.", "Счёт от {org}: {amount}", "Встреча: {namedplace}, {clock}", "Читаем Пушкина и Толстого.", "Поставщик: {org}"], "uk": ["{org} купує {org}.", "Рахунок від {org}: {amount}", "Читаємо Шевченка і Франка."], "zh": ["{org}收购{org}。", "{org}发布新产品。", "供应商：{org}", "诊断：{eponym}"], "zht": ["{org}併購{org}。", "供應商：{org}"], "ja": ["{org}は{org}を買収した。", "{org}の請求書：{amount}", "取引先：{org}", "夏目漱石の作品を読む。", "{eponym}と診断"],
    "ko": ["{org}, {org} 인수", "거래처: {org}", "{org} 채용 공고"], "ar": ["استحوذت {org} على {org}.", "المورد: {org}", "فاتورة من {org}: {amount}"], "he": ["{org} רכשה את {org}.", "ספק: {org}"], "fa": ["{org} با {org} همکاری می‌کند.", "تأمین‌کننده: {org}"], "el": ["Η {org} εξαγόρασε την {org}.", "Προμηθευτής: {org}"], "tr": ["{org}, {org} şirketini satın aldı.", "Tedarikçi: {org}", "Buluşma: {namedplace}, {clock}"], "th": ["{org} ซื้อกิจการ {org}", "ผู้ขาย: {org}"], "hi": ["{org} ने {org} को खरीदा।", "आपूर्तिकर्ता: {org}"],
    "cs": ["{org} kupuje {org}.", "Dodavatel: {org}"], "sv": ["{org} köper {org}.", "Leverantör: {org}"], "da": ["{org} køber {org}.", "Leverandør: {org}"], "no": ["{org} kjøper {org}.", "Leverandør: {org}"], "fi": ["{org} ostaa yrityksen {org}.", "Toimittaja: {org}"], "hu": ["{org} felvásárolja: {org}.", "Szállító: {org}"], "ro": ["{org} cumpără {org}.", "Furnizor: {org}"], "bg": ["{org} купува {org}.", "Доставчик: {org}"],
}  # fmt: skip


def handles(s) -> text.Text:
    """User names in logs, mentions and threads."""
    u = lambda: contact.user(s)
    return _t("\n".join(s.pick([
        f"{u()} joined the channel", f"Accepted publickey for {u()} from {things.ip(s)} port {s.digits(5)} ssh2", f"@{u()} thanks!", f"user={u()} action=login status=ok", f"[{dates.clock(s)}] <{u()}> brb", f"uid=1000({u()}) gid=1000({u()})", f"/home/{u()}/projects", f"su: session opened for user {u()} by {u()}(uid=0)",
        f"owner: {u()}", f"Merged by {u()}", f"{u()} requested your review on #{s.digits(4)}", f"drwxr-xr-x 2 {u()} staff 4096 {dates.stamp(s)} src", f"C:\\Users\\{u()}\\Desktop", f'"login": "{u()}", "id": {s.digits(6)}', f"{u()}@{things.host(s)}:~$ ls", f"reviewers: {u()}, {u()}, {u()}", f"LOGIN={u()}", f"ssh {u()}@{things.ip(s)}", f"Posted by u/{u()} {s.rng.randint(2, 20)} hours ago",
    ]) for _ in range(s.rng.randint(1, 4))))  # fmt: skip


def mixed(s) -> text.Text:
    """Words and named things beside sentences that speak of somebody."""
    out = s.pick([words_not_names, named_things])(s)
    return out.add(s.pick([" ", "\n"])).append(compose.sentence(s, "prose"))


