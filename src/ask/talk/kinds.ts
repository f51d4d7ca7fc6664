import type { TalkKind } from '../../core/model.ts';

/** What can be told apart: kinds that are answered with talk, what leans on the answer before, and a summary. */
export type SaidKind =
  | TalkKind
  | 'wrong'
  | 'sure'
  | 'repeat'
  | 'language'
  | 'shorter'
  | 'more'
  | 'earlier'
  | 'later'
  | 'summary'
  | 'other'
  | SmallTalk;

/** Small talk that wants words of its own. */
export type SmallTalk = 'wellbeing' | 'joke' | 'praise' | 'outside' | 'feeling' | 'distress';

/** In this order, the first is what a message of several sentences says; `other`, the one that was not named, is told by its form alone. */
export const ORDER: readonly SaidKind[] = [
  'distress',
  'language',
  'shorter',
  'more',
  'earlier',
  'later',
  'repeat',
  'summary',
  'wrong',
  'sure',
  'briefings',
  'currency',
  'privacy',
  'contact',
  'trust',
  'languages',
  'limits',
  'help',
  'identity',
  'about',
  'joke',
  'outside',
  'smalltalk',
  'rude',
  'wellbeing',
  'feeling',
  'praise',
  'thanks',
  'farewell',
  'greeting',
  'acknowledgement',
  'unclear',
];

/**
 * What a sentence is told to be: a kind; `aside`, which tells of whoever writes ("I have five minutes."); `bare`, which leans on a question and
 * names nothing ("and why?"); or `question`, which the briefings may answer.
 */
export type SentenceKind = SaidKind | 'aside' | 'bare' | 'question';

/** Of a sentence. In this order stand the weights. */
export const KINDS: readonly SentenceKind[] = [...ORDER, 'aside', 'bare', 'question'];

/** Languages that talk is known in. In this order stand the weights. */
export const TALK_LANGUAGES = ['en', 'de', 'fr', 'es', 'zh', 'ar'] as const;

/** Kinds that lean on the question before. */
export const LEANING_KINDS: ReadonlySet<SentenceKind> = new Set([
  'wrong',
  'sure',
  'repeat',
  'language',
  'shorter',
  'more',
  'earlier',
  'later',
  'bare',
]);
/** What that is said to be which leans on an answer where there is none: "can you translate this?" */
export const WITHOUT_AN_ANSWER: ReadonlyMap<SentenceKind, SaidKind> = new Map([
  ['language', 'limits'],
  ['sure', 'trust'],
  ['wrong', 'rude'],
]);
/** Kinds that may name a briefing or an edition. */
export const SLOTTED: ReadonlySet<SentenceKind> = new Set(['summary', 'currency']);
/** Kinds that something else may be meant by after a question: "how does it work?" */
export const OF_THE_SERVICE: ReadonlySet<SentenceKind> = new Set([
  'help',
  'about',
  'currency',
  'briefings',
  'smalltalk',
  'identity',
  'privacy',
  'contact',
  'trust',
  'languages',
  'limits',
  'outside',
]);
/** Kinds that ask of the service and of nothing else, whatever stands beside them. */
export const OF_ITSELF_ALONE: ReadonlySet<SentenceKind> = new Set([
  'about',
  'briefings',
  'currency',
  'privacy',
  'trust',
  'languages',
  'summary',
]);
/** Kinds that ask for nothing, whatever name stands in them. */
export const MANNERS: ReadonlySet<SentenceKind> = new Set([
  'greeting',
  'thanks',
  'farewell',
  'acknowledgement',
  'wellbeing',
  'praise',
  'rude',
]);
/** Kinds that are small talk to whoever reads the reply. */
export const SMALL_TALK: ReadonlySet<SentenceKind> = new Set(['wellbeing', 'joke', 'praise', 'outside', 'feeling', 'distress']);

/** Words that ask for the edition before. Folded. */
export const OLDER: readonly string[] =
  'old older oldest previous former earlier alte alten altere alteren vorige vorigen fruhere fruheren ancienne ancien precedente precedent vieja viejo antigua antiguo anterior 旧 上一版 القديمة السابقة'.split(
    ' ',
  );

/** Words that mean every edition there is: a summary of "both". Folded. */
export const EVERY: ReadonlySet<string> = new Set(
  (
    'all both each every everything ' +
    'alle allem allen aller alles beide beiden beider samtliche samtlichen ' +
    'tous toutes tout chaque ensemble ' +
    'todos todas ambos ambas cada conjunto ' +
    'كل جميع كلا كلتا كلها جميعها الاثنين'
  ).split(' '),
);
/** The same, in several words or letters: "two sentences" counts no editions. */
export const EVERY_SIGN = /\b(?:the two|die zwei|der zwei|les deux|des deux|l[oa]s dos)\b|所有|全部|全体|两[份个版种]|这些|各[份个版]|都/iu;

/** Words of whoever tells of themselves, or speaks to the service: keywords have none. Folded. */
export const PERSONS: ReadonlySet<string> = new Set(
  (
    'i im ive my me mine myself we our you your youre youve somebody someone they he she ' +
    'ich mein meine meinem meinen meiner mir mich wir uns unser unsere du dein deine sie ihr ihre ihnen man ' +
    'je j m mon ma mes moi nous notre nos on vous votre vos tu ton ta il elle ils ' +
    'yo mi mis me nos nosotros nuestro nuestra tu usted ustedes te le soy estoy tengo trabajo voy vengo vamos necesito empiezo llevo uso espero puedo creo hago leo escribo busco pregunto ' +
    'انا نحن انت لي لدي عندي معي اعمل مديري زميلي'
  ).split(' '),
);
/** Words of whoever speaks to the service. Folded. */
export const SPOKEN_TO: ReadonlySet<string> = new Set(
  'you your youre youve du dich dir dein deine tu te toi ton ta vous votre usted ustedes انت'.split(' '),
);
export const PERSON_SIGN = /[我咱你您他她]/u;

/** Words of whoever wants something of the briefings without a question: "I need the opening hours". Folded. */
export const WISHES_FOR: ReadonlySet<string> = new Set(
  (
    'need needs want wants looking wonder wondering know find tell show search seeking interested like ' +
    'brauche brauchen mochte mochten will suche suchen wissen interessiert interessiere sagen zeigen ' +
    'besoin veux voudrais voudrions cherche cherchons savoir trouver interesse souhaite ' +
    'necesito quiero quisiera busco buscamos saber encontrar interesa gustaria ' +
    'اريد احتاج ابحث اعرف معرفة اود'
  ).split(' '),
);
/** The same, and questions, in scripts whose questions begin with no word of their own. */
export const ASKING_SIGN =
  /[吗呢谁哪几]|什么|怎么|多少|为何|为什么|想知道|想问|想了解|需要|查找|请(?:问|列|给|告诉)|(?:^|\s)(?:هل|ما|ماذا|من|متى|أين|اين|كيف|كم|لماذا)(?=\s)/u;
