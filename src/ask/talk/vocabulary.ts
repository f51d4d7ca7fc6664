/**
 * Words of talk: what people say to a service rather than ask of its documents. Data only; read by recognise.ts. A message is talk
 * when every word of it stands here for one kind; one word more makes it a question.
 */
import type { TalkKind } from '../../core/model.ts';

/** What can be told apart: kinds that are answered with talk, and what leans on the answer before. */
export type SaidKind = TalkKind | 'wrong' | 'sure' | 'repeat' | 'language' | 'shorter' | 'more' | 'earlier' | 'later' | 'summary';

interface KindWords {
  /** Each is a bag: words separated by spaces have to occur, in any order; `|` separates words that do as well. */
  rules: readonly string[];
  /** Words that may stand beside a rule's. */
  also?: string;
}

export interface Vocabulary {
  /** Words that may stand anywhere and say nothing. */
  filler: string;
  /** How a sentence begins in which people tell of themselves ("I have five minutes."). */
  self: string;
  kinds: Readonly<Partial<Record<SaidKind, KindWords>>>;
}

/** In this order, the first that fits is what was said. */
export const ORDER: readonly SaidKind[] = [
  'wrong',
  'smalltalk',
  'sure',
  'shorter',
  'more',
  'earlier',
  'later',
  'repeat',
  'summary',
  'briefings',
  'currency',
  'help',
  'identity',
  'about',
  'rude',
  'thanks',
  'farewell',
  'greeting',
  'acknowledgement',
  'unclear',
];

export const VOCABULARIES: Readonly<Record<string, Vocabulary>> = {
  en: {
    filler:
      'a an the please pls plz can could would will u you your yours is are am be been s re ll do does did to in on for of at with it this that these ' +
      'here so now just really very and or all any some then well hey also ok okay hi hello thanks thank dear team everyone folks there again today actually one',
    self: 'i we',
    kinds: {
      wrong: {
        rules: [
          'wrong|incorrect|false|untrue|mistaken|mistake|nonsense|inaccurate',
          'not|isn|can|cannot|doesn|don right|true|correct|so|sound|believe t|not|cannot',
        ],
        also: 'i me we think believe no hm hmm um you have no idea made mistake seems looks sounds answer number figure surely must quite sorry',
      },
      sure: {
        rules: [
          'are|r|sure|certain sure|certain|serious|positive',
          'really|seriously',
          'right|correct|true|accurate is|that|it|right|correct|true',
          'check|verify|recheck again|double|it|that|please',
          'where say|says|stand|stands|found|written',
          'where that|number|figure|answer|you|this from|come|get|got',
          'source|sources|evidence|proof|reference|citation',
          'how know',
        ],
        also: 'about still quite absolutely 100 percent me i this is answer figure number your you what whats oh hm hmm which give show got get for no',
      },
      shorter: {
        rules: [
          'shorter|briefer|brief|briefly|short|concise|condense|shorten|simpler|simply|simple|simplify',
          'too long',
          'sum|summarise|summarize|boil it|that|this|up|answer',
          'in one|few|two sentence|words|line',
          'simple|plain english|words|terms|language',
        ],
        also: 'make give version answer bit much little a me that too long word words sentence line up down explain put say more keep same reply',
      },
      more: {
        rules: [
          'more|further|elaborate|expand|longer|continue|details|detail|explain|else',
          'go on|ahead',
          'understand|follow|mean what|don|do|not|t',
        ],
        also: 'tell me i what about know give show bit little on keep have want like need some anything there explain why say information info context you mean don t not',
      },
      earlier: {
        rules: ['before|previously|earlier|formerly', 'previous|older|last|former edition|version|brief|briefing|one|year|time'],
        also: 'what how was were about back year used old that it then in',
      },
      later: {
        rules: ['and|what|how today|now|currently|nowadays|latest|newest'],
        also: 'about as edition version brief briefing year right',
      },
      repeat: { rules: ['repeat|pardon', 'say again', 'come again'], also: 'what last answer me once more can' },
      summary: {
        rules: [
          'summarise|summarize|summary|summaries|overview|tldr|recap|gist|digest|synopsis|highlights|takeaways|takeaway|essentials|outline|summarised|summarized',
          'tl dr',
          'main|key|important|central|essential|major|core|top points|point|messages|message|findings|ideas|facts|topics|conclusions|things|information|content|contents',
          'sum up',
          'most important',
          'nutshell|short what say|says|said|nutshell',
        ],
        also:
          'me i we want need like give get tell show what which were brief briefs briefing briefings document documents everything whole entire edition editions version versions ' +
          'new newest latest current recent old older oldest previous report reports note notes text texts file files short quick brief bullet bullets points point list ' +
          'sentence sentences two three four five lines line provide make contents content them few words paragraph most by from about up long say says said let have know out there first second last both each',
      },
      briefings: {
        rules: [
          'which|what|list|show|many|all|your|name briefing|briefings|brief|briefs|document|documents|docs|file|files|source|sources|reports|report|papers|texts|publications|editions|notes|material|materials|data|dataset|corpus you|have|list|show|your|available|there|name|use|used|using|based|indexed|know',
          'where|what information|knowledge|answers|info|data come|from|get|based',
          'what know|knowledge you|your|have',
          'what based on',
          'what read you',
        ],
        also:
          'have has available there use used using know based indexed contain contains base got get access give tell me us see titles title their names name only two three just search through look looking ' +
          'from behind work works answer answers covered included info knowledge i ask about',
      },
      currency: {
        rules: [
          'how up date',
          'how recent|current|fresh|new|outdated',
          'how old information|data|briefings|briefing|documents|brief|your|sources',
          'when updated|update|published|dated|issued|revised|written|made|from',
          'last|latest|recent updated|update|refresh|refreshed',
          'latest|newest|recent|last|current edition|version|date|information|data|info|briefing|brief|document|issue',
          'what date|year from|information|data|brief|briefing|document|edition|your',
          'cutoff|cut knowledge|date|off',
          'up to date',
          'is|are outdated|current|recent',
        ],
        also: 'what which when was were your information data info briefing briefings brief briefs documents document sources source last latest knowledge edition editions they have most me tell still from content everything now date dates how old there i',
      },
      help: {
        rules: [
          'help|instructions|commands|manual|tutorial|usage|faq',
          'what|anything can|able you|else|ask',
          'what do you',
          'how you work|help',
          'how work|works this|it|you|tool|service|bot|chat|thing',
          'how use|ask',
          'what ask',
          'capabilities|abilities|features|functions|capable',
          'what you good|useful',
          'can|could|do|are you|u translate|table|tables|chart|charts|summarise|summarize|calculate|draw|image|images|picture|pictures|code|email|emails|search|internet|web|google|remember|compare|write|speak|browse|think|learn|read|upload|file|files|able',
          'get started|start',
          'where start|begin',
        ],
        also:
          'me i we us what how do use ask questions question answer answers tool bot service assistant chat thing things everything else make create need want some help able offer ' +
          'things kind kinds sort of my get new started translate table tables chart charts french german spanish chinese english arabic languages language for exactly possible should know other pictures images search the internet web from data about',
      },
      identity: {
        rules: [
          'who|what are|r|re you|u',
          'are|r|is|am you|u|this|i human|person|bot|robot|ai|machine|real|chatgpt|gpt|computer|claude|gemini|llm|copilot|chatbot|program|model|someone|assistant',
          'your name',
          'who|what made|built|created|wrote|runs|owns|behind|developed|operates you|this',
          'introduce yourself',
          'am|are|is talking|speaking|chatting',
        ],
        also: 'what who i me a with real an actual person human bot robot machine or ai chatgpt talking to name whats called tell about yourself model language kind of system exactly even',
      },
      about: {
        rules: [
          'what about this|these|they|everything|documents|briefings|briefs|site|service|chat|tool|website|page|all|briefing|brief|document|whole|here|it',
          'what|which topics|topic|subjects|subject|themes|theme|areas|cover|covers|covered|contain|contains|content|contents',
          'purpose|point of|this|what|your',
          'what this|here',
          'table contents',
        ],
        also: 'what which they documents document briefings briefing briefs brief files file texts whole thing stuff site page service tool chat cover covers do have are there me tell i ask main know in about deal with they you',
      },
      smalltalk: {
        rules: [
          'how are|re|r you|u|things',
          'how going|life',
          'what|whats up',
          'joke|jokes|weather|poem|song|riddle',
          'do|are|can|did|have|what|where|how you|your tired|bored|sleep|happy|sad|hungry|feel|feelings|eat|dream|alive|old|live|married|favourite|favorite|conscious|coffee|fun|lonely|smart|clever|like|love|age|birthday',
          'love|marry you|me|u',
          'nice|pleased|good meet|see you|meeting',
        ],
        also: 'me tell ever get tired of from answering answer same questions question day long sing what where how old your colour color food with doing going today feeling things the us and always being whats like fine i m too outside there have know any good ones',
      },
      rude: {
        rules: [
          'useless|stupid|dumb|idiot|terrible|awful|rubbish|garbage|crap|shit|fuck|fucking|hate|worst|pathetic|hopeless|annoying|lame|worthless|moron|sucks|suck|ridiculous|waste|joke',
          'not helpful|useful',
        ],
        also: 'i you your completely totally utterly absolutely such waste of time bot thing tool service answer answers this off what not helpful no help me piece never',
      },
      thanks: {
        rules: ['thanks|thank|thx|ty|ta|cheers|appreciated|appreciate|grateful|tysm', 'very|so|super|most helpful'],
        also: 'was were you much many help helps helped helpful great perfect super awesome wonderful brilliant excellent nice lot lots i we me kind exactly needed wanted what useful information answer quick reply bunch million for good job cool got understood clear that all amazing lovely heaps mate man buddy',
      },
      farewell: {
        rules: [
          'bye|goodbye|farewell|cya|ciao|adieu|byebye',
          'see you|ya later|soon|tomorrow|around|then|next',
          'good night|weekend',
          'have nice|good|great|lovely|wonderful|pleasant day|weekend|evening|one|week|night|afternoon|time|holiday',
          'that|thats all|it everything|for|now|all|i|thanks|that|thats',
          'take care',
          'talk later|soon',
          'm|gotta|must|got|have off|go',
        ],
        also: 'i we for now later see you bye nice day evening that all thanks great very much next time until too your same everything needed need go going leave home off have got',
      },
      greeting: {
        rules: [
          'hi|hello|hey|hiya|howdy|greetings|yo|heya|hullo|hallo|hola|salut|bonjour|gday|sup',
          'good morning|afternoon|evening|day',
          'morning|afternoon|evening',
          'anyone|anybody|somebody|someone there|here',
          'are you there',
        ],
        also: 'good morning afternoon evening day to my friend friends pilcrow bot assistant anybody all nice new here i m how is',
      },
      acknowledgement: {
        rules: [
          'ok|okay|k|fine|good|great|cool|nice|alright|right|yes|yep|yeah|yup|sure|no|nope|nah|perfect|excellent|awesome|understood|interesting|wow|hm|hmm|mhm|aha|ah|oh|lol|haha|agreed|exactly|sorry|super|brilliant|wonderful|noted|kk|amazing|true|correct|impressive',
          'got it|that',
          'i see|understand|know',
          'makes sense',
          'never mind|nevermind',
          'forget it|that',
        ],
        also: 'it i see that makes sense not bad job well done very good one we know matter mind no to know for me was works fair enough',
      },
      unclear: {
        rules: ['test|testing|ping', 'huh|what|eh|question|why|and|so|anything'],
        also: 'this is only 1 2 3 a i have ask me tell something anything about random up',
      },
    },
  },
  de: {
    filler:
      'der die das den dem des ein eine einen einem einer und oder auch bitte mal denn eigentlich doch ja so nun jetzt hier da du dich dir ihr sie ihre dein deine ist sind war bist bin in im an am auf zu zum zur von vom mit fur es er ' +
      'gerade sehr ganz alle alles kann kannst konnen konntest konnte konnten wurdest hallo hi danke guten tag zusammen noch wieder heute gern gerne etwas dann na also genau genommen',
    self: 'ich wir',
    kinds: {
      wrong: {
        rules: [
          'falsch|unsinn|quatsch|fehler|irrtum|irrst|unrichtig|inkorrekt',
          'nicht|kann|nie stimmt|stimmen|richtig|wahr|sein|korrekt nicht|nie',
        ],
        also: 'ich wir mir glaube denke das kann hm ne nein unmoglich antwort zahl angabe ahnung keine hast ist aber sein eben vorhin',
      },
      sure: {
        rules: [
          'sicher',
          'wirklich|ernsthaft|echt|tatsachlich|ehrlich',
          'stimmt|richtig|wahr|korrekt das|es|stimmt|wirklich',
          'uberpruf|uberprufe|prufe|pruf|prufen|nachprufen|kontrolliere|checke nach|nochmal|das|es|bitte|noch',
          'wo steht|stehen|stammt|gefunden',
          'quelle|quellen|beleg|belege|nachweis|fundstelle|woher',
          'woher weisst|kommt|stammt|wissen',
        ],
        also: 'dir da dass nochmal noch einmal nach prufen die angabe zahl antwort absolut ganz geschrieben kommt weisst das bist im text was wo deine ob hm',
      },
      shorter: {
        rules: [
          'kurzer|knapper|kurz|knapp|kurze|kurzen|einfacher|einfach|verstandlicher',
          'zu lang|lange',
          'fass|fasse|fassen das|es zusammen',
          'einem|wenigen|zwei satz|worten|satzen',
        ],
        also: 'geht gehts machen mach fassen fasse fass zusammen antwort version mir wenig bisschen das es lang viel zu einem satz worten sagen sag erklare erklar ausdrucken und gefasst formulieren',
      },
      more: {
        rules: [
          'mehr|weiter|genauer|ausfuhrlicher|details|naher|nahere|einzelheiten|langer|weitere|weiteres|erklare|erklar|erlautere',
          'was noch',
          'mach weiter',
          'verstehe|versteh|meinst|bedeutet|heisst was|nicht|das',
        ],
        also: 'erzahl erzahle sag sage mir ich was daruber dazu davon informationen infos gibt etwas bisschen gehts geht bitte wissen mochte will uns ausfuhren erklaren nicht das ins detail infos',
      },
      earlier: {
        rules: [
          'vorher|fruher|davor|damals|zuvor',
          'altere|alten|alte|vorige|letzte|fruhere|vorherige|vorigen|fruheren ausgabe|fassung|version|jahr',
        ],
        also: 'wie war waren wieviel was und in',
      },
      later: { rules: ['und|wie|was jetzt|heute|aktuell|inzwischen|neueste|mittlerweile'], also: 'was wie ist ausgabe aktuelle neuesten' },
      repeat: {
        rules: ['wiederhole|wiederhol|wiederholen|nochmal|nochmals', 'noch einmal', 'wie bitte'],
        also: 'sag sagen das letzte antwort mir',
      },
      summary: {
        rules: [
          'zusammenfassung|zusammenfassen|zusammenzufassen|uberblick|ubersicht|kurzfassung|fazit|resumee|kernaussagen|kernaussage|hauptpunkte|hauptaussagen|kernpunkte|eckpunkte|quintessenz|zusammengefasst|wichtigste|wichtigsten|wesentliche|wesentlichen|tldr|stichpunkte|stichworte',
          'fasse|fass|fassen zusammen',
          'wichtigen|zentralen|zentrale|wichtige|wesentliche punkte|aussagen|inhalte|ergebnisse|themen|fakten|botschaften',
        ],
        also:
          'ich wir brauche mochte hatte hatten gib geben gebt mir uns was welche zusammen kurz kurze kurzen briefing briefings dokument dokumente dokuments dokumenten unterlagen bericht berichte berichts text texte texten ausgabe ausgaben ' +
          'neue neuen neueste neuesten aktuelle aktuellen alte alten altere alteren letzte letzten version versionen notiz punkte punkten inhalte aussagen ergebnisse themen fakten stichpunkten stichworten satzen satz drei funf zwei wenigen worten uber aus erstelle mach steht stehen darin drin ganze gesamt machen lauten sind inhalt',
      },
      briefings: {
        rules: [
          'welche|was|liste|zeige|zeig|viele|deine|nenne|nenn dokumente|dokument|briefings|briefing|unterlagen|quellen|quelle|berichte|texte|dateien|ausgaben|papiere|material|materialien|daten|textgrundlage|datenbasis',
          'woher|worauf wissen|informationen|infos|antworten|daten|weisst|stutzt|basierst|beruhst|basieren|beruhen|berufst',
          'was weisst|kennst',
        ],
        also: 'hast habt haben gibt es vorhanden verfugbar dir euch kennst nutzt nutzen verwendest durchsuchst liegen vor vorliegen wie was welche auflisten auf listen zwei nur dich beziehen bezieht stutzt beruhen basiert worauf zugrunde grunde liegt deinen antworten ihre deine kommen hinterlegt',
      },
      currency: {
        rules: [
          'wie aktuell|neu|alt|frisch',
          'wann aktualisiert|erschienen|veroffentlicht|datiert|geschrieben|erstellt|stand|aktualisierung|letzte',
          'welchem|welcher|welchen|wann|wie stand|datum|jahr',
          'von wann',
          'stand daten|informationen|briefings|dokumente|infos|unterlagen|angaben',
          'neueste|aktuellste|letzte|aktuelle ausgabe|fassung|version|stand|briefing|dokument|aktualisierung',
        ],
        also: 'daten informationen infos angaben unterlagen dokumente briefings briefing was welche welches letztes letzte letzten zuletzt mal wurde wurden stand stammen sind deine ausgabe von aus dem wann wissen quellen wie datum welches dein',
      },
      help: {
        rules: [
          'hilfe|anleitung|funktionen|befehle|fahigkeiten|hilf|bedienung|gebrauchsanweisung',
          'was|wobei|womit kannst|konnen|konntest|machst|tust|hilfst|helfen',
          'wie funktioniert|funktionierst|benutze|benutzt|geht|bedient|arbeitest|hilfst|helfen|verwende|frage',
          'was kann|darf|soll|konnte fragen|tun',
          'kannst|konnen|konnt tabellen|tabelle|ubersetzen|diagramme|bilder|rechnen|zeichnen|schreiben|suchen|internet|deutsch|englisch|vergleichen|mails|zusammenfassen|merken|programmieren|mir|uns|helfen|lesen',
        ],
        also: 'ich wir mir uns man was wie tun machen helfen hilfe fragen frage stellen dich ihnen euch brauche brauchen tabellen tabelle ubersetzen bilder diagramme erstellen deutsch englisch sprachen dieser dieses diese bot chat dienst tool das hier konnen fur mich leisten im internet den weiter antworten texte schreiben',
      },
      identity: {
        rules: [
          'wer|was bist|sind|seid du|sie|ihr|das',
          'bist|sind|ist|spreche|rede|schreibe|sprech|red du|sie|das|ich|hier|da|mit mensch|menschen|roboter|bot|maschine|ki|computer|chatgpt|programm|person|echt|echter|echte|chatbot|automat',
          'wie heisst|heissen|name',
          'wer hat|steckt|betreibt|entwickelt|gemacht|gebaut|programmiert',
          'stell|stelle|stellen vor',
        ],
        also: 'wer was ich ein echter echte mensch mit einem einer person maschine roboter bot ki oder dich sich vor gemacht gebaut entwickelt programmiert dahinter hinter spreche rede name uberhaupt denn kunstliche intelligenz',
      },
      about: {
        rules: [
          'worum|wovon|um|was|woruber geht|handelt|handeln|dreht|gehts',
          'welche|was themen|thema|inhalt|inhalte|gebiete|bereiche',
          'was steht',
          'was das|hier',
          'zweck|sinn',
        ],
        also: 'es hier das dokumenten dokument briefings briefing unterlagen texten seite ganze ganzen behandelt behandeln drin darin sich diesem diesen dieser dieses gibt was worum deckst abgedeckt soll zu chat dienst man fragen',
      },
      smalltalk: {
        rules: [
          'wie geht|gehts|lauft',
          'witz|wetter|gedicht|lied',
          'bist|hast|kannst|magst|schlafst|was|wie du|dein mude|glucklich|traurig|hunger|gefuhle|schlafen|lieblingsfarbe|alt|verheiratet|lieblingsessen|langeweile|gelangweilt|spass|denken|schlafst|gut|trinkst',
          'liebe|mag dich',
        ],
        also: 'dir ihnen euch heute so was wie erzahl erzahle sag mir ein einen wird bei euch wetter alt gut immer fragen gleichen beantworten ich es manchmal nie',
      },
      rude: {
        rules: [
          'nutzlos|dumm|blod|idiot|scheisse|scheiss|mist|bescheuert|schlecht|furchtbar|schrecklich|unfahig|unbrauchbar|idiotisch|trottel|doof|hasse|murks|schrott',
          'nicht hilfreich',
        ],
        also: 'ich du bist vollig total absolut echt einfach so ein dich hilft nichts antwort bot zu was fur ist kein deine wirklich komplett',
      },
      thanks: {
        rules: ['danke|dank|dankeschon|merci|bedanke|dankbar', 'hilft|hilfreich|geholfen mir|sehr|das|war|weiter'],
        also: 'vielen besten herzlichen tausend schon sehr super toll klasse prima perfekt gut wunderbar ich mich mir das hilft hilfreich geholfen weiter war fur die hilfe auskunft antwort schnelle lieben dir ihnen euch',
      },
      farewell: {
        rules: [
          'tschuss|tschuess|tschau|ciao|servus|bye',
          'auf wiedersehen|wiederschauen|wiederhoren',
          'bis bald|spater|morgen|dann|nachste|nachstes|gleich',
          'schonen|schones|schone|guten|gute tag|abend|wochenende|nacht|feierabend|woche',
          'das wars|alles',
          'mach|machs gut',
          'muss los|weg|gehen',
        ],
        also: 'ich dann bis bald spater morgen schonen schones tag abend wochenende euch allen ihnen fur heute ware danke los muss weg mal gut machs nachsten woche war wunsche nacht noch einen',
      },
      greeting: {
        rules: [
          'hallo|hi|hey|moin|servus|gruss|hallochen|grussgott|huhu|grezi|griass|salu',
          'guten|gute|schonen|schon morgen|tag|abend|moin',
          'gruss gott|dich',
          'ist jemand da',
          'morgen|tach',
        ],
        also: 'guten gute morgen tag abend zusammen gott liebe lieber leute team alle allerseits jemand gruezi liebes ihr bot pilcrow da einen schonen',
      },
      acknowledgement: {
        rules: [
          'ok|okay|gut|alles|klar|verstanden|super|toll|prima|ja|nein|ne|nee|jo|genau|schon|hm|hmm|ach|aha|ah|oh|interessant|perfekt|stimmt|einverstanden|sorry|entschuldigung|klasse|wow|egal|passt|aso|achso|jawohl|spannend',
        ],
        also: 'alles klar gut na dann ist ich verstehe sehe weiss wieder was gelernt kein problem sache schon macht sinn das passt geht wow sehr mir',
      },
      unclear: { rules: ['test|hä|hae|was|wie|und|warum'], also: 'das ein nur ich habe frage mal' },
    },
  },
  fr: {
    filler:
      'le la les l un une des du de d et ou en a au aux pour avec sur ce cette ces c cet que qu se s si est es etes sont etait y tu vous t te votre vos ton tes svp stp plait peux pouvez pourriez pourrais peut bien tres donc alors ici ca cela encore ' +
      'bonjour salut merci tout toute tous deja maintenant juste moi aussi mais deux vraiment dans par comme faire on il elle ils ne',
    self: 'je j nous',
    kinds: {
      wrong: {
        rules: [
          'faux|fausse|erreur|incorrect|inexact|trompe|trompes|trompez|mensonge',
          'pas|impossible|peux|peut vrai|juste|exact|bon|possible|correct pas|impossible',
          'impossible',
        ],
        also: 'je crois pense pas n non c est reponse chiffre hm heu m me parait semble cela idee aucune avez as',
      },
      sure: {
        rules: [
          'sur|sure|certain|certaine|surs',
          'vraiment|serieusement|serieux|ah',
          'vrai|exact|correct|juste est|c|bien|vrai|exact',
          'verifie|verifier|verifiez|reverifie',
          'source|sources|preuve|preuves|reference|references',
          'ou ecrit|dit|trouve|vient|lu|figure',
          'comment sais|savez',
        ],
        also: 'en etes es vous tu que c est de cela ca reponse chiffre quelle quelles quel d ou vient tires tenez info sors cette sais sait je fois nouveau',
      },
      shorter: {
        rules: [
          'court|courte|bref|brievement|concis|concise|simple|simplement|raccourcis|raccourcir|abrege|resume|resumer plus|court|courte|bref|ca|cela|raccourcis|abrege|version|reponse|brievement|concis|concise',
          'trop long|longue',
          'une|deux|quelques phrase|mots|lignes',
        ],
        also: 'plus version reponse fais peu moins en une phrase mots trop long longue c est explique dis le seule quelques simplement',
      },
      more: {
        rules: [
          'plus|davantage|details|detail|precisions|precise|developpe|developper|explique|expliquer|continue|continuez|suite|autre',
          'comprends|comprend|dire pas|veux|veut|quoi',
        ],
        also: 'dis dites moi m en savoir je voudrais veux peu sur la quoi d autre et donne donnez detaille informations infos encore chose compris pas peu dire sais',
      },
      earlier: {
        rules: ['avant|auparavant|precedemment|autrefois', 'precedente|ancienne|derniere|anterieure edition|version|note|fois'],
        also: 'et c etait combien quoi qu en',
      },
      later: { rules: ['et|quoi maintenant|aujourd|actuellement|desormais'], also: 'hui et quoi qu' },
      repeat: { rules: ['repete|repeter|repetez|redis|redites|pardon'], also: 'derniere reponse fois me peux' },
      summary: {
        rules: [
          'resume|resumer|resumez|resumes|synthese|apercu|essentiel|sommaire|recapitulatif|recap|grandes|synthetise|tldr',
          'points|idees|messages|elements|conclusions|informations principaux|principales|cles|cle|essentiels|essentielles|importants|importantes|forts|majeurs|principal',
          'plus important|importants|importantes',
          'a retenir',
        ],
        also:
          'je j voudrais veux besoin aimerais me moi donne donnez fais faites quels quelles quel quelle sont note notes document documents texte textes rapport rapports edition editions nouvelle nouveau derniere dernier recente recent ' +
          'ancienne version versions points idees lignes grandes court courte bref brievement rapide mots quelques phrases phrase trois cinq principaux principales cles retenir plus importants important ensemble contenu faut qui doit il toutes les avoir',
      },
      briefings: {
        rules: [
          'quels|quelles|quel|quelle|liste|combien|montre|vos|tes|lister|cite|citer|lesquels documents|document|notes|note|sources|source|textes|texte|rapports|rapport|fichiers|editions|publications|dossiers|corpus|base',
          'ou|quoi informations|infos|connaissances|reponses viennent|proviennent|trouves|trouvez|bases|appuies|tires|tirez',
          'quoi|que bases|basez|appuies|appuyez|sais|savez|connais|connaissez|fondes|reposent',
        ],
        also: 'as avez a disposition disponibles disponible utilises utilisez appuies appuyez bases basez connais connaissez sais savez tires il y n que quoi lesquels sont voir tu liste la donne me n quelles quels consultes servent donnees source sources textes reponses d ou informations reponds accessibles',
      },
      currency: {
        rules: [
          'date|datent|datees|datee|jour|recent|recente|recentes|recents|actuel|actuelles|actuelle|actualisees|ancien quand|est|sont|infos|informations|vos|tes|quelle|a|derniere|donnees|de|notes|documents|elles',
          'quand mise|mises|mis|publie|publiee|publiees|parue|parues|redigees|actualise|actualisees|jour|infos|informations|donnees',
          'derniere|dernier|dernieres edition|version|mise|actualisation|informations|note|date|maj',
        ],
        also: 'quand quelle quel quelles date jour mise mises infos informations donnees documents notes note textes derniere dernier remonte remontent plus recente elles ont ete sont de edition publication connaissances vos jusqu',
      },
      help: {
        rules: [
          'aide|aider|aides|instructions|fonctions|fonctionnalites|capacites|commandes|mode|tutoriel',
          'que|quoi|qu sais|savez|peux|pouvez|fais|faites faire|m|aider|tu|vous',
          'comment marche|fonctionne|fonctionnes|utiliser|utilise|sert|servir|demander|poser',
          'que|quoi|quelles|quel puis|demander|questions|poser|peut|peux',
          'peux|sais|pouvez|savez|peut traduire|tableau|tableaux|graphique|graphiques|dessiner|images|calculer|ecrire|chercher|internet|francais|anglais|comparer|resumer|coder',
          'sers|sert quoi',
        ],
        also: 'je j on me m moi nous que quoi qu faire sais savez aider aide besoin poser questions question demander marche fonctionne comment ce cet outil service assistant bot traduire tableaux tableau graphiques images francais anglais langues quelles autre a sert d servir il puis entre autres internet avec tout types sortes',
      },
      identity: {
        rules: [
          'qui es|etes|est|tu|vous',
          'es|etes|est|parle|tu|vous|suis|j robot|humain|humaine|personne|machine|ia|ordinateur|chatgpt|bot|programme|intelligence|chatbot|vrai|vraie',
          'comment appelles|appelez|nom',
          'quel nom',
          'qui cree|fait|developpe|concu|derriere',
          'presente|presentez',
        ],
        also: 'qui je j parle a un une vraie vrai personne humain robot machine ia ou intelligence artificielle nom toi vous t a cree quoi quel appelles quoi',
      },
      about: {
        rules: [
          'quoi|s|de parle|parlent|agit|traite|traitent|s agit|quoi|parlent|sujet',
          'quel|quels|quelle sujet|sujets|theme|themes|contenu|contient|thematiques',
          'quoi sujet|rapport|propos',
          'contiennent|contient que|qu|quoi',
          'c quoi',
        ],
        also: 'il elles ces documents document notes note textes site page service porte portent sont quel quels sujet sujets themes theme couvrez couvert couverts abordes abordez traites quoi de s agit exactement dedans y a t contenu outil general tout',
      },
      smalltalk: {
        rules: [
          'ca va|vas|roule|gaze',
          'comment vas|allez|va|ca',
          'blague|meteo|poeme|chanson',
          'temps fait|quel',
          'es|as|tu|vous|aimes|dors fatigue|content|heureux|triste|faim|sentiments|age|marie|prefere|preferee|dors|ennuies',
          'aime|adore t',
        ],
        also: 'quel temps fait il chez toi comment raconte moi une dis est va aujourd hui jamais de repondre aux memes questions toujours je bien dehors couleur',
      },
      rude: {
        rules: [
          'nul|nulle|inutile|stupide|idiot|idiote|bete|merde|con|debile|mauvais|horrible|pourri|deteste|incompetent|honte',
          'sers rien',
          'sert rien',
        ],
        also: 'es etes completement totalement vraiment rien a sers sert ne quel c tu vous je toi trop reponse reponses pas utile',
      },
      thanks: {
        rules: ['merci|remercie|remercions|mercis', 'tres|bien|super utile|aide|aimable|gentil'],
        also: 'bcp beaucoup mille je vous te infiniment super parfait genial excellent top aide aidee utile reponse info c gentil est ca m aidera grandement votre avance toi pour cool rapide rapidite nickel',
      },
      farewell: {
        rules: [
          'revoir|adieu|ciao|bye',
          'bonne|bon|excellente|belle journee|soiree|nuit|fin|week|weekend|continuation|apres',
          'a bientot|demain|plus|tantot|prochaine',
          'c tout',
        ],
        also: 'au revoir bonne bon journee soiree a bientot plus tard prochaine demain week end semaine fin c est tout merci je dois y aller m en vais tous tard excellente aussi de vous souhaite',
      },
      greeting: {
        rules: ['bonjour|salut|bonsoir|coucou|hello|hey|allo|bjr|slt|yo|rebonjour', 'il y quelqu|quelqu'],
        also: 'a tous toutes le monde cher chere pilcrow toi vous y quelqu un re equipe madame monsieur',
      },
      acknowledgement: {
        rules: [
          'ok|okay|oui|non|ouais|accord|entendu|compris|super|parfait|genial|bien|bon|vu|interessant|hm|ah|oh|excellent|cool|top|dac|desole|desolee|pardon|nickel|voila|exact',
        ],
        also: 'd accord c est note je vois comprends ah tres bon ca marche pas mal merci genial tant pis grave',
      },
      unclear: { rules: ['test|hein|quoi|et|pourquoi'], also: 'c est un euh donc ai question une j' },
    },
  },
  es: {
    filler:
      'el la los las lo un una unos unas de del y o en a al para con por que se si es eres son esta estan estas tu tus usted ustedes su sus te le me favor porfa puedes puede podria podrias muy bien pues entonces aqui esto eso este ahora ya ' +
      'hola gracias todo todos toda todas solo tambien pero dos realmente mi nos hay',
    self: 'yo estoy tengo soy necesito quiero',
    kinds: {
      wrong: {
        rules: [
          'mal|equivocado|equivocada|equivocas|equivoca|error|incorrecto|incorrecta|falso|falsa|mentira|erroneo',
          'no cierto|verdad|correcto|posible|asi|ser',
        ],
        also: 'no puede ser creo eso esta es te has he la respuesta cifra tienes ni idea me parece hm estas seguro que',
      },
      sure: {
        rules: [
          'seguro|segura|seguros',
          'cierto|verdad|serio|correcto|exacto',
          'verifica|verificar|comprueba|comprobar|revisa|confirma|confirmar',
          'fuente|fuentes|prueba|referencia',
          'donde dice|pone|aparece|sale|escrito',
          'como sabes',
        ],
        also: 'de estas esta completamente verdad eso es en lo otra vez cual cuales respuesta dato cifra que sabes otra a sacas sale la no',
      },
      shorter: {
        rules: [
          'corto|corta|breve|brevemente|conciso|resumido|resumida|sencillo|simple|resumelo|acorta|abrevia|resume mas|corto|corta|breve|brevemente|conciso|version|respuesta|resumelo|acorta|abrevia|eso|esto',
          'demasiado|muy largo|larga',
          'una|dos|pocas frase|palabras|lineas',
        ],
        also: 'mas version respuesta hazlo dilo demasiado largo larga una frase pocas palabras lo muy explica explicalo dime sola',
      },
      more: {
        rules: [
          'mas|detalles|detalle|amplia|ampliar|continua|sigue|explica|explicame|profundiza|otra|desarrolla',
          'entiendo|quieres no|decir',
        ],
        also: 'dime cuentame cuenta sobre eso ello informacion info algo cosa que otra alguna saber quiero quisiera dame un poco detalle en no lo decir entender',
      },
      earlier: {
        rules: ['antes|anteriormente|previamente', 'anterior|antigua|vieja|pasada edicion|version|informe'],
        also: 'y como era cuanto cuantos que en la cual',
      },
      later: { rules: ['y|que ahora|hoy|actualmente|actualidad'], also: 'que y dia en la' },
      repeat: { rules: ['repite|repetir|repitelo|perdon', 'otra vez'], also: 'dilo di otra vez ultima respuesta' },
      summary: {
        rules: [
          'resume|resumen|resumir|resumeme|sintesis|sintetiza|resumelo|panorama|esencial|resumenes|tldr',
          'puntos|ideas|mensajes|conclusiones|aspectos|datos|temas principales|principal|clave|claves|importantes|esenciales|centrales|destacados',
          'mas importante|importantes|destacado|relevante',
        ],
        also:
          'yo quiero quisiera necesito dame hazme haz haga hacer cuales cual que son documento documentos informe informes nota notas texto textos edicion ediciones nueva nuevo ultima ultimo reciente antigua anterior version versiones ' +
          'puntos ideas breve corto corta rapido frases frase palabras pocas tres cinco lineas principales clave claves mas importantes importante dicen dice contenido general todo ambos cada conclusiones',
      },
      briefings: {
        rules: [
          'que|cuales|cuantos|lista|muestra|tus|enumera|cual documentos|documento|informes|informe|fuentes|fuente|textos|notas|archivos|ediciones|publicaciones|materiales',
          'donde|que informacion|datos|conocimientos|respuestas sacas|viene|vienen|obtienes|basas|salen|proviene',
          'que basas|sabes|conoces',
        ],
        also: 'tienes tiene usas usa utilizas disponibles disponible hay conoces sabes basas basan consultas de donde sacas son cuales que a cuantos cuentas acceso muestrame dime me lista respondes informacion viene',
      },
      currency: {
        rules: [
          'actualizado|actualizada|actualizados|actualizadas|actualizaste|actualizo|recientes|reciente|vigente|vigentes|actual|actuales cuando|tan|esta|estan|que|informacion|datos|ultima|informes',
          'cuando|fecha|que fecha|datan|publico|publicaron|publicado|actualizacion|actualizo|actualizaron|cuando informacion|datos|informes|es|son|tus|ultima|documentos|fecha|datan|se|tienen|informe',
          'ultima|ultimo edicion|version|actualizacion|informe|fecha',
        ],
        also: 'que tan cuando fue fecha de tu tus informacion datos informes informe documentos ultima ultimo vez se actualizo mas reciente cual edicion version como estan hasta son fuentes',
      },
      help: {
        rules: [
          'ayuda|ayudar|ayudame|ayudarme|instrucciones|funciones|capacidades|comandos|manual',
          'que sabes|puedes|haces|puede|ofreces hacer|haces|tu|mi|ofreces|ayudar',
          'como funciona|funcionas|usa|uso|usar|pregunto|utilizo|empiezo',
          'que puedo|preguntar|preguntas|preguntarte',
          'puedes|sabes|puede traducir|tablas|tabla|graficos|imagenes|calcular|dibujar|escribir|buscar|internet|espanol|ingles|comparar|resumir',
          'sirves|sirve para|que',
        ],
        also: 'yo que hacer sabes puedes como mi en ayudar ayuda me necesito preguntar preguntas pregunta hacerte funciona esto este servicio asistente bot chat herramienta traducir tablas graficos imagenes espanol ingles idiomas otras cosas para sirve sirves puedo cosas tipo otros internet hacer',
      },
      identity: {
        rules: [
          'quien eres|es|esta|sois',
          'eres|es|hablo|hablando|soy robot|humano|humana|persona|maquina|ia|bot|ordenador|chatgpt|programa|inteligencia|real|chatbot|computadora',
          'como llamas|llama|nombre',
          'cual nombre',
          'quien creo|hizo|desarrollo|detras|programo|invento',
          'presentate',
        ],
        also: 'quien con una un persona real robot maquina humano o ia inteligencia artificial nombre como llamas que cual hablo estoy hablando te ha hay detras',
      },
      about: {
        rules: [
          'que|de va|trata|tratan|trata|hablan|habla|tema|temas|cubre|cubres|contiene|contienen',
          'que esto',
          'cual|cuales tema|temas',
        ],
        also: 'de que esto todo va trata tratan documentos informes textos pagina sitio servicio los temas tema cuales cual cubren abordan contienen contenido sobre hablan exactamente es chat asunto',
      },
      smalltalk: {
        rules: [
          'que tal|onda|pasa',
          'como estas|va|andas|te|esta',
          'chiste|clima|poema|cancion',
          'tiempo hace',
          'eres|estas|tienes|duermes|te cansado|cansada|feliz|triste|hambre|sentimientos|anos|casado|favorito|aburres|cansas|duermes|novia',
          'te amo|quiero',
        ],
        also: 'que tal como estas te va hoy cuentame dime un una hace ahi contar me cansas de responder las mismas preguntas siempre nunca tu color cuantos tienes muy bien',
      },
      rude: {
        rules: [
          'inutil|estupido|tonto|idiota|mierda|basura|horrible|malo|pesimo|imbecil|odio|asco|fatal',
          'no sirves|sirve',
          'no nada sirves|sirve',
        ],
        also: 'eres es una un muy totalmente completamente tan no sirves sirve para nada que te respuesta vaya de menuda',
      },
      thanks: {
        rules: ['gracias|agradezco|agradecido|agradecida', 'muy|util util|amable|ayuda'],
        also: 'muchas mil muchisimas te le lo su tu ayuda por perfecto genial excelente estupendo muy amable util de verdad vale respuesta eso era buen trabajo todo super',
      },
      farewell: {
        rules: [
          'adios|chao|chau|bye',
          'hasta luego|pronto|manana|otra|proxima|siempre|la|ahora',
          'buen|buena|buenas|feliz dia|tarde|noche|noches|fin|finde|semana',
          'nos vemos',
          'me voy|marcho',
          'eso todo|es',
        ],
        also: 'bueno hasta luego pronto manana la proxima vista otra vez nos vemos me voy que tengas tenga tengan un buen dia feliz tarde noche fin semana gracias eso seria todo cuidate ya vez marcho igualmente',
      },
      greeting: {
        rules: ['hola|buenas|saludos|buenos|hey|holi|ola', 'buenos|buenas|buen dias|tardes|noches|dia', 'hay alguien'],
        also: 'buenos buenas dias tardes noches dia a equipo alguien ahi amigo amigos pilcrow todos que muy',
      },
      acknowledgement: {
        rules: [
          'ok|okay|vale|si|no|bien|bueno|claro|entendido|perfecto|genial|entiendo|estupendo|interesante|hm|ah|oh|excelente|listo|dale|acuerdo|perdon|exacto|guay|okey|ya',
        ],
        also: 'de acuerdo esta bien muy ya veo lo entiendo que eso es me parece ah bueno no pasa nada importa',
      },
      unclear: { rules: ['prueba|test|eh|que|y|por'], also: 'una un esto es tengo pregunta porque' },
    },
  },
  zh: {
    filler:
      '这 这个 那 那个 这些 那些 是 的 了 呢 吗 啊 呀 吧 嘛 哦 哈 你 您 你们 请 请问 可以 能 一下 有 都 还 也 在 里 给 就 很 现在 到底 能不能 可不可以 会 大家 各位 们 一个 到 把 嗨 您好 你好 谢谢 再 好 地',
    self: '我 我们',
    kinds: {
      wrong: {
        rules: ['错|错了|不对|不正确|不准确|搞错|弄错|胡说|不可能|瞎说|有误'],
        also: '吧 不是 答案 数字 我 觉得 说 回答 完全 好像 应该',
      },
      sure: {
        rules: ['确定|真的|确认|肯定|属实|当真|真|准确|正确|核实|核对|出处|来源|依据|证据|对'],
        also: '对 是不是 再 确认 一遍 吗 哪里 什么 说 写 答案 信息 在哪 在哪里 数字 没错 你 我 检查',
      },
      shorter: {
        rules: ['简短|短|简单|简洁|精简|简要|概括|一句话|太长|缩短|长话短说'],
        also: '点 一点 些 一些 说 回答 再 更 太 长 用 概括 一句话 概述 答案 讲 解释 通俗',
      },
      more: {
        rules: ['更多|详细|继续|具体|还有|展开|解释|多说|补充|然后|接着|不明白|不懂|什么意思'],
        also: '点 一点 一些 些 说 说明 讲 什么 别 别的 呢 告诉 我 信息 内容 多 一下 下 没',
      },
      earlier: { rules: ['以前|之前|从前|当时|过去|旧版|上一版'], also: '是 多少 怎么样 版本 版 那时 呢 如何 怎样' },
      later: { rules: ['现在呢|如今|目前|最新呢|今天呢'], also: '呢 情况 怎么样' },
      repeat: { rules: ['重复|再说一遍|再说|重说'], also: '一遍 一次 答案 我 没 听 清' },
      summary: {
        rules: ['总结|概要|摘要|概述|要点|重点|概览|归纳|梗概|主要内容|核心内容|主要观点|核心观点|概括|综述|小结'],
        also: '我 我们 主要 关键 核心 给 做 个 一份 一个 新 新版 最新 旧 旧版 版 版本 简报 文件 报告 文档 内容 全部 所有 整个 全文 每份 两份 几句话 几点 用 三 五 句 话 点 条 列出 帮 帮我 简单 简短 简要 快速 什么 哪些 说 讲 需要 想要 份 本 最 重要',
      },
      briefings: {
        rules: [
          '哪些|什么|几份|几个|多少|列出|哪几份|所有 简报|文件|文档|资料|来源|报告|材料|版本|数据|资料库|信息来源',
          '依据|根据 什么|哪些|哪',
          '知道 什么|哪些',
          '从哪|哪里|哪儿 来|信息|知识|得知|答案|数据',
        ],
        also: '我 有 几 份 个 手头 收录 掌握 使用 用 基于 根据 依据 回答 信息 知识 列 出来 告诉 里面 库 哪些 什么 多少 的 数据 来源 来 从 得来 你的 一共 共 包括 查',
      },
      currency: {
        rules: [
          '多新|最新|更新|时效|日期|哪年|什么时候|何时|截至|截止|新 信息|资料|数据|简报|更新|多新|什么时候|何时|版本|文件|哪年|时间|日期|最近|到|的',
        ],
        also: '信息 资料 数据 简报 文件 最后 一次 上次 最近 是 什么 什么时候 时候 时间 哪 一版 版 版本 哪天 多久 有 多 内容 哪个 到 日期 何时 更新 最新 你的 知识 哪年',
      },
      help: {
        rules: [
          '帮助|帮|帮忙|功能|说明|指南|用法',
          '什么|啥 能做|做|会|干|帮|问|功能|用',
          '怎么|如何 用|使用|问|提问|工作|操作|开始',
          '会|能|可以 翻译|表格|画图|图片|计算|上网|搜索|中文|英文|比较|写|画',
        ],
        also: '我 我们 能 会 做 什么 啥 事 事情 哪些 怎么 如何 用 使用 问 提问 问题 翻译 表格 图片 中文 英文 其他 别的 助手 机器人 工具 服务 需要 帮 可以 都 干 一些 功能 做些 系统 上网 用处 有什么',
      },
      identity: {
        rules: ['谁|名字|机器人|真人|人工智能|聊天机器人|人类|自我介绍|介绍自己|叫什么|ai|chatgpt|机器|开发', '介绍 自己|你自己'],
        also: '是 什么 人 叫 还是 真人 机器人 人工智能 ai 跟 和 说话 聊天 对话 我 在 吗 开发 做 自己 介绍 不是 是不是 谁 名字 机器 一个 程序',
      },
      about: {
        rules: ['讲什么|关于什么|什么内容|主题|话题|什么主题|讲的什么|讲的是什么|说什么|涉及|涵盖|干嘛|干什么|做什么用|是什么'],
        also: '主要 简报 文件 资料 内容 哪些 什么 方面 网站 页面 服务 东西 主题 话题 说 讲 关于 用 东西 用的',
      },
      smalltalk: {
        rules: ['你好吗|怎么样|最近好吗|吃了|笑话|天气|累|开心|无聊|睡觉|几岁|多大|爱|喜欢|心情|唱歌|诗'],
        also: '我 今天 最近 讲 说 个 一个 首 写 觉得 会 不会 如何 那边 好 总 同样 问题 回答 你 吃 饭 了吗 什么 颜色',
      },
      rude: {
        rules: ['没用|蠢|笨|傻|垃圾|废物|差劲|滚|烂|白痴|讨厌|什么都不懂|智障|傻瓜'],
        also: '太 真 真是 什么 你 一点 都 东西 完全 回答 也 机器人 笨蛋',
      },
      thanks: {
        rules: ['谢谢|多谢|感谢|谢了|谢|辛苦|有帮助|帮大忙'],
        also: '非常 十分 太 好 很 有用 您的 你的 帮助 帮忙 不错 明白 知道 我 了解 棒 多 清楚 解答 回答',
      },
      farewell: {
        rules: ['再见|拜拜|回头见|下次见|晚安|明天见|告辞|周末愉快|走了|先这样|祝'],
        also: '我 先 走 那 好 就 这样 下次 聊 周末 愉快 祝 一切 顺利 下线 今天 到这',
      },
      greeting: {
        rules: ['你好|您好|嗨|哈喽|早上好|下午好|晚上好|早安|大家好|早|在吗|喂|有人|中午好'],
        also: '好 早上 下午 晚上 有人 吗 在 朋友 各位 老师 啊',
      },
      acknowledgement: {
        rules: ['好的|好|行|嗯|明白|知道了|知道|了解|是的|对|不是|不|没事|不错|太好了|棒|有意思|哦|原来如此|收到|抱歉|没关系|可以'],
        also: '我 太 好了 的 嗯嗯 清楚 很 真 原来 这样 了 就是 没 问题 完全',
      },
      unclear: { rules: ['测试|什么|啥|为什么'], also: '只是 一个 问题 我 有' },
    },
  },
  ar: {
    filler:
      'ال و في من على الى عن مع هذا هذه هذي ذلك تلك هو هي هم انت انتم انتي لي لك لكم يا من فضلك لو سمحت رجاء هل ان او اي كل جدا ايضا الان هنا نعم مرحبا شكرا السلام عليكم ممكن يمكن يمكنك تستطيع بكم بك قد كان كانت ب ل',
    self: 'انا نحن لدي',
    kinds: {
      wrong: {
        rules: ['خطا|خاطئ|خاطئة|مخطئ|كذب', 'غير|ليس|ليست صحيح|صحيحة|دقيق|معقول|صحيحا'],
        also: 'اعتقد اظن لا هذا الجواب الاجابة الرقم يبدو انك',
      },
      sure: {
        rules: [
          'متاكد|متاكدة|واثق|حقا|فعلا|اكيد',
          'صحيح|دقيق هل|هذا',
          'تحقق|تاكد|راجع',
          'المصدر|المصادر|مصدر|دليل|مصدرك',
          'اين ورد|مذكور|مكتوب|يقول|وجدت',
        ],
        also: 'من ذلك هذا مرة اخرى ما هو هي الجواب المعلومة الرقم تماما انك انت',
      },
      shorter: {
        rules: ['اقصر|باختصار|اختصر|مختصر|مختصرة|ابسط|بايجاز|موجز', 'جملة واحدة', 'طويل جدا'],
        also: 'اجابة جواب بشكل اكثر في جملة واحدة الاجابة اجعلها قلها كلمات قليلة',
      },
      more: {
        rules: ['المزيد|مزيد|اكثر|تفاصيل|تفصيل|تابع|اكمل|اشرح|وضح|ماذا ايضا|استمر', 'ماذا ايضا|تقصد|يعني', 'لا افهم|افهم'],
        also: 'اخبرني اعطني عن ذلك هذا اريد معرفة لي بالتفصيل لا',
      },
      earlier: { rules: ['قبل|سابقا|قبلها|السابق|السابقة|قديما'], also: 'ماذا كان الطبعة الاصدار النسخة ذلك وكم كم' },
      later: { rules: ['والان|اليوم|حاليا'], also: 'ماذا كم و' },
      repeat: { rules: ['كرر|اعد|عفوا'], also: 'مرة اخرى الجواب قل الاجابة' },
      summary: {
        rules: [
          'لخص|ملخص|ملخصا|تلخيص|خلاصة|موجز|نبذة|لمحة',
          'اهم|ابرز|النقاط|الافكار|الرئيسية النقاط|الرئيسية|الافكار|ما|المعلومات|المحاور|جاء|ورد|النتائج',
        ],
        also: 'اريد اعطني قدم لي ما هي هو النقاط الرئيسية الوثيقة الوثائق الموجز الموجزات التقرير التقارير الاحاطة الاحاطات النص النصوص الطبعة الجديدة الجديد الاخيرة الاخير القديمة السابقة الاصدار قصير قصيرا سريع سريعا كامل جمل ثلاث خمس فيها فيه وثيقة المحتوى الملف مذكرة المذكرات المذكرة',
      },
      briefings: {
        rules: [
          'ما|اي|كم|اعرض|اذكر|قائمة|ماهي وثائق|الوثائق|وثيقة|مصادرك|المصادر|التقارير|تقرير|الملفات|النصوص|الاحاطات|الموجزات|المذكرات|مذكرات|مستندات|المستندات|مصادر',
          'من|على اين|ماذا معلوماتك|تستند|تعتمد|المعلومات|اجاباتك',
        ],
        also: 'ما هي لديك عندك المتاحة المتوفرة تستخدم تستخدمها تعتمد عليها تستند اليها عليه اين تعرف لي عدد الموجودة تاتي معلوماتك التي توجد',
      },
      currency: {
        rules: [
          'متى|حداثة|تاريخ|احدث|اخر|محدثة|حديثة تحديث|تحديثها|معلوماتك|المعلومات|البيانات|تاريخ|طبعة|اصدار|الوثائق|نسخة|محدثة|حديثة|صدرت|تحديث|التحديث|محدث',
        ],
        also: 'ما هو هي مدى تم كان معلوماتك المعلومات بياناتك البيانات الوثائق اخر احدث طبعة اصدار نسخة متى هل اي تاريخ مدي لديك التقارير تعود',
      },
      help: {
        rules: [
          'مساعدة|مساعدتي|ساعدني|تعليمات|المساعدة|ارشادات',
          'ماذا|بماذا|ما|كيف تستطيع|يمكنك|تفعل|تقدم|الذي|تساعدني|تعمل|استخدم|استخدمك|يعمل|اسال|تفيدني',
          'ماذا اسال|اسالك',
          'هل تترجم|الترجمة|جداول|ترسم|تكتب|تتحدث|تبحث|العربية',
        ],
        also: 'ماذا كيف ان تفعل فعله لي تقديم تقدمه الذي اسالك اسال سؤال اسئلة احتاج اريد هذه الخدمة الاداة المساعد الترجمة تترجم جداول العربية الانجليزية استخدام استخدم بالضبط اطرح',
      },
      identity: {
        rules: [
          'من انت|انتم|تكون',
          'انت|هل|اتحدث روبوت|انسان|بشر|الة|برنامج|حقيقي|شخص|ذكاء|chatgpt|بوت',
          'ما اسمك',
          'اسمك',
          'عرف|عرفني نفسك|بنفسك',
          'من صنعك|طورك|برمجك',
        ],
        also: 'ما روبوت انسان شخص حقيقي ام الة ذكاء اصطناعي اسمك نفسك مع اتحدث الى',
      },
      about: {
        rules: ['عن|ما|عم ماذا|موضوع|مواضيع|تتحدث|يتحدث|الموضوع|المواضيع|محتوى|تتناول', 'ما هذا'],
        also: 'ما هو هي هذا هذه الوثائق التقارير الموقع الخدمة الصفحة تتحدث يدور كل تغطي تغطيها التي ماذا موضوع المواضيع الموجزات تتناولها',
      },
      smalltalk: {
        rules: ['كيف حالك|الحال|حالكم', 'نكتة|الطقس|قصيدة', 'هل|كم|انت تتعب|متعب|سعيد|تنام|عمرك|جائع|احبك|تحب'],
        also: 'كيف حالك اليوم قل لي احك عندكم ما انت بخير من نفس الاسئلة',
      },
      rude: { rules: ['غبي|احمق|سيئ|سيء|فاشل|تافه|اكرهك|عديم'], also: 'انت الفائدة جدا تماما لا تفيد هذا عديم' },
      thanks: {
        rules: ['شكرا|اشكرك|متشكر|ممتن|مشكور|تسلم|شكر'],
        also: 'جزيلا لك لكم على مساعدتك المساعدة كثيرا رائع ممتاز جميل المعلومة الف هذا مفيد جدا',
      },
      farewell: {
        rules: ['وداعا|باي', 'مع|الى السلامة|اللقاء', 'تصبح خير', 'يوما|يومك|نهارك سعيدا|سعيد'],
        also: 'مع السلامة الى اللقاء تصبح على خير يوما سعيدا سعيد اراك لاحقا نهاية اسبوع لك اتمنى',
      },
      greeting: {
        rules: ['مرحبا|اهلا|هلا|هاي|السلام|سلام|مرحبتين', 'صباح|مساء خير|نور'],
        also: 'اهلا وسهلا بكم بك السلام عليكم ورحمة الله وبركاته صباح مساء خير نور جميعا هل احد هنا',
      },
      acknowledgement: {
        rules: ['حسنا|طيب|تمام|نعم|لا|اوكي|مفهوم|فهمت|جيد|رائع|ممتاز|اه|عظيم|صحيح|اسف|ok'],
        also: 'جدا هذا شكرا لقد فهمت لا باس مشكلة مهم',
      },
      unclear: { rules: ['تجربة|اختبار|ماذا|لماذا'], also: 'لدي سؤال هذا' },
    },
  },
};

/** Words that ask for the edition before. Folded. */
export const OLDER: readonly string[] =
  'old older oldest previous former earlier alte alten altere alteren vorige vorigen fruhere fruheren ancienne ancien precedente precedent vieja viejo antigua antiguo anterior 旧 上一版 القديمة السابقة'.split(
    ' ',
  );
