/**
 * Word classes the question reader goes by, English unless said otherwise. Data only; nothing here names a subject of any
 * briefing.
 */

/** What people put before and after a question; sentences made of these alone ask nothing. Folded words, several languages. */
export const COURTESY: ReadonlySet<string> = new Set(
  (
    'hi hello hey dear greetings thanks thank thx cheers regards best kind warm wishes sincerely yours please pls plz urgent asap sorry ' +
    'morning afternoon evening good day all team everyone folks there you many much so very in advance a lot for your help i hope are well ' +
    'bonjour bonsoir salut merci cordialement beaucoup hola gracias saludos buenos dias tardes hallo bises bisous amities gruss gruesse lg mfg vg abrazo bcp danke guten tag morgen vielen dank mit ' +
    'freundlichen grussen ciao buongiorno grazie ola bom dia obrigado obrigada 你好 您好 谢谢'
  ).split(' '),
);

/** How a sentence that asks begins, after a preposition at the most. */
export const ASKS_WITH: ReadonlySet<string> = new Set(
  (
    'who whom whose what which when where why how whats is are was were do does did has have had can could may might will would should shall ' +
    'must am list name give tell show explain describe summarise summarize compare find state define outline ' +
    'qui que quoi quel quelle quels quelles quand ou pourquoi comment combien est ce peut puis dois doit faut ' +
    'wer wen wem wessen was welche welcher welches wann wo wohin woher warum wieso weshalb wie wieviel ist sind war gibt kann darf muss ' +
    'quien quienes cual cuales cuando donde por cuanto cuanta cuantos cuantas como chi quando dove perche quanto quanti quale quali ' +
    'quem qual quais onde quanto quantos wat wie waar waarom wanneer hoe hoeveel welk welke'
  ).split(' '),
);

/** Words whose presence tells a wish about the form of the answer from a question: "one sentence please", "with sources". Folded. */
export const FORM_WISH: ReadonlySet<string> = new Set(
  (
    'answer reply respond max at most as french german spanish italian english chinese arabic language table tables list format markdown keep briefly brief ' +
    'short concise concisely sentence sentences words lines column columns bullet bullets points sources source citations cite references english only just ' +
    'one two three in with be it and your the a ' +
    'als tabelle liste stichpunkte stichpunkten mit zwei drei spalten in einem satz satzen worten auf deutsch englisch antworte antworten kurz knapp quellen nur ' +
    'sous forme de tableau liste avec deux trois colonnes en une phrase phrases mots francais anglais reponds repondez court bref sources ' +
    'como tabla lista con dos tres columnas en una frase frases palabras espanol ingles responde responda breve fuentes por favor'
  ).split(' '),
);
/** One of them has to be there. */
export const FORM_NOUN: ReadonlySet<string> = new Set(
  (
    'briefly brief short concise concisely sentence sentences words lines bullet bullets points table columns sources source citations cite references english ' +
    'french german spanish italian chinese arabic language markdown tabelle liste stichpunkte stichpunkten spalten satz satzen worten deutsch englisch kurz knapp quellen ' +
    'tableau colonnes phrase phrases mots francais anglais bref tabla columnas frase frases palabras espanol ingles breve fuentes'
  ).split(' '),
);

/** What somebody who hands a question on puts before it, one of them: "See below, can you answer this?" Folded. */
export const HANDS_ON: ReadonlySet<string> = new Set(
  'below following forwarded forwarding fyi unten ci dessous abajo siguiente weitergeleitet'.split(' '),
);
/** And what goes with it. */
export const HANDED: ReadonlySet<string> = new Set(
  (
    'see can could you we answer this that it the a question mail email message from my our boss colleague got received reply please to help with me us ' +
    'siehe kannst konnen sie du das die frage beantworten bitte mail von voir peux tu pouvez vous repondre a cette question ver mas puedes responder esta pregunta'
  ).split(' '),
);

/** What says that a question was meant otherwise, one of them, and what stands around it before the question itself. Folded. */
export const MEANT: ReadonlySet<string> = new Set(
  'meant mean rather meinte meine gemeint voulais parlais refiero referia decir اقصد قصدت قصدي اعني عنيت'.split(' '),
);
export const CORRECTS: ReadonlySet<string> = new Set([
  ...MEANT,
  ...'no nope nah ah sry not sorry i i m was actually well but oh nein nee ne sorry ich doch aber eher non je dire parle pardon mais perdon no me queria a yo quise sino لا كلا بل عفوا انا'.split(
    ' ',
  ),
]);

/** Words that point at what was said before. */
export const POINTING: ReadonlySet<string> = new Set(
  (
    'it its they them their theirs he him his she her hers this that these those there then one ones same other others else more ' +
    'il elle ils elles lui leur ca cela celui celle ceux y en es er sie ihm ihn ihr ihnen das dies diese dieser dieses davon dafur dazu ' +
    'ello eso esto esa ese aquel lo la esso essa quello questa'
  ).split(' '),
);

/** Sides that exclude each other, as alternatives of an expression: a question about one is not met by the other. */
export const OPPOSITE_WORDS: readonly (readonly [string, string])[] = [
  ['min|minimum|least|lowest', 'max|maximum|most|highest'],
  ['international|abroad|overseas|foreign', 'domestic|national|local'],
  ['before|prior|ahead', 'after|following|afterwards'],
  ['full-?time', 'part-?time|contractor|temporary'],
  ['first', 'last|second|third|final'],
  ['more', 'less|fewer'],
  ['paid', 'unpaid'],
  ['gross', 'net'],
  ['in-?person|on-?site', 'online|remote|remotely|virtual'],
  ['arrive|arrival|check-?in|join|start|begin|open', 'leave|departure|check-?out|end|finish|close'],
  ['buy|purchase', 'sell|rent'],
  ['old|previous|former|past', 'new|current|next|upcoming'],
  ['planned|proposed|will', 'built|completed|opened|was'],
  ['employee|staff', 'contractor|freelancer|student|intern|visitor|volunteer'],
  ['mother|maternity|birth|women', 'father|paternity|adoption|men'],
  ['public', 'private'],
  ['weekday', 'weekend'],
  ['increase|raise|rise', 'decrease|reduce|fall|drop'],
  ['internal', 'external'],
  ['voluntary', 'mandatory|compulsory|required'],
  ['adult', 'child|children'],
  ['individual', 'group|team|company'],
];

export const OPPOSITES: readonly (readonly [RegExp, RegExp])[] = OPPOSITE_WORDS.map(([one, other]) => [
  new RegExp(`\\b(?:${one})s?\\b`, 'i'),
  new RegExp(`\\b(?:${other})s?\\b`, 'i'),
]);

/** First words of questions in other languages than English and the form they ask for. Folded. */
export const QUESTION_WORDS: Readonly<Record<string, 'quantity' | 'time' | 'who' | 'where' | 'why' | 'how'>> = Object.fromEntries(
  (
    [
      ['quantity', 'combien wieviel wieviele cuanto cuanta cuantos cuantas quanto quanta quanti quante quantos quantas hoeveel'],
      ['time', 'quand wann cuando quando wanneer'],
      ['who', 'qui wer wen wem wessen quien quienes chi quem wie'],
      ['where', 'wo wohin woher donde dove onde waar'],
      ['why', 'pourquoi warum wieso weshalb perche waarom'],
      ['how', 'comment como come hoe'],
    ] as const
  ).flatMap(([form, words]) => words.split(' ').map((word) => [word, form])),
);
