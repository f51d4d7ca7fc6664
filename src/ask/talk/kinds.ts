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
  | SmallTalk;

/** Small talk that wants words of its own. */
export type SmallTalk = 'wellbeing' | 'joke' | 'praise' | 'outside' | 'feeling' | 'distress';

/** In this order, the first is what a message of several sentences says. */
export const ORDER: readonly SaidKind[] = [
  'distress',
  'language',
  'wrong',
  'sure',
  'shorter',
  'more',
  'earlier',
  'later',
  'repeat',
  'summary',
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
