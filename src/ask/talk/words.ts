/** What the service says of itself, in the languages of the interface. `{…}` is filled in by talk.ts. */
export interface TalkWords {
  /** Around a title. */
  quotes: readonly [open: string, close: string];
  /** One title with its editions, within a sentence. */
  titled: string;
  /** Several titles, within a sentence; `many` when there are more than are named. */
  many: string;
  /** For an index without briefings. */
  none: string;
  greeting: string;
  thanks: string;
  farewell: string;
  acknowledgement: string;
  /** `{name}` is the service's, `{how}` one of the two below. */
  identity: string;
  quotes_only: string;
  with_model: string;
  help: string;
  briefings: string;
  more: string;
  currency: string;
  undated: string;
  about: string;
  smalltalk: string;
  wellbeing: string;
  joke: string;
  praise: string;
  /** To what nothing but the briefings could be asked of. */
  outside: string;
  feeling: string;
  distress: string;
  /** `{own}` names the languages of the briefings; one of the two below follows. */
  languages: string;
  languages_quotes: string;
  languages_model: string;
  /** `no_translation` follows where nothing is translated. */
  limits: string;
  privacy_none: string;
  privacy_days: string;
  privacy_model: string;
  privacy_memory: string;
  /** Around `quotes_only` or `with_model`. */
  trust: string;
  contact: string;
  no_contact: string;
  rude: string;
  unclear: string;
  nothing_before: string;
  /** Above the main points. */
  summary: string;
  summary_many: string;
  /** Above what the sections say that a message names. */
  summary_part: string;
  summary_editions: string;
  no_summary: string;
  looked_again: string;
  confirmed: string;
  corrected: string;
  not_answered: string;
  not_said: string;
  /** After a sentence that asserts nothing, where passages follow. */
  below: string;
  /** Above paragraphs that hold the figures and names of what was said. */
  compare: string;
  not_comparable: string;
  /** Above passages of another edition. */
  there: string;
  /** Above passages like the one that was named, for words in another language than theirs. */
  others: string;
  shortest: string;
  further: string;
  nothing_further: string;
  no_translation: string;
  no_earlier: string;
  /** Between a title and its editions, and after the last edition named: "editions". */
  editions: string;
  could_ask: string;
}

const en: TalkWords = {
  quotes: ['“', '”'],
  titled: '{title} (edition: {editions})',
  many: '{count} briefings, among them {titles}',
  none: 'briefings, of which there are none yet',
  greeting:
    'Hello! I answer questions about {about}, and name for every sentence the paragraph it comes from. What would you like to know?',
  thanks: 'You are welcome. If there is anything else, just ask.',
  farewell: 'Thank you, and the same to you. Come back whenever you like!',
  acknowledgement: 'All right. What else would you like to know?',
  identity: 'I am {name}: not a person but a program that answers questions from {about}, and from nothing else. {how}',
  quotes_only: 'My answers are quotations; where the briefings are silent I say so.',
  with_model:
    'A language model writes my sentences, and each is checked against the paragraph it names before you see it; where the briefings are silent I say so.',
  help: 'Ask in ordinary words about {about}. You get sentences with the paragraph they come from, a plain no where the briefings are silent, what changed from one edition to the next, and the main points of a briefing. Name an edition if you want another than the newest. I know nothing beyond the briefings, draw no conclusions and make no tables or pictures.',
  briefings: 'I answer from {count, briefings} and from nothing else. The newest edition speaks unless you ask for another:',
  more: 'and {count} more',
  currency: 'The newest edition I have is {newest}. What came after it I do not know. All of them:',
  undated: 'undated',
  about: 'This is about {about}. The sections:',
  smalltalk: 'I am a program, so there is little to tell of myself; I am at my best with {about}. What would you like to know?',
  wellbeing: 'Hello, and thank you: I am a program, and all is well here. I answer questions about {about}; what would you like to know?',
  joke: 'Jokes, songs and games are not my trade: all I know is {about}. What would you like to know from there?',
  praise: 'Thank you, that is kind. What would you like to know about {about}?',
  outside: 'That is beyond me: I have no internet, no clock and no news, and know only {about}. What would you like to know from there?',
  feeling: 'Thank you for telling me, though I am only a program. If I can help with {about}, just ask.',
  distress:
    'I am sorry that you feel like this. I am only a program and no help with it, but people are: please talk to somebody you trust, or call a crisis line or the emergency number of your country. If you are in danger, do it now.',
  languages: 'You may write to me in English, German, French, Spanish, Chinese or Arabic. The briefings are in {own}.',
  languages_quotes:
    'Without a language model I quote them as they are; asked in another language, I find only names, figures and words that both languages have.',
  languages_model: 'A language model answers in the language of the question.',
  limits:
    'I find and quote what stands in {about}, show what changed between editions and list main points. I take no files, search no internet, calculate and draw nothing, write no letters and do nothing on your behalf. New briefings are added by whoever runs this service.',
  privacy_none: 'Questions are not logged: this service keeps none after they are answered.',
  privacy_days:
    'Questions are kept for at most {days}, with what came of them and a name for the asker that changes daily, so that whoever looks after the briefings sees what is missing.',
  privacy_model: 'To write an answer, the question is sent to a language model that the operator has chosen.',
  privacy_memory:
    'I remember nothing from one conversation to the next; your browser may keep a history of its own, which you can delete. What else is recorded, whoever runs this service can tell; please write nothing secret here.',
  trust:
    'Every sentence names the paragraph it comes from: open it and compare. {how} Whether a briefing is right itself I cannot tell; where it matters, read the original.',
  contact: 'I am a program, and nobody reads along. Whoever looks after this service can be reached here: {contact}',
  no_contact:
    'I am a program, and nobody reads along. No contact is named for this service; please turn to whoever gave you its address. For an office named in the briefings, ask me for its telephone number or e-mail address.',
  rude: 'I am sorry that this did not help. I know only what stands in {about}; shall we try another question?',
  unclear: 'What would you like to know? I answer questions about {about}.',
  nothing_before: 'Nothing has been asked so far. Put your question in a whole sentence, please.',
  summary: 'From {title}, {edition}, in its own words: how it begins, and the first sentence of {shown} of its {sections} sections.',
  summary_part: 'From {title}, {edition}, what its sections on this begin with, in its own words:',
  summary_many: 'How {title} begin, in their own words ({edition}):',
  summary_editions: 'From {title}, every edition for itself, in its own words:',
  no_summary: 'There is nothing I could sum up in it.',
  looked_again:
    'I have looked again. It says so, word for word, here: {places}. The whole paragraphs are below; whether they are right themselves I cannot tell.',
  confirmed: 'I have looked again, and so it says:',
  corrected: 'I have looked again, and I am sorry: what was said before does not stand there. This does:',
  not_answered: 'I have looked again: the briefings do not clearly answer “{question}”, so I assert nothing.',
  not_said: 'The briefings do not say that of it.',
  below: 'What comes closest is below.',
  compare: 'I could not find your question again, but the figures and names of what was said stand in what is below. Please compare.',
  not_comparable:
    'The briefings are in another language than your question, and without a language model only names and figures can be compared: I can neither confirm nor take back what was said.',
  there: 'Of {edition}, this comes closest:',
  others:
    'I cannot tell from your words which one is meant, since the briefings are in another language. These are most like the one named before:',
  shortest: 'I only quote, and it is one sentence already. Its source is above.',
  further: 'What else stands nearest to it is below.',
  nothing_further: 'I have found nothing more on it. Ask about something particular, perhaps.',
  no_translation: 'I cannot translate: without a language model I only quote, in the language of the briefings.',
  no_earlier: 'There is no earlier edition of it.',
  editions: 'editions: {dates}',
  could_ask: 'You could ask:',
};

const de: TalkWords = {
  quotes: ['„', '“'],
  titled: '{title} (Ausgabe: {editions})',
  many: '{count} Briefings, darunter {titles}',
  none: 'Briefings, von denen es noch keine gibt',
  greeting: 'Guten Tag! Ich beantworte Fragen zu {about} und nenne zu jedem Satz den Absatz, aus dem er stammt. Was möchten Sie wissen?',
  thanks: 'Gern geschehen. Wenn Sie noch etwas wissen möchten, fragen Sie einfach.',
  farewell: 'Danke, Ihnen auch. Kommen Sie jederzeit wieder!',
  acknowledgement: 'In Ordnung. Was möchten Sie noch wissen?',
  identity: 'Ich bin {name}: kein Mensch, sondern ein Programm, das Fragen aus {about} beantwortet und aus nichts anderem. {how}',
  quotes_only: 'Meine Antworten sind Zitate; wo die Briefings schweigen, sage ich das.',
  with_model:
    'Ein Sprachmodell schreibt meine Sätze, und jeder wird mit dem genannten Absatz verglichen, bevor Sie ihn sehen; wo die Briefings schweigen, sage ich das.',
  help: 'Fragen Sie in gewöhnlichen Worten nach {about}. Sie bekommen Sätze mit dem Absatz, aus dem sie stammen, ein klares Nein, wo die Briefings schweigen, was sich von einer Ausgabe zur nächsten geändert hat und die Hauptpunkte eines Briefings. Nennen Sie eine Ausgabe, wenn es nicht die neueste sein soll. Ich weiß nichts außer dem, was in den Briefings steht, ziehe keine Schlüsse und mache keine Tabellen oder Bilder.',
  briefings: 'Ich antworte aus {count, briefings} und aus nichts anderem. Die neueste Ausgabe spricht, wenn Sie keine andere nennen:',
  more: 'und {count} weitere',
  currency: 'Meine neueste Ausgabe ist {newest}. Was danach kam, weiß ich nicht. Alle:',
  undated: 'undatiert',
  about: 'Es geht um {about}. Die Abschnitte:',
  smalltalk: 'Ich bin ein Programm und habe von mir wenig zu erzählen; am besten kenne ich {about}. Was möchten Sie wissen?',
  wellbeing:
    'Guten Tag, und danke der Nachfrage: Ich bin ein Programm, und hier ist alles in Ordnung. Ich beantworte Fragen zu {about}; was möchten Sie wissen?',
  joke: 'Witze, Lieder und Spiele sind nicht mein Fach: Ich kenne nur {about}. Was möchten Sie daraus wissen?',
  praise: 'Danke, das ist freundlich. Was möchten Sie über {about} wissen?',
  outside:
    'Da muss ich passen: Ich habe kein Internet, keine Uhr und keine Nachrichten und kenne nur {about}. Was möchten Sie daraus wissen?',
  feeling: 'Danke, dass Sie mir das sagen; ich bin allerdings nur ein Programm. Wenn ich mit {about} helfen kann, fragen Sie einfach.',
  distress:
    'Es tut mir leid, dass es Ihnen so geht. Ich bin nur ein Programm und kann dabei nicht helfen, Menschen aber schon: Bitte sprechen Sie mit jemandem, dem Sie vertrauen, oder rufen Sie ein Krisentelefon oder den Notruf Ihres Landes an. Wenn Sie in Gefahr sind, tun Sie es jetzt.',
  languages:
    'Sie können mir auf Deutsch, Englisch, Französisch, Spanisch, Chinesisch oder Arabisch schreiben. Sprache der Briefings: {own}.',
  languages_quotes:
    'Ohne Sprachmodell zitiere ich sie, wie sie sind; in einer anderen Sprache gefragt, finde ich nur Namen, Zahlen und Wörter, die beide Sprachen haben.',
  languages_model: 'Ein Sprachmodell antwortet in der Sprache der Frage.',
  limits:
    'Ich finde und zitiere, was in {about} steht, zeige, was sich von einer Ausgabe zur nächsten geändert hat, und nenne die Hauptpunkte. Dateien nehme ich nicht an, im Internet suche ich nicht, ich rechne und zeichne nicht, schreibe keine Briefe und erledige nichts für Sie. Neue Briefings nimmt auf, wer diesen Dienst betreibt.',
  privacy_none: 'Fragen werden nicht protokolliert: Dieser Dienst behält keine, nachdem sie beantwortet sind.',
  privacy_days:
    'Fragen werden höchstens {days} aufbewahrt, mit dem, was herauskam, und einem Namen für den Fragenden, der täglich wechselt, damit, wer die Briefings pflegt, sieht, was fehlt.',
  privacy_model: 'Um eine Antwort zu schreiben, wird die Frage an ein Sprachmodell geschickt, das der Betreiber gewählt hat.',
  privacy_memory:
    'Von einem Gespräch zum nächsten merke ich mir nichts; Ihr Browser kann einen eigenen Verlauf behalten, den Sie löschen können. Was sonst aufgezeichnet wird, weiß, wer diesen Dienst betreibt; schreiben Sie bitte nichts Geheimes hierher.',
  trust:
    'Jeder Satz nennt den Absatz, aus dem er stammt: Öffnen Sie ihn und vergleichen Sie. {how} Ob ein Briefing selbst recht hat, kann ich nicht sagen; wo es darauf ankommt, lesen Sie das Original.',
  contact: 'Ich bin ein Programm, und niemand liest mit. Wer diesen Dienst betreut, ist hier zu erreichen: {contact}',
  no_contact:
    'Ich bin ein Programm, und niemand liest mit. Für diesen Dienst ist kein Kontakt angegeben; wenden Sie sich bitte an die Stelle, von der Sie seine Adresse haben. Suchen Sie eine Stelle aus den Briefings, fragen Sie mich nach ihrer Telefonnummer oder E-Mail-Adresse.',
  rude: 'Es tut mir leid, dass das nicht geholfen hat. Ich weiß nur, was in {about} steht; versuchen wir es mit einer anderen Frage?',
  unclear: 'Was möchten Sie wissen? Ich beantworte Fragen zu {about}.',
  nothing_before: 'Bisher wurde nichts gefragt. Bitte stellen Sie Ihre Frage in einem ganzen Satz.',
  summary: '{title}, {edition}, im Wortlaut: der Anfang und der erste Satz aus {shown} von {sections} Abschnitten.',
  summary_part: '{title}, {edition}: womit die Abschnitte dazu beginnen, im Wortlaut.',
  summary_many: 'So beginnen {title} im Wortlaut ({edition}):',
  summary_editions: 'Aus {title}, jede Ausgabe für sich, im Wortlaut:',
  no_summary: 'Darin ist nichts, was ich zusammenfassen könnte.',
  looked_again:
    'Ich habe noch einmal nachgesehen. Es steht Wort für Wort hier: {places}. Die ganzen Absätze stehen unten; ob sie selbst recht haben, kann ich nicht sagen.',
  confirmed: 'Ich habe noch einmal nachgesehen, und so steht es da:',
  corrected: 'Ich habe noch einmal nachgesehen, Entschuldigung: Was vorher gesagt wurde, steht dort nicht. Dort steht:',
  not_answered: 'Ich habe noch einmal nachgesehen: Die Briefings beantworten „{question}“ nicht eindeutig, also behaupte ich nichts.',
  not_said: 'Das sagen die Briefings darüber nicht.',
  below: 'Was dem am nächsten kommt, steht unten.',
  compare:
    'Ihre Frage habe ich nicht wiedergefunden, aber die Zahlen und Namen der Antwort stehen in dem, was unten steht. Bitte vergleichen Sie.',
  not_comparable:
    'Die Briefings sind in einer anderen Sprache als Ihre Frage, und ohne Sprachmodell lassen sich nur Namen und Zahlen vergleichen: Was gesagt wurde, kann ich weder bestätigen noch zurücknehmen.',
  there: 'Aus der Ausgabe, um die es geht ({edition}), kommt dies am nächsten:',
  others:
    'Aus Ihren Worten kann ich nicht erkennen, welches gemeint ist, da die Briefings in einer anderen Sprache sind. Diese Stellen sind der vorigen am ähnlichsten:',
  shortest: 'Ich zitiere nur, und es ist schon ein einziger Satz. Seine Quelle steht oben.',
  further: 'Was dem sonst am nächsten steht, finden Sie unten.',
  nothing_further: 'Mehr habe ich dazu nicht gefunden. Fragen Sie vielleicht nach etwas Bestimmtem.',
  no_translation: 'Übersetzen kann ich nicht: Ohne Sprachmodell zitiere ich nur, in der Sprache der Briefings.',
  no_earlier: 'Davon gibt es keine frühere Ausgabe.',
  editions: 'Ausgaben: {dates}',
  could_ask: 'Sie könnten fragen:',
};

const fr: TalkWords = {
  quotes: ['« ', ' »'],
  titled: '{title} (édition : {editions})',
  many: '{count} notes, dont {titles}',
  none: 'des notes d’information, dont il n’y a encore aucune',
  greeting:
    'Bonjour ! Je réponds aux questions sur {about}, et j’indique pour chaque phrase le paragraphe d’où elle vient. Que voulez-vous savoir ?',
  thanks: 'Je vous en prie. N’hésitez pas si vous avez une autre question.',
  farewell: 'Merci, à vous aussi. Au revoir, et revenez quand vous voulez !',
  acknowledgement: 'Très bien. Que voulez-vous savoir d’autre ?',
  identity: 'Je suis {name} : non pas une personne, mais un programme qui répond à partir de {about}, et de rien d’autre. {how}',
  quotes_only: 'Mes réponses sont des citations ; quand les notes se taisent, je le dis.',
  with_model:
    'Un modèle de langage écrit mes phrases, et chacune est comparée au paragraphe indiqué avant que vous ne la voyiez ; quand les notes se taisent, je le dis.',
  help: 'Posez votre question en mots ordinaires sur {about}. Vous recevez des phrases avec le paragraphe d’où elles viennent, un « non » clair quand les notes se taisent, ce qui a changé d’une édition à l’autre, et les points principaux d’une note. Nommez une édition si ce ne doit pas être la plus récente. Je ne sais rien au-delà des notes, ne tire pas de conclusions et ne fais ni tableaux ni images.',
  briefings: 'Mes sources : {count, briefings}, et rien d’autre. L’édition la plus récente parle, sauf si vous en nommez une autre :',
  more: 'et {count} autres',
  currency: 'L’édition la plus récente dont je dispose est {newest}. Ce qui est venu après, je ne le sais pas. Toutes :',
  undated: 'sans date',
  about: 'Il s’agit de {about}. Les parties :',
  smalltalk: 'Je suis un programme et n’ai pas grand-chose à raconter sur moi ; je suis plus utile sur {about}. Que voulez-vous savoir ?',
  wellbeing:
    'Bonjour, et merci : je suis un programme, et tout va bien ici. Je réponds aux questions sur {about} ; que voulez-vous savoir ?',
  joke: 'Les blagues, les chansons et les jeux ne sont pas mon métier : je ne connais que {about}. Que voulez-vous en savoir ?',
  praise: 'Merci, c’est gentil. Que voulez-vous savoir sur {about} ?',
  outside: 'Cela me dépasse : je n’ai ni internet, ni horloge, ni actualités, et je ne connais que {about}. Que voulez-vous en savoir ?',
  feeling: 'Merci de me le dire, même si je ne suis qu’un programme. Si je peux aider avec {about}, demandez.',
  distress:
    'Je suis désolé que vous vous sentiez ainsi. Je ne suis qu’un programme et ne peux pas vous y aider, mais des personnes le peuvent : parlez à quelqu’un de confiance, ou appelez une ligne d’écoute ou le numéro d’urgence de votre pays. Si vous êtes en danger, faites-le maintenant.',
  languages: 'Vous pouvez m’écrire en français, anglais, allemand, espagnol, chinois ou arabe. Langue des notes : {own}.',
  languages_quotes:
    'Sans modèle de langage, je les cite telles quelles ; interrogé dans une autre langue, je ne trouve que les noms, les chiffres et les mots communs aux deux langues.',
  languages_model: 'Un modèle de langage répond dans la langue de la question.',
  limits:
    'Je trouve et je cite ce qui figure dans {about}, je montre ce qui a changé d’une édition à l’autre et je donne les points principaux. Je ne prends pas de fichiers, ne cherche pas sur internet, ne calcule et ne dessine pas, n’écris pas de lettres et ne fais rien à votre place. Les nouvelles notes sont ajoutées par qui gère ce service.',
  privacy_none: 'Les questions ne sont pas enregistrées : ce service n’en garde aucune une fois qu’il y a répondu.',
  privacy_days:
    'Les questions sont conservées {days} au plus, avec leur issue et un nom de l’auteur qui change chaque jour, pour que la personne chargée des notes voie ce qui manque.',
  privacy_model: 'Pour écrire une réponse, la question est envoyée à un modèle de langage choisi par l’exploitant.',
  privacy_memory:
    'D’une conversation à l’autre je ne retiens rien ; votre navigateur peut garder son propre historique, que vous pouvez effacer. Ce qui est enregistré par ailleurs, l’exploitant de ce service peut le dire ; n’écrivez ici rien de secret.',
  trust:
    'Chaque phrase nomme le paragraphe d’où elle vient : ouvrez-le et comparez. {how} Si une note est exacte elle-même, je ne peux le dire ; lorsque c’est important, lisez l’original.',
  contact: 'Je suis un programme, et personne ne lit cette conversation. Pour joindre qui s’occupe de ce service : {contact}',
  no_contact:
    'Je suis un programme, et personne ne lit cette conversation. Aucun contact n’est indiqué pour ce service ; adressez-vous à qui vous en a donné l’adresse. Pour un bureau nommé dans les notes, demandez-moi son téléphone ou son adresse électronique.',
  rude: 'Je regrette que cela ne vous ait pas aidé. Je ne sais que ce qui figure dans {about} ; essayons une autre question ?',
  unclear: 'Que voulez-vous savoir ? Je réponds aux questions sur {about}.',
  nothing_before: 'Rien n’a encore été demandé. Posez votre question en une phrase entière, s’il vous plaît.',
  summary: 'De {title}, {edition}, mot pour mot : le début, et la première phrase de {shown} parties sur {sections}.',
  summary_part: 'De {title}, {edition}, le début des sections qui en parlent, dans ses propres mots :',
  summary_many: 'Le début de {title}, mot pour mot ({edition}) :',
  summary_editions: 'De {title}, chaque édition séparément, mot pour mot :',
  no_summary: 'Il n’y a rien que je puisse y résumer.',
  looked_again:
    'J’ai vérifié. C’est écrit, mot pour mot, ici : {places}. Les paragraphes entiers figurent ci-dessous ; s’ils sont exacts eux-mêmes, je ne peux le dire.',
  confirmed: 'J’ai vérifié, et c’est bien ce qui est écrit :',
  corrected: 'J’ai vérifié, et je vous prie de m’excuser : ce qui a été dit avant n’y figure pas. Voici ce qui y figure :',
  not_answered: 'J’ai vérifié : les notes ne répondent pas clairement à « {question} », je n’affirme donc rien.',
  not_said: 'Les notes ne le disent pas.',
  below: 'Ce qui s’en approche le plus figure ci-dessous.',
  compare:
    'Je n’ai pas retrouvé votre question, mais les chiffres et les noms de la réponse figurent ci-dessous. Comparez, s’il vous plaît.',
  not_comparable:
    'Les notes sont dans une autre langue que votre question, et sans modèle de langage seuls les noms et les chiffres peuvent être comparés : je ne peux ni confirmer ni retirer ce qui a été dit.',
  there: 'De {edition}, voici ce qui s’en approche le plus :',
  others:
    'Vos mots ne me permettent pas de savoir lequel est visé, car les notes d’information sont dans une autre langue. Voici les passages les plus proches du précédent :',
  shortest: 'Je ne fais que citer, et ce n’est déjà qu’une phrase. Sa source est ci-dessus.',
  further: 'Ce qui s’en approche encore figure ci-dessous.',
  nothing_further: 'Je n’ai rien trouvé de plus à ce sujet. Demandez peut-être quelque chose de précis.',
  no_translation: 'Je ne peux pas traduire : sans modèle de langage je ne fais que citer, dans la langue des notes.',
  no_earlier: 'Il n’y en a pas d’édition antérieure.',
  editions: 'éditions : {dates}',
  could_ask: 'Vous pourriez demander :',
};

const es: TalkWords = {
  quotes: ['«', '»'],
  titled: '{title} (edición: {editions})',
  many: '{count} informes, entre ellos {titles}',
  none: 'informes, de los que aún no hay ninguno',
  greeting: '¡Hola! Respondo preguntas sobre {about} e indico para cada frase el párrafo del que procede. ¿Qué desea saber?',
  thanks: 'De nada. Si hay algo más, pregunte.',
  farewell: '¡Gracias, igualmente! Hasta luego, y vuelva cuando quiera.',
  acknowledgement: 'De acuerdo. ¿Qué más desea saber?',
  identity: 'Soy {name}: no una persona, sino un programa que responde a partir de {about} y de nada más. {how}',
  quotes_only: 'Mis respuestas son citas; donde los informes callan, lo digo.',
  with_model:
    'Un modelo de lenguaje escribe mis frases, y cada una se compara con el párrafo indicado antes de que usted la vea; donde los informes callan, lo digo.',
  help: 'Pregunte con palabras corrientes sobre {about}. Recibe frases con el párrafo del que proceden, un «no» claro donde los informes callan, lo que cambió de una edición a otra y los puntos principales de un informe. Nombre una edición si no ha de ser la más reciente. No sé nada fuera de los informes, no saco conclusiones y no hago tablas ni imágenes.',
  briefings: 'Respondo a partir de {count, briefings} y de nada más. Habla la edición más reciente, salvo que nombre otra:',
  more: 'y {count} más',
  currency: 'La edición más reciente que tengo es {newest}. Lo que vino después no lo sé. Todas:',
  undated: 'sin fecha',
  about: 'Trata de {about}. Las secciones:',
  smalltalk: 'Soy un programa y tengo poco que contar de mí; donde mejor ayudo es con {about}. ¿Qué desea saber?',
  wellbeing: 'Hola, y gracias: soy un programa y aquí todo va bien. Respondo preguntas sobre {about}; ¿qué desea saber?',
  joke: 'Los chistes, las canciones y los juegos no son lo mío: solo conozco {about}. ¿Qué desea saber de ello?',
  praise: 'Gracias, es muy amable. ¿Qué desea saber sobre {about}?',
  outside: 'Eso se me escapa: no tengo internet, ni reloj, ni noticias, y solo conozco {about}. ¿Qué desea saber de ello?',
  feeling: 'Gracias por contármelo, aunque solo soy un programa. Si puedo ayudar con {about}, pregunte.',
  distress:
    'Siento que se encuentre así. Solo soy un programa y no puedo ayudar con ello, pero hay personas que sí: hable con alguien de confianza o llame a una línea de ayuda o al número de emergencias de su país. Si está en peligro, hágalo ahora.',
  languages: 'Puede escribirme en español, inglés, alemán, francés, chino o árabe. Idioma de los informes: {own}.',
  languages_quotes:
    'Sin modelo de lenguaje los cito tal como están; si se me pregunta en otro idioma, solo encuentro nombres, cifras y palabras comunes a ambos.',
  languages_model: 'Un modelo de lenguaje responde en el idioma de la pregunta.',
  limits:
    'Encuentro y cito lo que está en {about}, muestro lo que cambió de una edición a otra y doy los puntos principales. No recibo archivos, no busco en internet, no calculo ni dibujo, no escribo cartas ni hago gestiones por usted. Los informes nuevos los añade quien lleva este servicio.',
  privacy_none: 'Las preguntas no se registran: este servicio no guarda ninguna una vez respondida.',
  privacy_days:
    'Las preguntas se guardan como máximo {days}, con su resultado y un nombre de quien pregunta que cambia cada día, para que quien cuida los informes vea lo que falta.',
  privacy_model: 'Para escribir una respuesta, la pregunta se envía a un modelo de lenguaje que ha elegido quien lleva el servicio.',
  privacy_memory:
    'De una conversación a otra no recuerdo nada; su navegador puede guardar un historial propio, que usted puede borrar. Qué más se registra lo sabe quien lleva este servicio; no escriba aquí nada secreto.',
  trust:
    'Cada frase nombra el párrafo del que procede: ábralo y compare. {how} Si un informe es exacto él mismo no puedo decirlo; cuando importe, lea el original.',
  contact: 'Soy un programa y nadie lee esta conversación. A quien cuida este servicio se le encuentra aquí: {contact}',
  no_contact:
    'Soy un programa y nadie lee esta conversación. No se indica ningún contacto de este servicio; diríjase a quien le dio su dirección. Si busca una oficina nombrada en los informes, pregúnteme por su teléfono o su correo.',
  rude: 'Siento que eso no haya servido. Solo sé lo que está en {about}; ¿probamos con otra pregunta?',
  unclear: '¿Qué desea saber? Respondo preguntas sobre {about}.',
  nothing_before: 'Todavía no se ha preguntado nada. Haga su pregunta con una frase completa, por favor.',
  summary: 'De {title}, {edition}, palabra por palabra: el comienzo y la primera frase de {shown} de sus {sections} secciones.',
  summary_part: 'De {title}, {edition}, cómo empiezan las secciones que lo tratan, palabra por palabra:',
  summary_many: 'Así comienzan {title}, palabra por palabra ({edition}):',
  summary_editions: 'De {title}, cada edición por separado, palabra por palabra:',
  no_summary: 'No hay en él nada que pueda resumir.',
  looked_again:
    'Lo he comprobado. Está escrito, palabra por palabra, aquí: {places}. Los párrafos enteros están abajo; si ellos mismos son exactos no puedo decirlo.',
  confirmed: 'Lo he comprobado, y así figura:',
  corrected: 'Lo he comprobado, y pido disculpas: lo que se dijo antes no figura allí. Figura esto:',
  not_answered: 'Lo he comprobado: los informes no responden con claridad a «{question}», así que no afirmo nada.',
  not_said: 'Los informes no lo dicen.',
  below: 'Lo más cercano está abajo.',
  compare: 'No he vuelto a encontrar su pregunta, pero las cifras y los nombres de la respuesta figuran abajo. Compare, por favor.',
  not_comparable:
    'Los informes están en otro idioma que su pregunta, y sin modelo de lenguaje solo se pueden comparar nombres y cifras: no puedo confirmar ni retirar lo que se dijo.',
  there: 'De {edition}, lo más cercano es esto:',
  others:
    'Por sus palabras no puedo saber cuál es, porque los informes están en otro idioma. Estos pasajes son los más parecidos al anterior:',
  shortest: 'Solo cito, y ya es una sola frase. Su fuente está arriba.',
  further: 'Lo demás que se le acerca está abajo.',
  nothing_further: 'No he encontrado nada más sobre ello. Pregunte quizá por algo concreto.',
  no_translation: 'No puedo traducir: sin modelo de lenguaje solo cito, en el idioma de los informes.',
  no_earlier: 'No hay una edición anterior.',
  editions: 'ediciones: {dates}',
  could_ask: 'Podría preguntar:',
};

const zh: TalkWords = {
  quotes: ['《', '》'],
  titled: '{title}（版本：{editions}）',
  many: '{count} 份简报，其中有{titles}',
  none: '简报（目前还没有）',
  greeting: '您好！我回答有关{about}的问题，并为每句话注明出处段落。您想了解什么？',
  thanks: '不客气。如果还有别的问题，请随时提问。',
  farewell: '谢谢，也祝您愉快。再见，欢迎随时再来！',
  acknowledgement: '好的。您还想了解什么？',
  identity: '我是 {name}：不是真人，而是一个程序，只根据{about}回答问题。{how}',
  quotes_only: '我的回答都是原文引用；简报没有提到的，我会直说。',
  with_model: '句子由语言模型撰写，每一句在您看到之前都与所注段落核对过；简报没有提到的，我会直说。',
  help: '请用平常的话提问，内容限于{about}。您会得到带出处段落的句子；简报没有提到时会直说；也可以问各版本之间有何变化，或要一份简报的要点。如果不要最新版，请说明是哪一版。简报以外的事我不知道，不作推论，也不做翻译、表格或图片。',
  briefings: '我只根据 {count, briefings}回答。除非您指定别的版本，否则以最新版为准：',
  more: '另有 {count} 份',
  currency: '我手头最新的版本是{newest}。此后的情况我不知道。全部版本：',
  undated: '未注明日期',
  about: '内容是{about}。各部分：',
  smalltalk: '我是一个程序，没有什么可讲自己的；我最了解的是{about}。您想了解什么？',
  wellbeing: '您好，谢谢关心：我是一个程序，一切都好。我回答有关{about}的问题，您想了解什么？',
  joke: '讲笑话、唱歌和玩游戏我都不在行：我只了解{about}。您想从中了解什么？',
  praise: '谢谢夸奖。关于{about}，您想了解什么？',
  outside: '这个我帮不上：我没有网络、时钟和新闻，只了解{about}。您想从中了解什么？',
  feeling: '谢谢您告诉我，不过我只是一个程序。如果想了解{about}，请随时提问。',
  distress:
    '听到您这样说，我很难过。我只是一个程序，帮不上这个忙，但有人可以：请与您信任的人谈谈，或拨打所在国家的心理援助热线或急救电话。如果您正处于危险之中，请现在就打。',
  languages: '您可以用中文、英文、德文、法文、西班牙文或阿拉伯文写给我。简报的语言是{own}。',
  languages_quotes: '没有语言模型时，我按原文引用；用另一种语言提问时，我只能找到名称、数字以及两种语言共有的词语。',
  languages_model: '语言模型会用提问的语言回答。',
  limits:
    '我能查找并引用{about}里的内容，说明各版本之间的变化，并列出要点。我不接收文件，不上网搜索，不计算、不画图、不代写，也不代办事情。新的简报由运营本服务的人添加。',
  privacy_none: '提问不会被记录：本服务在回答之后不保留任何问题。',
  privacy_days: '提问最多保留 {days}，同时保留结果和一个每天更换的提问者代号，以便维护简报的人了解还缺什么。',
  privacy_model: '为了撰写回答，问题会发送给运营者选定的语言模型。',
  privacy_memory:
    '我不会把一次对话的内容带到下一次；您的浏览器可能保留自己的历史记录，您可以删除。其他记录情况请询问运营本服务的人；请不要在这里写机密内容。',
  trust: '每句话都注明出处段落：请打开对照。{how}简报本身是否正确，我无法判断；重要的事请阅读原文。',
  contact: '我是一个程序，没有人在旁边看。负责本服务的人可以在这里联系到：{contact}',
  no_contact:
    '我是一个程序，没有人在旁边看。本服务没有注明联系方式；请联系告诉您这个地址的人。如果要找简报里提到的机构，可以问我它的电话或邮箱。',
  rude: '很抱歉没有帮上忙。我只知道{about}里写的内容；换个问题试试好吗？',
  unclear: '您想了解什么？我可以回答有关{about}的问题。',
  nothing_before: '目前还没有问过问题。请用一句完整的话提问。',
  summary: '{title}（{edition}）原文：开头，以及 {sections} 个部分中 {shown} 个部分的第一句。',
  summary_part: '{title}（{edition}）中有关部分的开头原文：',
  summary_many: '{title}的开头原文（{edition}）：',
  summary_editions: '{title}各版原文要点：',
  no_summary: '其中没有可以概括的内容。',
  looked_again: '我又核对了一遍，原文一字不差地写在这里：{places}。完整段落见下；段落本身是否正确，我无法判断。',
  confirmed: '我又核对了一遍，原文确实如此：',
  corrected: '我又核对了一遍，抱歉：先前所说的并不在原文中。原文是：',
  not_answered: '我又核对了一遍：简报没有明确回答“{question}”，因此我不作断言。',
  not_said: '简报没有提到这一点。',
  below: '最接近的内容见下。',
  compare: '没有再次找到您的问题，但回答中的数字和名称见下面的段落，请对照。',
  not_comparable: '简报的语言与您的提问不同，没有语言模型时只能比对名称和数字：先前所说的，我既不能证实，也不能收回。',
  there: '{edition}中最接近的内容：',
  others: '简报使用另一种语言，我无法从您的话中判断指的是哪一个。与前面那一段最相近的内容如下：',
  shortest: '我只引用原文，而这已经只有一句话。出处见上。',
  further: '其他最相近的内容见下。',
  nothing_further: '没有找到更多内容。请问得更具体一些。',
  no_translation: '我不能翻译：没有语言模型时，我只按简报的原文引用。',
  no_earlier: '没有更早的版本。',
  editions: '版本：{dates}',
  could_ask: '您可以问：',
};

const ar: TalkWords = {
  quotes: ['«', '»'],
  titled: '{title} (الطبعة: {editions})',
  many: '{count} من المذكرات، منها {titles}',
  none: 'مذكرات لا يوجد منها شيء بعد',
  greeting: 'مرحبا! أجيب عن الأسئلة حول {about}، وأذكر لكل جملة الفقرة التي جاءت منها. ماذا تود أن تعرف؟',
  thanks: 'على الرحب والسعة. إن كان لديك سؤال آخر فتفضل.',
  farewell: 'شكرا، ولك أيضا. مع السلامة، وعد متى شئت!',
  acknowledgement: 'حسنا. ماذا تود أن تعرف أيضا؟',
  identity: 'أنا {name}: لست إنسانا بل برنامج يجيب من {about} ولا شيء غير ذلك. {how}',
  quotes_only: 'إجاباتي اقتباسات؛ وحيث لا تذكر المذكرات شيئا أقول ذلك.',
  with_model: 'يكتب نموذج لغوي جملي، وتُقارن كل جملة بالفقرة المذكورة قبل أن تراها؛ وحيث لا تذكر المذكرات شيئا أقول ذلك.',
  help: 'اسأل بكلمات عادية عن {about}. تحصل على جمل مع الفقرة التي جاءت منها، وعلى قول صريح حين لا تذكر المذكرات شيئا، وعلى ما تغير من طبعة إلى أخرى، وعلى النقاط الرئيسية لمذكرة. اذكر الطبعة إن لم تكن الأحدث. لا أعرف شيئا خارج المذكرات، ولا أستنتج، ولا أصنع جداول أو صورا.',
  briefings: 'أجيب من {count, briefings} ولا شيء غير ذلك. تتحدث الطبعة الأحدث ما لم تذكر غيرها:',
  more: 'و{count} غيرها',
  currency: 'أحدث طبعة لدي هي {newest}. ما جاء بعدها لا أعرفه. جميع الطبعات:',
  undated: 'بلا تاريخ',
  about: 'الموضوع هو {about}. الأقسام:',
  smalltalk: 'أنا برنامج وليس لدي ما أحكيه عن نفسي؛ أفيدك أكثر في {about}. ماذا تود أن تعرف؟',
  wellbeing: 'مرحبا، وشكرا: أنا برنامج وكل شيء على ما يرام. أجيب عن الأسئلة حول {about}؛ ماذا تود أن تعرف؟',
  joke: 'النكات والأغاني والألعاب ليست من اختصاصي: لا أعرف إلا {about}. ماذا تود أن تعرف منها؟',
  praise: 'شكرا، هذا لطف منك. ماذا تود أن تعرف عن {about}؟',
  outside: 'هذا خارج ما أعرفه: ليس لدي إنترنت ولا ساعة ولا أخبار، ولا أعرف إلا {about}. ماذا تود أن تعرف منها؟',
  feeling: 'شكرا لإخباري، مع أنني مجرد برنامج. إن استطعت المساعدة في {about} فتفضل بالسؤال.',
  distress:
    'يؤسفني أنك تشعر هكذا. أنا مجرد برنامج ولا أستطيع المساعدة في ذلك، لكن هناك من يستطيع: تحدث من فضلك مع شخص تثق به، أو اتصل بخط مساعدة أو برقم الطوارئ في بلدك. وإن كنت في خطر فافعل ذلك الآن.',
  languages: 'يمكنك أن تكتب لي بالعربية أو الإنجليزية أو الألمانية أو الفرنسية أو الإسبانية أو الصينية. لغة المذكرات: {own}.',
  languages_quotes: 'من دون نموذج لغوي أقتبسها كما هي؛ وإذا سُئلت بلغة أخرى فلا أجد إلا الأسماء والأرقام والكلمات المشتركة بين اللغتين.',
  languages_model: 'يجيب نموذج لغوي بلغة السؤال.',
  limits:
    'أجد ما ورد في {about} وأقتبسه، وأبين ما تغير من طبعة إلى أخرى، وأذكر النقاط الرئيسية. لا أستقبل ملفات، ولا أبحث في الإنترنت، ولا أحسب أو أرسم، ولا أكتب رسائل، ولا أقوم بشيء نيابة عنك. المذكرات الجديدة يضيفها من يدير هذه الخدمة.',
  privacy_none: 'لا تُسجل الأسئلة: لا تحتفظ هذه الخدمة بأي منها بعد الإجابة.',
  privacy_days: 'تُحفظ الأسئلة {days} على الأكثر، مع نتيجتها واسم للسائل يتغير كل يوم، ليرى من يعتني بالمذكرات ما ينقصها.',
  privacy_model: 'لكتابة الجواب يُرسل السؤال إلى نموذج لغوي اختاره من يدير الخدمة.',
  privacy_memory:
    'لا أتذكر شيئا من محادثة إلى أخرى؛ وقد يحتفظ متصفحك بسجل خاص به يمكنك حذفه. أما ما يُسجل غير ذلك فيعرفه من يدير هذه الخدمة؛ لا تكتب هنا شيئا سريا من فضلك.',
  trust: 'كل جملة تذكر الفقرة التي جاءت منها: افتحها وقارن. {how} أما صحة المذكرة نفسها فلا أستطيع الحكم عليها؛ وعند الأهمية اقرأ الأصل.',
  contact: 'أنا برنامج ولا أحد يقرأ هذه المحادثة. يمكن التواصل مع من يعتني بهذه الخدمة هنا: {contact}',
  no_contact:
    'أنا برنامج ولا أحد يقرأ هذه المحادثة. لم تُذكر لهذه الخدمة جهة اتصال؛ توجه من فضلك إلى من أعطاك عنوانها. وإن كنت تبحث عن مكتب مذكور في المذكرات فاسألني عن هاتفه أو بريده الإلكتروني.',
  rude: 'يؤسفني أن ذلك لم ينفع. لا أعرف إلا ما ورد في {about}؛ هل نجرب سؤالا آخر؟',
  unclear: 'ماذا تود أن تعرف؟ أجيب عن الأسئلة حول {about}.',
  nothing_before: 'لم يُسأل شيء بعد. اكتب سؤالك في جملة كاملة من فضلك.',
  summary: 'من {title}، {edition}، بنصها: البداية والجملة الأولى من {shown} من أقسامها وعددها {sections}.',
  summary_part: 'من {title}، {edition}، بدايات الأقسام التي تتناول ذلك، بنصها:',
  summary_many: 'هكذا تبدأ {title} بنصها ({edition}):',
  summary_editions: 'من {title}، كل طبعة على حدة، بنصها:',
  no_summary: 'لا يوجد فيها ما ألخصه.',
  looked_again: 'نظرت مرة أخرى. ورد ذلك حرفيا هنا: {places}. الفقرات كاملة أدناه؛ أما صحتها هي فلا أستطيع الحكم عليها.',
  confirmed: 'نظرت مرة أخرى، وهكذا ورد:',
  corrected: 'نظرت مرة أخرى، وأعتذر: ما قيل من قبل لا يرد هناك. ما يرد هو:',
  not_answered: 'نظرت مرة أخرى: لا تجيب المذكرات بوضوح عن «{question}»، فلا أجزم بشيء.',
  not_said: 'لا تذكر المذكرات ذلك.',
  below: 'الأقرب إليه أدناه.',
  compare: 'لم أجد سؤالك مرة أخرى، لكن أرقام ما قيل وأسماءه ترد أدناه. قارن من فضلك.',
  not_comparable: 'المذكرات بلغة غير لغة سؤالك، ومن دون نموذج لغوي لا تُقارن إلا الأسماء والأرقام: لا أستطيع تأكيد ما قيل ولا التراجع عنه.',
  there: 'من {edition} هذا هو الأقرب:',
  others: 'لا أستطيع أن أعرف من كلماتك أيها المقصود لأن المذكرات بلغة أخرى. هذه المقاطع هي الأقرب إلى ما ذُكر من قبل:',
  shortest: 'أنا أقتبس فقط، وهي جملة واحدة أصلا. مصدرها أعلاه.',
  further: 'ما يقترب منه أيضا أدناه.',
  nothing_further: 'لم أجد المزيد عنه. اسأل عن شيء محدد ربما.',
  no_translation: 'لا أستطيع الترجمة: من دون نموذج لغوي أقتبس فقط بلغة المذكرات.',
  no_earlier: 'لا توجد طبعة أقدم منها.',
  editions: 'الطبعات: {dates}',
  could_ask: 'يمكنك أن تسأل:',
};

const ALL: Readonly<Record<string, TalkWords>> = { en, de, fr, es, zh, ar };
const COUNTED: Readonly<Record<string, Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>>> = {
  en: { one: 'one briefing', other: '{n} briefings' },
  de: { one: 'einem Briefing', other: '{n} Briefings' },
  fr: { one: 'une note', other: '{n} notes' },
  es: { one: 'un informe', other: '{n} informes' },
  zh: { other: '{n} 份简报' },
  ar: { one: 'مذكرة واحدة', two: 'مذكرتين', few: '{n} مذكرات', other: '{n} مذكرة' },
};

/** Talk in a language; English where there is none. */
export function talkWords(language: string) {
  const own = Object.hasOwn(ALL, language) ? language : 'en';
  const words = ALL[own] as TalkWords;
  const counted = COUNTED[own] as (typeof COUNTED)[string];
  const plural = new Intl.PluralRules(own);
  const list = new Intl.ListFormat(own, { type: 'conjunction' });
  const days = new Intl.NumberFormat(own, { style: 'unit', unit: 'day', unitDisplay: 'long', numberingSystem: 'latn' });
  const names = new Intl.DisplayNames([own], { type: 'language' });
  return {
    language: own,
    words,
    /** "one briefing", "5 briefings". */
    count: (n: number): string => (counted[plural.select(n)] ?? counted.other).replace('{n}', String(n)),
    list: (texts: readonly string[]): string => list.format(texts),
    /** Sentences beside each other. */
    sentences: (texts: readonly string[]): string => texts.join(own === 'zh' ? '' : ' '),
    /** "30 days". */
    days: (n: number): string => days.format(n),
    /** Names of languages, by their tags. */
    languages: (tags: readonly string[]): string => list.format(tags.map((tag) => names.of(tag) ?? tag)),
    quoted: (title: string): string => `${words.quotes[0]}${title}${words.quotes[1]}`,
    /** A template with its values; a value may hold braces itself. */
    say: (key: Exclude<keyof TalkWords, 'quotes'>, values: Readonly<Record<string, string>> = {}): string =>
      words[key].replace(/\{([a-z]+)(?:, [a-z]+)?\}/g, (whole, name: string) => values[name] ?? whole),
  };
}
