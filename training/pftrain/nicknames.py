"""Short forms of given names, and names that are words too."""


def _short(pairs: str) -> dict:
    return dict(pair.split("=") for pair in pairs.replace("\n", " ").split(";") if pair.strip())


def _table(pairs: str) -> dict:
    return {k.strip(): v.strip() for k, v in (pair.split("=") for pair in pairs.split(";") if pair.strip())}


SHORT = {
    "en": _table(
        "William=Will Bill Billy;Robert=Rob Bob Bobby;Richard=Rich Rick Dick;James=Jim Jimmy Jamie;John=Johnny Jack;Michael=Mike Mick;David=Dave;Thomas=Tom Tommy;Charles=Charlie Chuck;Joseph=Joe Joey;"
        "Christopher=Chris Kit;Daniel=Dan Danny;Matthew=Matt;Anthony=Tony;Andrew=Andy Drew;Steven=Steve;Stephen=Steve;Edward=Ed Eddie Ted Ned;Benjamin=Ben Benny;Samuel=Sam Sammy;Alexander=Alex Sandy;"
        "Nicholas=Nick;Jonathan=Jon Jonny;Timothy=Tim;Gregory=Greg;Patrick=Pat Paddy;Kenneth=Ken Kenny;Ronald=Ron;Donald=Don;Lawrence=Larry;Jeffrey=Jeff;Raymond=Ray;Frederick=Fred Freddie;"
        "Elizabeth=Liz Beth Lizzie Betty Eliza;Margaret=Maggie Meg Peggy;Katherine=Kate Katie Kathy;Catherine=Cathy Kate;Jennifer=Jen Jenny;Patricia=Pat Patty Trish;Susan=Sue Susie;Deborah=Deb Debbie;"
        "Rebecca=Becky Becca;Victoria=Vicky Tori;Samantha=Sam;Alexandra=Alex Sandra;Jessica=Jess Jessie;Amanda=Mandy;Kimberly=Kim;Christina=Chris Tina;Theresa=Terry Tess;Barbara=Barb Babs;Dorothy=Dot Dottie"
    ),
    "de": _table("Johannes=Hannes Jo;Alexander=Alex;Maximilian=Max Maxi;Sebastian=Basti;Michael=Michi;Thomas=Tom;Wolfgang=Wolfi;Katharina=Kathi Käthe;Elisabeth=Lisa Sissi;Susanne=Susi;Christine=Tine;Stefan=Steff;Andreas=Andi;Matthias=Matze;Friedrich=Fritz;Johanna=Hanna;Magdalena=Lena Leni;Franziska=Franzi;Benjamin=Benni;Ulrike=Uli;Manfred=Manni;Hans=Hansi"),
    "fr": _table("Alexandre=Alex;Nicolas=Nico;Stéphanie=Steph;Frédéric=Fred;Philippe=Phil;Dominique=Dom;Catherine=Cathy;Véronique=Véro;Christophe=Chris;Sébastien=Seb;Élisabeth=Babette;Margot=Mag;Benjamin=Ben;Alexandra=Alex;Joséphine=Jo;Emmanuelle=Manu;Emmanuel=Manu"),
    "es": _table("Francisco=Paco Pancho Fran;José=Pepe;Dolores=Lola;Guadalupe=Lupe;Ignacio=Nacho;Enrique=Quique;Manuel=Manolo Manu;Rosario=Charo;Mercedes=Merche;Concepción=Concha;Jesús=Chuy Chus;Alejandro=Ale Álex;Antonio=Toño Toni;Isabel=Isa;Beatriz=Bea;Cristina=Cris;Rafael=Rafa;Javier=Javi;Teresa=Tere"),
    "it": _table("Giuseppe=Peppe Beppe Pino;Francesco=Franco Checco;Antonio=Tonino;Giovanni=Gianni Nanni;Luigi=Gigi;Salvatore=Totò;Alessandro=Ale Sandro;Alessandra=Ale Sandra;Francesca=Franci;Domenico=Mimmo;Vincenzo=Enzo;Elisabetta=Betta;Margherita=Rita;Valentina=Vale"),
    "nl": _table("Johannes=Jan Hans Joop;Cornelis=Kees Cor;Wilhelmus=Wim Willem;Pieter=Piet;Hendrik=Henk;Elisabeth=Els Lies;Margaretha=Greet Margriet;Petronella=Nel;Antonius=Toon Ton;Jacobus=Jaap Koos"),
    "pt": _table("José=Zé;Francisco=Chico;Eduardo=Dudu Edu;António=Tó;Antônio=Toninho;Maria=Mariazinha;Luís=Lu;Fernanda=Nanda;Gabriela=Gabi;Isabela=Bela;Rafael=Rafa;Leonardo=Leo"),
    "pl": _table("Katarzyna=Kasia;Małgorzata=Gosia Małgosia;Joanna=Asia;Agnieszka=Aga;Anna=Ania;Zofia=Zosia;Barbara=Basia;Krzysztof=Krzysiek;Tomasz=Tomek;Piotr=Piotrek;Jakub=Kuba;Michał=Misiek;Aleksandra=Ola;Aleksander=Olek;Jan=Janek;Stanisław=Staszek;Grzegorz=Grzesiek;Łukasz=Łukaszek;Julia=Julka;Magdalena=Magda;Wojciech=Wojtek"),
    "cs": _table("Jan=Honza;Josef=Pepa;Jiří=Jirka;Petr=Péťa;Kateřina=Katka;Tomáš=Tom;František=Franta;Miroslav=Mirek;Jaroslav=Jarda;Vladimír=Vláďa;Anna=Andulka;Eliška=Eli;Barbora=Bára;Alžběta=Běta"),
    "ru": _table("Александр=Саша Шура;Александра=Саша;Мария=Маша;Екатерина=Катя;Дмитрий=Дима;Владимир=Вова Володя;Анастасия=Настя;Татьяна=Таня;Наталья=Наташа;Иван=Ваня;Михаил=Миша;Николай=Коля;Евгений=Женя;Елена=Лена;Ольга=Оля;Сергей=Серёжа;Анна=Аня;Алексей=Лёша;Павел=Паша;Юлия=Юля;Светлана=Света;Константин=Костя;Станислав=Стас;Пётр=Петя;Борис=Боря"),
    "uk": _table("Олександр=Сашко;Марія=Марійка;Катерина=Катя;Дмитро=Дмитрик;Володимир=Вова;Анастасія=Настя;Тетяна=Таня;Наталія=Наталка;Іван=Івась;Михайло=Мишко;Микола=Коля;Олена=Оленка;Ольга=Оля"),
}  # fmt: skip

# language -> women's, men's and family names that are words of the language
WORDS = {
    "en": (
        "Grace Rose Hope Faith Joy May June April Summer Autumn Dawn Daisy Lily Violet Ivy Olive Hazel Ruby Amber Pearl Crystal Jade Iris Heather Holly Melody Harmony Destiny Serenity Sky Star Charity Patience Prudence Constance Victoria Florence Brooke Robin Sandy Penny Ginger Honey Bliss Eve Star Poppy Willow Savannah Paris Sierra Chelsea",
        "Will Mark Bill Jack Frank Rich Art Gene Drew Chase Grant Hunter Mason Carter Cooper Parker Miles Rob Pat Nick Ray Rusty Buck Chip Cliff Dale Dean Don Earl Glen Guy Heath Jay Lance Max Clay Reed Wade Ward Pierce Stone Forest River Sky Blaze Christian Major Prince King Duke Angel Bishop Noble Royal Ace Cash Chance Sterling Colt Dash Van Josh Bob Jordan Austin Dallas Houston",
        "King Young Long Short Baker Stone Wood Woods Hill Field Brook Rivers Lake Park Forest Green Brown White Black Gray Gold Silver Bell Ball Bush Rose Flowers Fox Wolf Bird Swan Crane Fish Pike Bass Lamb Bull Hart Smith Cook Mason Carpenter Taylor Miller Fisher Hunter Walker Porter Page Price Cash Penny Rich Poor Strong Wise Savage Love Hope Best Grand Sharp Swift Good Day Knight Bishop Pope Abbott Church Bridges Street Banks Marsh Moore Ford Glass Steel Hammer Nail Hand Foot Head Blood Winter Summer Spring Frost Snow Rain Storm West North East Wang Case Law Judge Marshall Major Power Powers Booth Chase Grant Booker Speaker Early Late Mayo Rice Bean Berry Cherry Lemon Root Branch Leaf Reed Rush Hood Coats Gates Wall Hall Chambers Cotton Diamond Temple Crown",
    ),
    "de": (
        "Rosa Viola Linde Erika Heide Iris Jasmin Perle Mai Sonne Luna Marina Klara Wanda",
        "Ernst Frank Wolf Falk Kai Mark Max Christian Hagen Adler August Gold Till Rein Hans Rainer Rolf Ralf",
        "Klein Groß Lang Kurz König Kaiser Herzog Graf Fürst Bauer Müller Schneider Fischer Weber Wagner Becker Koch Richter Schulz Schäfer Zimmermann Vogel Fuchs Wolf Hahn Gans Frosch Hirsch Bär Löwe Krebs Hecht Baum Busch Wald Berg Thal Bach Brunnen Stein Sand Winter Sommer Herbst Frost Schnee Sturm Sonntag Freitag Montag Reich Arm Stark Schwarz Weiß Braun Grün Roth Blau Gold Silber Kupfer Eisen Stahl Nagel Hammer Schlüssel Bett Tisch Kaufmann Bürger Ritter Engel Teufel Himmel Kirch Glück Lieb Jung Alt Neumann Bräutigam Kühn Ernst Frei Frank Deutsch Franke Böhm Pohl Unger Preuß Lange Große Kurze Kraft Wirth Schreiber Kraus Kohl Lauch Apfel Birnbaum Roggen Haber Mai März Feierabend Vogt Pfeffer Zucker Schmalz",
    ),
    "fr": (
        "Rose Marguerite Violette Aurore Olive Prune Jade Perle Ambre Océane Marine Victoire Reine Blanche Claire Céleste Clémence Constance Prudence Luce France Colombe Capucine Iris Flore Fleur",
        "Pierre Florent Constant Juste Noël Pascal Côme Olivier Fidèle Parfait Clément Aimé Désiré Placide Marin Loup Roch",
        "Petit Grand Legrand Leblanc Lenoir Leroy Leroux Lebrun Roux Blanc Noir Brun Gris Roy Roi Prince Comte Duc Chevalier Bourgeois Boulanger Boucher Charpentier Fournier Meunier Lefèvre Berger Masson Pasteur Mercier Marchand Moulin Dubois Dupont Dupuis Fontaine Rivière Lac Montagne Colline Champ Prés Bois Poirier Pommier Olivier Rose Lamour Bonheur Joly Gentil Sage Vigne Loiseau Renard Loup Lebeau Lecoq Poisson Pain Carré Rond Court Long Carpentier Bonnet Chapeau Sabatier Besson Mallet Martel Hiver Printemps Janvier Février",
    ),
    "es": (
        "Rosa Flor Luz Paz Sol Mar Alba Aurora Esperanza Gloria Consuelo Dolores Remedios Milagros Socorro Nieves Pilar Estrella Luna Victoria Blanca Perla Azucena Margarita Violeta Jazmín Iris Carmen Rocío Soledad Caridad Inmaculada Concepción",
        "Ángel Salvador Amado Justo Modesto Severo Bueno Plácido Domingo Máximo Lázaro León Cruz Santos Reyes Jesús Fausto Prudencio Fidel Leal",
        "Rey Reyes Cruz Flores Rosa Prado Campo Campos Monte Montes Ríos Río Fuentes Torre Torres Iglesia Castillo Casas Calle Puente Molina Herrero Zapatero Pastor Caballero Delgado Moreno Rubio Blanco Bravo Bueno Leal Cortés Grande Lobo León Cordero Toro Vaca Paloma Gallo Pino Romero Manzano Cerezo Oliva Guerra Paz Luna Estrella Sol Mar Marín Salinas Arenas Piedra Roca Plata Oro Hierro Guerrero Soldado Escudero Calvo Crespo Rojo Verde Vidal Santos Domingo Alegre",
    ),
    "it": (
        "Rosa Gioia Vittoria Speranza Fiore Viola Perla Stella Aurora Alba Luna Gemma Serena Bianca Chiara Azzurra Margherita Ginevra Asia Libera Fortuna",
        "Angelo Fiore Leone Felice Vito Sereno Primo Secondo Santo Salvatore Bruno Massimo Fausto Giusto Valente Amato",
        "Rossi Bianchi Neri Verdi Gialli Bruno Russo Greco Romano Lombardi Toscano Calabrese Siciliano Napolitano Fontana Monti Costa Riva Valle Villa Torre Chiesa Ponte Campo Boschi Fiore Fiori Rosa Grasso Grassi Magro Longo Corti Piccolo Grande Basso Gentile Allegri Amato Caruso Ferrari Fabbri Sarto Barbieri Pastore Marino Marini Conte Re Papa Vescovo Cavallo Gallo Gatti Leone Lupo Volpe Pesce Mele Pane Farina Sale Martello Sala Mare Sole Guerra Pace Vita Morte",
    ),
    "nl": (
        "Roos Iris Madelief Linde Fleur Hope Vlinder Zon Luna Fee Mei",
        "Wolf Storm Ridder Beer Max Mark Sterre Haan",
        "Bakker Visser Smit Mulder Slager Kok Koster Dekker Schipper Kuiper Molenaar Timmerman Koning Keizer Prins Hertog Ridder Jonker Bos Berg Dam Dijk Brug Kerk Meer Poort Molen Groen Blauw Wit Zwart Bruin Rood Jong Oude Groot Klein Kort Lang Vos Wolf Haas Leeuw Haan Vogel Mus Visch Appel Peer Boom Bloem Roos Winter Zomer Vries Post Kamp Hoek",
    ),
    "pt": (
        "Rosa Flor Luz Esperança Glória Vitória Aurora Estrela Pérola Margarida Violeta Clara Branca Graça Conceição Íris Alba Fé",
        "Salvador Ângelo Amado Justo Leão Cruz Santos Fiel Máximo",
        "Silva Costa Rocha Pedra Ribeiro Rios Lago Campos Monte Serra Vale Mata Pinheiro Oliveira Pereira Nogueira Carvalho Figueira Leite Vinho Pão Coelho Lobo Leão Cordeiro Carneiro Pinto Galo Pombo Bravo Branco Preto Vermelho Guerra Paz Luz Santos Cruz Reis Rei Ferreira Ferro Ouro Prata Barros Areias Moreira Machado Prado Torres Castelo Ponte Barbosa Domingos Natal Rosa Flores Teixeira",
    ),
    "pl": ("Róża Malina Kalina Jagoda Bogna Nadzieja Wiara Gaja Luna", "Wit Bogdan Miłosz Mir Maj", "Kowal Krawiec Król Książę Młynarz Baran Wilk Lis Zając Sikora Wróbel Gołąb Orzeł Kruk Kot Pies Koza Byk Mazur Polak Czech Niemiec Wójcik Szewczyk Kucharczyk Bednarz Stolarz Cieśla Duda Mróz Zima Lato Maj Marzec Sobota Niedziela Pająk Ryba Szczupak Kołodziej Kwiatek Gruszka Wiśnia Kapusta Groch Cebula Czarny Biały Rudy Kubek Garnek Młotek"),
    "cs": ("Růžena Zora Květa Jasmína Naděje Vlasta Stela", "Vít Květoslav Leo", "Kovář Mlynář Král Sedlák Krejčí Tesař Rybář Beran Vlk Liška Zajíc Sýkora Vrabec Holub Orel Kočka Kohout Slavík Novotný Veselý Černý Bílý Malý Dlouhý Krátký Starý Mráz Zima Jaro Neděle Sobota Kopecký Zelený Modrý Čermák Konečný Smutný Hrubý Tichý Suchý Jedlička Růžička Sedláček"),
}  # fmt: skip
