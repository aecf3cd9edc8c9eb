package lane

import (
	"bytes"
	"strings"
)

// harmless are words that end sentences and are nobody's name: a full stop
// behind one ends its piece before it is known what follows. Should "today."
// go on as "today.smith@example.com", then "today." has left, and says nothing.
// Words that mailboxes and hosts are called are not among them, and none that
// is an abbreviation before a name: "al. Niepodległości".
var harmless = wordSet(`
	about above absolutely accurate across actually additional again age ago ahead all allowed alone already also
	although always among amount amounts and another answer answers any anymore anything anyway anywhere apply are
	area areas around as available away back bad basis be because been before began behind being below best better
	between beyond big both brief but by came can cannot careful case cases cause caused certain change changed changes
	cheap check checked choice choices clear clearly close closed come comes common complete completed completely
	concern concerns conditions confirmed consider continue correct correctly cost costs could created currently
	damage dark data day days deal decade decided decision deep depends described description desired detail detailed details
	different difficult directly discussed do document does doing done down due during each earlier early easier
	easily easy effect effective effects either else enough especially etc even evening event ever every everyone
	everything everywhere example examples exist exists expected experience explained extent fact facts fail failed fails
	fair far fast faster few field file files final finally find fine first follow following follows for forever form
	format found free frequently from full fully function further future general get given gives go goes going gone
	good got great group had half happen happened happens happy hard has have having he heard help helpful helps her
	here hers high him his home hope hour hours how however idea ideas if immediately important impossible improve
	improved in include included includes including increase indeed information inside instead interest interested
	into is issue issues it items its itself job just keep kind know known large last later least left less let level
	life like limit limits list little live local location long longer look looks lot lots low made main make makes
	many matter matters may maybe me mean meaning means meant measure meet meeting message messages method methods
	might mind mine minute minutes missing mistake moment money month months more morning most much must my myself
	necessary need needed needs never new next nice night no nobody none nor normal normally not note notes nothing
	now nowhere number numbers of off often okay old on once one ones online only open option options or order
	other others our ours ourselves out outside over own paid pain part particular parts past pay payment people
	perfect perfectly perhaps period person personal phone place places plan plans please point points possible possibly
	practice present pretty previous previously price prices probably problem problems process product products
	progress project projects properly provide provided purpose question questions quick quickly quite rather read
	ready real really reason reasons received recently record records related remain remains remember required
	requirements reserved resources respect rest result results right risk risks room rules run safe same say says
	school second seconds section see seem seems seen send sense sent sentence separately service services set several
	she short should side similar simple simply since situation situations size small so solution some somehow someone
	something sometimes somewhere soon sooner space specific start started starts state statement steps still stop story
	strong stuff style subject succeed success such sure system systems table take taken takes task tasks team tell
	terms test tests text than thanks that the their theirs them themselves then there therefore these they thing
	things think this those though thought through thus time times to today together told tomorrow tonight too took
	topic topics toward towards trouble true try trying turn twice two type types under understand understood
	unfortunately until up upon us use used useful user users uses usual usually valid value values various version very
	via view wait want wanted wants was water way ways we week weekend weeks well went were what whatever when whenever where
	wherever whether which while who whole whom whose why wide within without word words work worked working works
	world worse worst worth would write writing written wrong year years yes yesterday yet you your yours yourself

	aber alle allem allen alles als also am an andere anderen auch auf aus bald bei beim bereits besser bitte da
	dabei dafür dagegen daher damit danach dann daran darauf darüber das dass dazu dein deine dem den der des dich die dies
	diese diesem diesen dieser dieses dir doch dort du durch ein eine einem einen einer eines er es etwas euch falls fertig
	für ganz gar geben gegen gehen gehört gemacht genau genug gern gerne gesagt gestern gibt gut hab habe haben hast hat
	hatte heute hier hilft ich ihm ihn ihnen ihr ihre im immer in ist ja jede jeden jeder jedes jetzt kann kein keine können
	könnte lang lange leider machen mal man mehr mein meine mich mir mit möchte möglich morgen muss müssen nach nein nicht
	nichts nie noch notwendig nun nur ob oben oder oft ohne richtig schon sehr sein seine seit selbst sich sie sind so
	sofort soll sollte später über um und uns unser unten unter viel viele vielleicht vom von vor vorbei vorhanden wann war
	waren warum was weg weil weiter welche wenig weniger wenn wer werden wichtig wie wieder will wir wird wissen wo
	wurde zu zum zur zurück zusammen zwei zwischen

	à ai ainsi alors après assez au aucun aujourd'hui aussi autre autres aux avant avec avez avoir beaucoup bien bientôt
	bon bonne ça car ce cela celle celui ces cette chose choses ci comme comment contre dans de déjà demain depuis
	dernier dernière des deux devant dire disponible doit donc dont du elle elles en encore ensemble ensuite entre est et
	été être eu exemple faire fait faut fois grand hier ici il ils important jamais jour jours la le les leur
	leurs lieu lui ma maintenant mais mal me même mes mieux moi moins mois moment mon monde ne nécessaire ni non nos notre nous
	nouveau on ont ou où oui par parce parfois pas pendant peu peut plus plusieurs possible pour pourquoi pouvez près puis
	quand que quel quelle quelque quelques question qui quoi rien sa sans se semaine semaines ses si soir son sont souvent sous
	suis sur ta tard te temps tes toi ton toujours tous tout toute toutes très trop tu un une utile va vers voici voilà votre
	vous vrai vraiment

	ahora algo alguien allí antes año años aquí así aún aunque ayer ayuda bastante bien bueno cada casa casi como cómo
	con contra cosa cosas cual cuando cuándo de del desde después dice día días donde dónde dos el él ella ellas ellos
	en entonces entre era es esa ese eso está están estar este esto estos fue gracias gran ha hacer hacia hasta hay hecho
	hora horas hoy igual la las le les lo los luego más mañana me mejor menos mes meses mi mientras mis mismo momento
	mucho muchos mundo muy nada nadie necesario ni no nos nosotros nuestra nuestro nuevo nunca o otra otro para parte pero
	persona personas poco poder por porque posible problema problemas puede que qué quien quién se semana semanas ser si sí
	siempre sin sobre solo sólo son su sus también tan tanto te tiempo tiene todo todos tu tú un una uno usted vez
	vida y ya yo

	adesso ai alla alle allora altro anche ancora anno anni aver bene che chi ci cioè come con cosa così da dai dal
	della delle di disponibile domani dopo dove due e è ed era essere fa fare fatto già giorno giorni gli grazie ho i il
	importante in io la le lei loro lui ma mai me meglio meno mese mesi mi molto nel nella niente noi non nostro nuovo o
	oggi ogni ora per perché più poi possibile prima problema può quando quanto quella quello questa queste questi questo
	qui se sempre senza si sì siamo solo sono sopra sotto stato su sua subito suo tempo ti tra troppo tutti tutto un una
	uno va vero vi voi volta volte

	ainda agora algo amanhã ano anos antes ao aos aqui assim até bem bom cada casa coisa coisas com como da das de depois
	desde dia dias disso dois do dos e ela ele eles em então entre era essa esse está estão eu fazer feito foi grande há hoje
	isso isto já lá lhe mais mas me melhor menos mês meses mesmo meu minha momento muito mundo na nada não nas nem nenhum
	no nos nós nosso nova novo num nunca o obrigado onde ontem ou outra outro para parte pela pelo pode por porque possível
	pouco problema qual quando que quem se seja sem sempre ser seu seus si só sobre sua também tanto tem tempo ter toda
	todas todo todos tudo um uma vez vezes vida você vocês

	aan af alle alles als altijd andere beter bij bijna daar dag dagen dan dat de deze die dit doen door dus een en er
	erg gaan gedaan geen goed haar had hebben heeft heel hem het hier hij hoe ik in is ja jaar jaren je jij jullie kan
	komen maar maken mee meer meest met mij mijn misschien moet morgen na naar niet niets nog nodig nooit nu of om omdat
	onder ons onze ook op over snel te tegen terug tijd toch toen tot uit uw van vandaag veel volgende voor waar wat week
	weken weer wel werk wij worden ze zeer zich zijn zo zonder`)

func wordSet(list string) map[string]struct{} {
	set := make(map[string]struct{})
	for _, word := range strings.Fields(list) {
		set[word] = struct{}{}
	}
	return set
}

// longestHarmless bounds what is looked up, in bytes.
const longestHarmless = 20

func isHarmless(word []byte) bool {
	if len(word) > longestHarmless {
		return false
	}
	if _, ok := harmless[string(word)]; ok {
		return true
	}
	// Endings that no name has.
	for _, ending := range []string{"tions", "tion", "ness", "ously", "ically", "ingly", "ibility", "ability", "keit", "heiten", "schaften", "ierung", "ciones", "zione"} {
		if len(word) > len(ending)+3 && bytes.HasSuffix(word, []byte(ending)) && lowerCase(word) {
			return true
		}
	}
	return false
}

func lowerCase(word []byte) bool {
	for _, c := range word {
		if c < 'a' || c > 'z' {
			return false
		}
	}
	return true
}

// abbreviations end in a full stop that ends no sentence.
var abbreviations = wordSet(`
	dr mr mrs ms prof st ave blvd rd no nos nr vs etc e.g i.e eg ie fig vol pp p sr jr inc ltd co corp dept est ext tel
	fr hr sra srta dra d.h z.b bzw ca str tfl mme mlle mm av bd ing dott sig sigra avv rag geb usw u.a v.a evtl ggf
	ul al pl os inż mgr prof dr hab str strasse pl bul via v.le p.za c avda avd pza plz blvd bvd allée imp chem rte apt apdo
	abs art bsp bzgl nr tel mob fax ref av lic arq mstr jhr
	jan feb mar apr jun jul aug sep sept oct nov dec mo tu we th fri mon tue wed thu sat sun gen col maj capt lt sgt rev hon`)

// isAbbreviation recognises abbreviations and initials.
func isAbbreviation(word []byte) bool {
	if len([]rune(string(word))) == 1 {
		return !isDigit(word[0])
	}
	if len(word) > longestHarmless {
		return false
	}
	_, ok := abbreviations[strings.ToLower(string(word))]
	return ok
}
