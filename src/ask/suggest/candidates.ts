import type { Briefing, Paragraph } from '../../core/model.ts';
import { sliceCodePoints } from '../../core/text/codepoints.ts';
import { paragraphHasInjection } from '../../core/text/injection.ts';
import { tokens } from '../../core/text/tokens.ts';
import { spellDate } from '../../core/time/dates.ts';
import { ASKS_WITH } from '../lexicon.ts';

/** A question, and what it was made from: the answer must cite that paragraph, or one below that heading. */
export interface SuggestionCandidate {
  question: string;
  briefing: string;
  /** Number of the paragraph it was made from. */
  at: number;
  paragraph?: string;
  heading?: string;
}

/** Sentences looked at in one briefing: the figures people ask for stand early. */
const SENTENCES_READ = 400;

const NAME = "[\\p{L}\\p{N}'’.&-]+";
/** Phrases stay short and whole: a comma, a bracket or a colon inside means that the pattern took too much. */
const PATTERNS: { form: RegExp; ask: (groups: string[]) => string }[] = [
  {
    // "China has ratified 28 Conventions."
    form: new RegExp(
      `^((?:${NAME} ){0,3}${NAME}) (has|have) (\\p{L}+(?:ed|en|lt|de|nt|ght)) (?:\\d[\\d.,]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) (${NAME}(?: ${NAME}){0,2})(?: in | for | on |[.;,])`,
      'u',
    ),
    ask: ([who, has, done, what]) => `How many ${what} ${has} ${lower(who)} ${done}?`,
  },
  {
    // "The coast has nine harbours."
    form: new RegExp(
      `^((?:The|A|An) ${NAME}(?: ${NAME})?|\\p{Lu}${NAME}) (has|have) (?:\\d[\\d.,]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) (\\p{Ll}+(?: \\p{Ll}+)?)[.;,]`,
      'u',
    ),
    ask: ([who, has, what]) => `How many ${what} ${has === 'has' ? 'does' : 'do'} ${lower(who)} have?`,
  },
  {
    // "The Beijing office was established in 1985."
    form: new RegExp(
      `^((?:${NAME} ){1,7}?)(was|were) (established|founded|launched|opened|signed|created|set up|adopted) in (?:\\p{Lu}\\p{L}+ )?\\d{4}\\b`,
      'u',
    ),
    ask: ([who, was, done]) => `When ${was} ${lower(who?.trim())} ${done}?`,
  },
  {
    // "The ILO and China signed their first agreement in 2012."
    form: new RegExp(
      `^((?:${NAME} ){1,6}?)(signed|launched|proposed|joined|opened|adopted|founded|started|ratified|established|published|introduced) ((?:${NAME} ){1,6}?)(?:\\(\\p{Lu}+\\) )?in (?:\\p{Lu}\\p{L}+ )?\\d{4}\\b`,
      'u',
    ),
    ask: ([who, did = '', what]) => `When did ${lower(who?.trim())} ${DID[did]} ${what?.trim()}?`,
  },
];
/** What someone did, and what they are asked for having done. */
const DID: Record<string, string> = {
  signed: 'sign',
  launched: 'launch',
  proposed: 'propose',
  joined: 'join',
  opened: 'open',
  adopted: 'adopt',
  founded: 'found',
  started: 'start',
  ratified: 'ratify',
  established: 'establish',
  published: 'publish',
  introduced: 'introduce',
};
const NOUN_START = /^(?:The|A|An|Their|Its|This|These|Those|Every|All|Both|Most|Some|Each|Our) /;
const VAGUE = /^(?:it|he|she|they|this|that|these|those|which|there|here|both|his|her|its|their)\b/i;

const lower = (text = '', start = NOUN_START): string => (start.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text);

/** How a definition is put, and asked for, in the languages of the interface: "The Fund is a …" answers "What is the Fund?". */
const DEFINITIONS: Readonly<Record<string, { form: RegExp; ask: (subject: string, verb?: string) => string }>> = {
  en: {
    form: new RegExp(`^((?:The |An? )?(?:${NAME} ){0,4}${NAME}) (is|are) (?:an?|the|one of the) `, 'u'),
    ask: (subject, verb = 'is') => `What ${verb} ${lower(subject)}?`,
  },
  de: {
    form: new RegExp(`^((?:(?:Der|Die|Das) )?(?:${NAME} ){0,3}${NAME}) ist (?:eine?|der|die|das) `, 'u'),
    ask: (subject) => `Was ist ${lower(subject, /^(?:Der|Die|Das) /)}?`,
  },
  fr: {
    form: new RegExp(`^((?:(?:Le|La) |L['’])?(?:${NAME} ){0,3}${NAME}) est (?:une?|le|la|l['’])`, 'u'),
    ask: (subject) => `Qu’est-ce que ${lower(subject, /^(?:Le |La |L['’])/)} ?`,
  },
  es: {
    form: new RegExp(`^((?:(?:El|La) )?(?:${NAME} ){0,3}${NAME}) es (?:una?|el|la) `, 'u'),
    ask: (subject) => `¿Qué es ${lower(subject, /^(?:El|La) /)}?`,
  },
  zh: { form: /^([\p{Script=Han}\p{L}\p{N}]{2,16}?)是(?:一|由|指)/u, ask: (subject) => `${subject}是什么？` },
  ar: { form: new RegExp(`^((?:${NAME} ){0,3}${NAME}) (?:هو|هي) `, 'u'), ask: (subject) => `ما ${subject}؟` },
};
/** How a topic is asked for that stands in a heading. */
const TOPICS: Readonly<Record<string, (topic: string) => string>> = {
  en: (topic) => `What do the briefings say about ${topic}?`,
  de: (topic) => `Was sagen die Briefings zu „${topic}“?`,
  fr: (topic) => `Que disent les notes sur « ${topic} » ?`,
  es: (topic) => `¿Qué dicen los informes sobre «${topic}»?`,
  zh: (topic) => `关于“${topic}”，简报怎么说？`,
  ar: (topic) => `ماذا تقول المذكرات عن «${topic}»؟`,
};
const ASKS = /[?？؟]$/u;
/** Headings that stand above anything and name nothing. */
const BARE = new Set(
  'overview introduction summary background contents conclusion contact contacts annex appendix notes references sources general information further about einleitung überblick zusammenfassung inhalt kontakt anhang introduction résumé sommaire contexte annexe contact introducción resumen contenido contacto anexo'.split(
    ' ',
  ),
);

/** Questions a briefing may answer, made from its own words: the kinds take turns. Nothing says yet that it does. */
export function candidatesOf(briefing: Briefing, paragraphs: readonly Paragraph[], all: readonly Briefing[]): SuggestionCandidate[] {
  const sound = paragraphs.filter((paragraph) => !paragraphHasInjection(paragraph));
  const figures = briefing.language.startsWith('en') ? fromFigures(sound) : [];
  return inTurns([
    figures,
    fromAskingHeadings(briefing, sound),
    fromEditions(briefing, all),
    fromDefinitions(briefing, sound),
    fromHeadings(briefing, sound),
  ]);
}

/** What stands before the words of a heading: a number, its section, or the "Q:" of a list of questions. */
const LABEL =
  /^(?:[\d.)\s]{1,8}|(?:Section|Chapter|Article|Part|Annex|Abschnitt|Kapitel|Artikel|Teil|Anhang|Chapitre|Partie|Annexe|Sección|Capítulo|Artículo|Parte|Anexo|§)\s?[\dIVX]{1,5}[a-z]?[.:)]?\s{1,3}|[A-Z]\d{0,3}\s?[:.)]\s{1,3}){1,2}/;

/** "Lost your key?" and "Don't need it any more?" ask whoever reads. */
const asksPlainly = (text: string): boolean => ASKS_WITH.has(tokens(text.trim().replace(LABEL, ''))[0]?.word ?? '');

/** "What does it cost?" as a heading is a question that the text below it answers. */
function fromAskingHeadings({ language }: Briefing, paragraphs: readonly Paragraph[]): SuggestionCandidate[] {
  return paragraphs
    .filter(
      ({ kind, text }) =>
        kind === 'heading' &&
        ASKS.test(text.trim()) &&
        text.length <= 120 &&
        tokens(text).filter(({ stop }) => !stop).length > 1 &&
        (!language.startsWith('en') || asksPlainly(text)),
    )
    .map(({ text, briefing, number }) => ({ question: text.trim().replace(LABEL, ''), briefing, at: number, heading: text }));
}

/** "The Fund is a …": what a first sentence below a heading, or one that begins a paragraph, defines. */
function fromDefinitions({ language }: Briefing, paragraphs: readonly Paragraph[]): SuggestionCandidate[] {
  const own = DEFINITIONS[language];
  if (!own) return [];
  return paragraphs.flatMap(({ kind, text, sentences, briefing, number, id }) => {
    const first = sentences[0];
    if (kind !== 'body' || !first || first.end - first.start > 240) return [];
    const [, subject, verb] = own.form.exec(sliceCodePoints(text, first.start, first.end)) ?? [];
    return subject === undefined ||
      VAGUE.test(subject) ||
      !isTerm(subject) ||
      subject.split(' ').length > 6 ||
      tokens(subject, language).every(({ stop }) => stop)
      ? []
      : [{ question: own.ask(subject, verb), briefing, at: number, paragraph: id }];
  });
}

export function inTurns<T>(lists: readonly (readonly T[])[]): T[] {
  const out: T[] = [];
  for (let at = 0; lists.some((list) => at < list.length); at++) for (const list of lists) if (at < list.length) out.push(list[at] as T);
  return out;
}

function fromFigures(paragraphs: readonly Paragraph[]): SuggestionCandidate[] {
  const found: SuggestionCandidate[][] = PATTERNS.map(() => []);
  let looked = 0;
  for (const paragraph of paragraphs) {
    if (paragraph.kind !== 'body' && paragraph.kind !== 'item') continue;
    for (const { start, end } of paragraph.sentences) {
      if (++looked > SENTENCES_READ) return inTurns(found);
      // Longer sentences say too much for one plain question.
      if (end - start > 240) continue;
      const sentence = sliceCodePoints(paragraph.text, start, end);
      for (const [index, { form, ask }] of PATTERNS.entries()) {
        const groups = form.exec(sentence)?.slice(1);
        if (!groups || VAGUE.test(groups[0] ?? '')) continue;
        found[index]?.push({ question: ask(groups), briefing: paragraph.briefing, at: paragraph.number, paragraph: paragraph.id });
      }
    }
  }
  return inTurns(found);
}

/** "The project" presupposes which one; "The Harbour Fund", "A slipway" and "Mooring fees" do not. */
const isTerm = (subject: string): boolean => {
  const rest = /^(?:The|Der|Die|Das|Le|La|L['’]|El)\s?(.*)$/u.exec(subject)?.[1];
  return rest === undefined || (/\p{Lu}/u.test(rest) && rest.split(' ').length > 1 && !/['’]s\b/u.test(rest));
};

/** A heading is a topic when it names something: "Opening hours", not "Overview" or "2.1". Those with names in them come first. */
function fromHeadings(briefing: Briefing, paragraphs: readonly Paragraph[]): SuggestionCandidate[] {
  const ask = TOPICS[briefing.language];
  if (!ask) return [];
  const prose = briefing.language === 'en' ? wordsWithin(paragraphs) : null;
  const topics = paragraphs.flatMap(({ kind, text, briefing: id, number }): (SuggestionCandidate & { named: boolean })[] => {
    const topic = text.trim().replace(LABEL, '');
    if (kind !== 'heading' || text.trim() === briefing.title || !/^[\p{L}\p{N}][^:;?!()\n]{3,60}$/u.test(topic)) return [];
    const named = tokens(topic, briefing.language).filter(({ stop, word }) => !stop && !BARE.has(word) && !/^\d/.test(word));
    if (named.length < 2) return [];
    const capitals = topic
      .split(/\s+/)
      .slice(1)
      .filter((word) => /^\p{Lu}/u.test(word)).length;
    return [{ question: ask(prose ? within(topic, prose) : topic), briefing: id, at: number, heading: text, named: capitals >= 2 }];
  });
  return [...topics.filter(({ named }) => named), ...topics.filter(({ named }) => !named)];
}

/** Words that occur in the middle of sentences, as they are written there. */
function wordsWithin(paragraphs: readonly Paragraph[]): ReadonlySet<string> {
  const words = new Set<string>();
  for (const { kind, text } of paragraphs.slice(0, SENTENCES_READ))
    if (kind === 'body' || kind === 'item') for (const [word] of text.matchAll(/(?<=[\p{Ll},] )\p{Ll}[\p{L}-]{1,40}/gu)) words.add(word);
  return words;
}

/** "Opening hours" inside a sentence is "opening hours" where the text writes it so; a name stays as it is. */
function plainStart(text: string, prose: ReadonlySet<string>): string {
  const [first = ''] = text.split(/\s+/);
  const small = first.charAt(0).toLowerCase() + first.slice(1);
  return /^\p{Lu}\p{Ll}/u.test(first) && prose.has(small) ? text.charAt(0).toLowerCase() + text.slice(1) : lower(text);
}

/** A heading inside a sentence: as it is where it reads as part of one, else in quotation marks. */
function within(topic: string, prose: ReadonlySet<string>): string {
  const plain = plainStart(topic, prose);
  const isPhrase = !tokens(topic, 'en')[0]?.stop && !/(?:^|\s)(?:you|your|yours)(?=\s|$)/i.test(topic);
  return /(?:^|\s)\p{Lu}\p{Ll}|,/u.test(plain) || !isPhrase ? `“${topic}”` : plain;
}

function fromEditions(briefing: Briefing, all: readonly Briefing[]): SuggestionCandidate[] {
  const dates = all
    .filter((one) => one.series === briefing.series && one.edition.date !== null && !one.newest)
    .map((one) => one.edition.date as string);
  const [before] = dates.sort().reverse();
  return before === undefined || !briefing.language.startsWith('en')
    ? []
    : [{ question: `What has changed since the ${spellDate(before)} edition?`, briefing: briefing.id, at: 0 }];
}
