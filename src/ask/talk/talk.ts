import type { Answer, AskRequest, Briefing, Citation, NearestPassage, Talk, TalkKind, Turn } from '../../core/model.ts';
import { fold, tokens } from '../../core/text/tokens.ts';
import { dates } from '../../core/time/dates.ts';
import { compareEditions } from '../../core/time/editions.ts';
import { answerText, emptyDraft, quote } from '../answer/draft.ts';
import { merge } from '../answer/merge.ts';
import { citationBook } from '../cite/cite.ts';
import type { Quoted, Session } from '../records.ts';
import { bySeries, matchesEdition } from '../understand/edition-words.ts';
import { readScope } from '../understand/scope.ts';
import { languageOf } from '../understand/understand.ts';
import { wording } from '../wording.ts';
import { mainPoints, outlineOf } from './outline.ts';
import { recognise, type Said } from './recognise.ts';
import { agrees, isNameless, repeats, saysNoMore } from './repeats.ts';
import { taskReply } from './task.ts';
import { OLDER } from './vocabulary.ts';
import { talkWords } from './words.ts';

/** What talk needs besides the briefings. */
export interface TalkTools {
  /** Answers an earlier question anew, told to nobody; in another language where one is given. */
  again: (request: AskRequest, language?: string) => Promise<Answer>;
  /** Questions that the briefings of a request answer. */
  suggest: (briefings: readonly string[] | undefined) => Promise<string[]>;
  /** Whether a model writes, and so may translate. */
  writes: boolean;
  /** What the service calls itself. */
  name: string;
}

/** Titles named within a sentence, briefings and sections listed, sentences of a summary, characters of a question repeated. */
const NAMED = 3;
const LISTED = 12;
const POINTS = 7;
const POINTS_OF_EACH = 2;
const SUMMED = 4;
const SHOWN_QUESTION = 120;
const SUGGESTED = 3;

/**
 * The reply to what is no question about the briefings: a greeting, "what can you do?", "summarise", "are you sure?"; null for anything
 * else. Made of titles, editions and sections; what it says of the contents is quoted and cited like any answer. Earlier answers
 * in the history say nothing: an earlier question is asked anew. `session.request.history` is without talk.
 */
export async function talk(session: Session, tools: TalkTools): Promise<Answer | null> {
  const { request, library } = session;
  const history = request.history ?? [];
  const inScope = () => {
    const { allowed } = readScope(request, { kind: 'default', date: null, period: null }, library.list);
    return library.list.filter(({ id }) => allowed.has(id));
  };
  const task = taskReply(request.question, history, titlesOf(inScope()), []);
  if (task !== null) {
    const suggestions = task === '' || task.includes('[]') ? await tools.suggest(request.briefings) : [];
    const text = taskReply(request.question, history, titlesOf(inScope()), suggestions) ?? task;
    return talked(session, 'task', text, { language: languageOf(request.question, history) });
  }
  const said = recognise(
    request.question,
    history.some(({ role }) => role === 'user'),
  );
  if (!said) return null;
  const language = said.language ?? languageOf('', history);
  session.step('talk', () => ({ ...said }));
  const allowed = inScope();
  if (said.kind === 'summary' || said.kind === 'currency') {
    const of = namedBy(said, request, allowed);
    if (!of) return null;
    return said.kind === 'summary' ? summary(session, language, of, tools) : currency(session, language, of, allowed, tools);
  }
  switch (said.kind) {
    case 'wrong':
    case 'sure':
    case 'repeat':
    case 'language':
    case 'shorter':
    case 'more':
    case 'earlier':
    case 'later':
      return followUp(session, language, said, tools);
    default:
      return ofItself(session, language, said.kind, allowed, tools);
  }
}

/** Talk about the service and what it holds. */
async function ofItself(
  session: Session,
  language: string,
  kind: TalkKind,
  allowed: readonly Briefing[],
  tools: TalkTools,
): Promise<Answer> {
  const words = talkWords(language);
  const about = aboutOf(allowed, words);
  const suggestions = WITHOUT_SUGGESTIONS.has(kind) ? [] : await tools.suggest(session.request.briefings);
  const values = {
    about,
    name: tools.name,
    count: words.count(allowed.length),
    how: words.say(tools.writes ? 'with_model' : 'quotes_only'),
  };
  const text = (key: Parameters<typeof words.say>[0]) => words.say(key, values);
  const tell = (told: string, items: Talk['items'] = []) => talked(session, kind, told, { language, items, suggestions });
  switch (kind) {
    case 'briefings':
      return tell(text('briefings'), listed(allowed, words));
    case 'about':
      return tell(text('about'), await sections(session, allowed, words));
    case 'greeting':
    case 'thanks':
    case 'farewell':
    case 'acknowledgement':
    case 'identity':
    case 'help':
    case 'smalltalk':
    case 'rude':
      return tell(text(kind));
    default:
      return tell(text('unclear'));
  }
}
/** A few words answer these: nothing is forced on anybody. */
const WITHOUT_SUGGESTIONS: ReadonlySet<TalkKind> = new Set(['thanks', 'farewell', 'acknowledgement']);

/** How new the briefings are. */
async function currency(
  session: Session,
  language: string,
  named: readonly Briefing[],
  allowed: readonly Briefing[],
  tools: TalkTools,
): Promise<Answer> {
  const of = allowed.filter(({ series }) => named.some((one) => one.series === series));
  const words = talkWords(language);
  const newest = [...of].sort(newestFirst)[0];
  const edition = newest ? `${words.quoted(newest.title)}, ${wording(language).edition(newest)}` : words.say('none');
  return talked(session, 'currency', words.say('currency', { newest: edition }), {
    language,
    items: listed(of, words),
    suggestions: await tools.suggest(session.request.briefings),
  });
}

/** The main points, quoted: of one briefing by its sections, of several by how each begins. */
async function summary(session: Session, language: string, of: readonly Briefing[], tools: TalkTools): Promise<Answer> {
  const { reader } = session;
  const words = talkWords(language);
  const chosen = [...of].sort(newestFirst).slice(0, SUMMED);
  const points: Quoted[] = [];
  for (const briefing of chosen) {
    const own = mainPoints(await outlineOf(briefing, reader), chosen.length === 1 ? POINTS : POINTS_OF_EACH);
    points.push(...own.map((point, at) => (chosen.length > 1 ? { ...point, under: at === 0 ? briefing.title : null } : point)));
  }
  const [first] = chosen;
  const suggestions = await tools.suggest(session.request.briefings);
  if (points.length === 0 || !first) return talked(session, 'about', words.say('no_summary'), { language, suggestions });
  const values =
    chosen.length === 1
      ? { title: words.quoted(first.title), edition: wording(language).edition(first) }
      : { title: words.list(chosen.map(({ title }) => words.quoted(title))), edition: words.count(chosen.length) };
  const book = citationBook();
  const draft = emptyDraft();
  const preface = words.say('summary', values);
  session.emit({ type: 'preface', text: preface });
  await quote(points, book, reader, draft, session.emit, wording(language));
  return {
    ...blank(session, language),
    status: 'answered',
    outcome: 'answer',
    answer: `${preface}\n\n${answerText(draft.sentences)}`,
    preface,
    sentences: draft.sentences,
    withheld: draft.withheld,
    citations: book.all(),
    suggestions,
  };
}

/** What leans on the question before, which is asked anew. */
async function followUp(session: Session, language: string, said: Said, tools: TalkTools): Promise<Answer> {
  const { request, library } = session;
  const history = request.history ?? [];
  const words = talkWords(language);
  const at = history.findLastIndex(({ role }) => role === 'user');
  const before: AskRequest = { ...request, question: history[at]?.content ?? '', history: history.slice(0, at) };
  const last = history
    .slice(at + 1)
    .map(({ content }) => content)
    .join('\n');
  const tell = (text: string, nearest: readonly NearestPassage[] = [], notes: Answer['notes'] = []) =>
    talked(session, 'follow_up', text, { language, nearest, notes });
  const give = (answer: Answer, preface: string | null = null) =>
    told(session, { ...answer, question: { ...answer.question, asked: request.question } }, preface);
  const answer = await tools.again(
    before,
    said.kind === 'language' && (tools.writes || library.languages.includes(said.into ?? '')) ? said.into : language,
  );
  // A question that names nothing and follows none cannot be asked anew.
  const silent = answer.sentences.length === 0 || (before.history?.length === 0 && isNameless(before.question));
  const question = clipped(before.question);
  switch (said.kind) {
    case 'sure':
    case 'wrong': {
      if (silent) return tell(words.say('not_answered', { question }), answer.nearest);
      if (!agrees(last, answer)) return give(shortened(answer), words.say('corrected'));
      if (!repeats(last, shortened(answer))) return give(shortened(answer), words.say('confirmed'));
      const cited = citedBySentences(answer);
      return tell(words.say('looked_again', { places: places(cited, words) }), passagesOf(cited), uncited(answer.notes));
    }
    case 'repeat':
      return silent ? tell(words.say('not_answered', { question }), answer.nearest) : give(answer);
    case 'shorter': {
      if (silent) return tell(words.say('not_answered', { question }), answer.nearest);
      const short = shortened(answer);
      return repeats(last, short) && saysNoMore(last, short) ? tell(words.say('shortest')) : give(short);
    }
    case 'more': {
      const nearest = answer.nearest.filter(({ text }) => !fold(last).includes(fold(text)));
      return nearest.length > 0 ? tell(words.say('further'), nearest) : tell(words.say('nothing_further'));
    }
    case 'language': {
      const able = tools.writes || library.languages.includes(said.into ?? '');
      if (silent) return able ? give(answer) : tell(words.say('no_translation'), answer.nearest);
      if (able) return give(answer);
      return repeats(last, shortened(answer))
        ? tell(words.say('no_translation'), [], uncited(answer.notes))
        : give(shortened(answer), words.say('no_translation'));
    }
    case 'later': {
      const now = await tools.again({ ...timeless(request, history, at), edition: 'latest' }, language);
      return now.sentences.length === 0 ? tell(words.say('not_said'), now.nearest) : give(now);
    }
    default: {
      const only = bySeries(library.list).size === 1 ? library.list.find(({ newest }) => newest) : undefined;
      const cited = (answer.citations[0] ?? answer.nearest[0])?.briefing ?? only;
      if (!cited) return tell(words.say('not_answered', { question }));
      const series = bySeries(library.list).get(cited.series) ?? [];
      const from = answer.citations[0]?.briefing.id ?? series[0]?.id;
      const older = series[series.findIndex(({ id }) => id === from) + 1];
      if (!older) return tell(words.say('no_earlier'));
      const then = await tools.again({ ...timeless(request, history, at), edition: 'all', briefings: [older.id] }, language);
      return then.sentences.length === 0 ? tell(words.say('not_said'), then.nearest) : give(then);
    }
  }
}

/** The latest question that names what it is about: "And in 2019?" is asked again as what it followed. */
function timeless(request: AskRequest, history: readonly Turn[], last: number): AskRequest {
  let at = last;
  for (let before = at; before >= 0 && isNameless(history[at]?.content ?? ''); before--) if (history[before]?.role === 'user') at = before;
  return { ...request, question: history[at]?.content ?? '', history: history.slice(0, at) };
}

/** The reply to a follow-up that names nothing itself, where all there is to say was said before. */
export function unsaid(session: Session, answer: Answer): Answer {
  const language = answer.question.language;
  const nearest = [...passagesOf(answer.citations), ...answer.nearest].slice(0, 3);
  return { ...talked(session, 'follow_up', talkWords(language).say('not_said'), { language, nearest }), confidence: answer.confidence };
}

/** Only what decides. */
function shortened(answer: Answer): Answer {
  const decisive = answer.sentences.filter(({ highlight }) => highlight !== null);
  const sentences = (decisive.length > 0 ? decisive : answer.sentences).slice(0, 1);
  return merge(answer.question.asked, [{ ...answer, sentences }]);
}

/** An answer that was made in silence, told as an answer of its own. */
function told({ emit }: Session, answer: Answer, preface: string | null): Answer {
  if (preface) emit({ type: 'preface', text: preface });
  const cited = (own: readonly number[]): Citation[] => answer.citations.filter(({ number }) => own.includes(number));
  for (const sentence of answer.sentences) emit({ type: 'sentence', sentence, citations: cited(sentence.citations) });
  for (const withheld of answer.withheld) emit({ type: 'withheld', withheld });
  for (const note of answer.notes) emit({ type: 'note', note, citations: cited(note.citations) });
  return preface ? { ...answer, preface, answer: `${preface}\n\n${answer.answer}` } : answer;
}

interface Parts {
  language: string;
  items?: Talk['items'];
  suggestions?: readonly string[];
  nearest?: readonly NearestPassage[];
  notes?: Answer['notes'];
}

function talked(
  session: Session,
  kind: TalkKind,
  text: string,
  { language, items = [], suggestions = [], nearest = [], notes = [] }: Parts,
): Answer {
  return {
    ...blank(session, language),
    answer: [text, ...items.map((item) => `- ${item.text}`)].join('\n'),
    talk: { kind, text, items },
    notes,
    nearest: [...nearest],
    suggestions: suggestions.slice(0, SUGGESTED),
  };
}

function blank({ request, reader }: Session, language: string): Answer {
  return {
    status: 'talk',
    outcome: 'talk',
    confidence: 1,
    answer: '',
    preface: null,
    talk: null,
    sentences: [],
    withheld: [],
    citations: [],
    notes: [],
    nearest: [],
    suggestions: [],
    question: { asked: request.question, standalone: request.question, period: null, language },
    mode: 'extractive',
    model: null,
    snapshot: reader.info.id,
  };
}

/** The briefings a message is about: those of a date or of older editions it names, of a title it has words of; null when it names something else. */
function namedBy({ rest }: Said, { question }: AskRequest, allowed: readonly Briefing[]): Briefing[] | null {
  const mentioned = dates(question);
  const numbers = new Set(mentioned.flatMap(({ start, end }) => fold(question.slice(start, end)).match(/[\p{L}\p{N}]+/gu) ?? []));
  const left = rest.filter((word) => !numbers.has(word));
  let of = [...allowed];
  if (mentioned.length > 0) {
    of = of.filter(({ edition }) => mentioned.some(({ from }) => matchesEdition(edition.date, from)));
    if (of.length === 0) return null;
  } else if (
    OLDER.some(
      (word) =>
        fold(question)
          .split(/[^\p{L}\p{N}]+/u)
          .includes(word) ||
        (/\p{Script=Han}/u.test(word) && question.includes(word)),
    )
  ) {
    of = [...bySeries(of).values()].flatMap((series) => series.slice(1, 2));
    if (of.length === 0) return null;
  } else of = newestOf(of);
  if (left.length === 0) return of;
  const telling = tokens(left.join(' ')).filter(({ stop }) => !stop);
  if (telling.length === 0) return null;
  const found = of.filter(({ title }) => {
    const own = new Set(tokens(title).map(({ term }) => term));
    return telling.every(({ term }) => own.has(term));
  });
  return found.length > 0 ? found : null;
}

/** What the briefings are about, as a noun phrase. */
function aboutOf(allowed: readonly Briefing[], words: ReturnType<typeof talkWords>): string {
  const newest = newestOf(allowed).sort(newestFirst);
  if (newest.length === 0) return words.say('none');
  const titles = words.list(newest.slice(0, NAMED).map(({ title }) => words.quoted(title)));
  if (newest.length > NAMED) return words.say('many', { count: String(newest.length), titles });
  const [only] = newest;
  if (newest.length > 1 || !only) return titles;
  const own = allowed.filter(({ series, edition }) => series === only.series && edition.date !== null).sort(newestFirst);
  const spelled = own.map(({ edition }) => wording(words.language).date(edition.date as string));
  if (spelled.length === 0) return titles;
  if (spelled.length === 1) return words.say('titled', { title: titles, editions: spelled[0] as string });
  return `${titles} (${words.say('editions', { dates: words.list(spelled) })})`;
}

/** Every edition, the newest first; where there are many, every series with its editions. */
function listed(of: readonly Briefing[], words: ReturnType<typeof talkWords>): Talk['items'] {
  const spelled = ({ edition }: Briefing) => (edition.date === null ? words.say('undated') : wording(words.language).date(edition.date));
  if (of.length <= LISTED)
    return [...of].sort(newestFirst).map((briefing) => ({ text: `${briefing.title} (${spelled(briefing)})`, url: urlOf(briefing) }));
  const series = [...bySeries(of).values()].sort((a, b) => newestFirst(a[0] as Briefing, b[0] as Briefing));
  const items = series.slice(0, LISTED).map((editions) => {
    const [newest] = editions as [Briefing, ...Briefing[]];
    return { text: `${newest.title} (${editions.map(spelled).join(' · ')})`, url: urlOf(newest) };
  });
  return series.length > LISTED ? [...items, { text: words.say('more', { count: String(series.length - LISTED) }), url: null }] : items;
}

/** Headings of the newest editions: of one briefing its sections, of several their titles. */
async function sections(session: Session, allowed: readonly Briefing[], words: ReturnType<typeof talkWords>): Promise<Talk['items']> {
  const newest = newestOf(allowed);
  const [only] = newest;
  if (newest.length !== 1 || !only) return listed(newest, words);
  const outline = await outlineOf(only, session.reader);
  return outline.sections.slice(0, LISTED).map(({ heading }) => ({ text: heading.text.trim(), url: `${urlOf(only)}#p${heading.number}` }));
}

const urlOf = ({ id }: Pick<Briefing, 'id'>): string => `/briefings/${encodeURIComponent(id)}`;
const newestFirst = (a: Briefing, b: Briefing): number => compareEditions(b.edition, a.edition) || (a.id < b.id ? -1 : 1);

/** The newest edition of every series there is to choose from. */
const newestOf = (list: readonly Briefing[]): Briefing[] => [...bySeries(list).values()].map(([newest]) => newest as Briefing);
const titlesOf = (list: readonly Briefing[]): string[] => [...new Set(newestOf(list).map(({ title }) => title))];

/** What the sentences rest on, without what only notes do. */
const citedBySentences = ({ sentences, citations }: Answer): Citation[] =>
  citations.filter(({ number }) => sentences.some((one) => one.citations.includes(number)));

/** Paragraphs that were cited, whole. */
function passagesOf(citations: readonly Citation[]): NearestPassage[] {
  const seen = new Set<string>();
  return citations
    .filter(({ paragraph }) => !seen.has(paragraph) && seen.add(paragraph))
    .map(({ paragraph, briefing, headings, page, text, url }) => ({
      paragraph,
      paragraphs: [paragraph],
      briefing,
      headings,
      page,
      text,
      url,
      score: 1,
    }));
}

function places(citations: readonly Citation[], words: ReturnType<typeof talkWords>): string {
  const seen = new Set<string>();
  const named = citations.filter(({ briefing }) => !seen.has(briefing.id) && seen.add(briefing.id));
  return words.list(
    named.map(
      ({ briefing }) =>
        `${words.quoted(briefing.title)}, ${wording(words.language).edition({ title: briefing.title, edition: { ...briefing.edition, source: 'none' } })}`,
    ),
  );
}

/** Notes as they can stand where nothing is cited. */
const uncited = (notes: Answer['notes']): Answer['notes'] => notes.map((note) => ({ ...note, citations: [] }));

const clipped = (question: string): string => {
  const characters = [...question.replace(/\s+/g, ' ').trim()];
  return characters.length <= SHOWN_QUESTION ? characters.join('') : `${characters.slice(0, SHOWN_QUESTION - 1).join('')}…`;
};
