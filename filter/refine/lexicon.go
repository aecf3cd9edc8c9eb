package refine

// titles stand before a name and are no part of it, without their dots.
var titles = set(`mr mrs ms miss mx mstr master dr drs prof professor sir dame lord lady madam rev reverend revd capt
	captain col lt sgt hon judge justice coach chief alhaji alhaja hajia mzee mama baba sheikh imam pastor sister brother
	herr frau fräulein hr fr doktor dipl-ing ing mag
	monsieur madame mademoiselle mme mlle maître me
	don doña señor señora señorita sr sra srta licenciado lic
	sig signor signora signorina sigra dott dottssa dottor dottore dottoressa avv geom
	senhor senhora dona seu
	meneer mevrouw dhr mevr mw mej
	pan pani panu panią panna
	fru frøken fröken fk
	herra rouva
	pán paní pana slečna doc úr asszony domnul doamna dl dna bay bayan sayın gospodin gospođa gđa
	mst smt shri sri`)

// relations are words for relatives and other roles; alone they name nobody.
var relations = set(`mum mom mam mummy mommy mama mamma dad daddy pa granny grandma grandpa grandad gran nan
	auntie aunt aunty uncle bro sis son daughter mother father brother sister husband wife
	mutti vati mami papi oma opa tante onkel mutter vater bruder schwester
	maman mamie mamy tonton tatie
	mamá papá abuela abuelo tía tío hija hijo padre madre
	nonna nonno zia zio babbo papà figlia figlio
	pai mãe avó avô tio tia vovó vovô filho filha
	mamma pappa mormor morfar farmor farfar
	babcia babciu dziadek dziadku tata mamo tato mama ciocia wujek
	anneanne teyze amca`)

// honorifics stand behind a name and are no part of it.
var honorifics = set(`bey hanım abla abi ağabey hoca efendi bhai ji sahib saheb san sama kun chan sensei esq jr phd md`)

// houses are what houses are called, behind their name.
var houses = set(`house cottage farm lodge court mill barn hall villa forge rectory manor grange towers
	haus hof mühle schloss ferme mas villa cascina finca quinta masía gård gården hus`)

// homonyms are houses that people are named after.
var homonyms = set(`house court mill hall barn forge villa haus hof mühle mas grange`)

// counted are things with numbers that nobody lives in.
var counted = set(`andén voie quai gleis wagen abteil raiteelta laituri línea linea linii linia line lane seat platz klasse class
	gate terminal platform room page chapter figure table step level tram bus train flight section artikel
	binario peron wagon spoor spår spor perron linha nr° kapitel seite kello uhr`)

// particles are words in lower case that stand within names.
var particles = set(`de del della delle dello dei degli di da do dos das du des la las le les el los al van von vom der
	den ter ten te zu zur zum af av bin ibn bint binti ben ould ap mac mc o d l 't san st ó ní nic`)

// neverNames are words of closed classes that no name consists of.
var neverNames = set(`monday tuesday wednesday thursday friday saturday sunday
	january february march april june july august september october november december
	montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz mai juni juli oktober dezember
	lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril juin juillet août septembre octobre novembre décembre
	lunes martes miércoles jueves viernes sábado domingo enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
	true false null none nil undefined yes no n/a tbd todo fixme
	name email phone address user username password customer client patient contact subject date total
	hello hi hey dear thanks regards hiya hallo hola bonjour ciao merci danke liebe grüße
	error warn warning info debug trace fatal`)

// firms are what firms are called, behind a name.
var firms = set(`llp llc ltd limited inc incorporated corp corporation plc gmbh ag kg ohg kgaa ug sarl sas sasu spa srl
	snc bv nv ab asa oy oyj aps kft zrt sro doo dd spzoo ltda pty foundation stiftung university universität hospital
	klinik airport`)

// streetsBefore and streetsBehind name a kind of street, in a word of its own
// before or behind its name. Those that are surnames, too, or words of another
// language that stand before people ("Lois Lane", "via Ann"), are not here.
var (
	streetsBefore = set(`rue boulevard quai chemin impasse avenue calle avenida plaza paseo carrer
		viale piazza corso piazzale vicolo palazzo rua praça alameda travessa
		ulica ulicą ulicy aleja alei plac placu ulice náměstí strada bulevardul
		улица улице ул проспект проспекте площадь`)
	streetsBehind = set(`street road avenue boulevard terrace crescent gardens
		straße strasse platz allee gasse gata gatan väg vägen gate veien plein gracht straat
		utca utcában tér téren út caddesi sokak`)
)

// units stand behind numbers that are no house numbers.
var units = set(`mg ml g kg km cm mm m l kr eur usd gbp chf euro euros dollars zł grad gradi grados grader grad degrees
	uhr h min minuti minuten minutes hours stunden ore giorni tage tagen days jours días dias dagen dager dagar
	cp tab taka % °c punkte points seiten`)
