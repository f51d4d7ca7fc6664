import type { Answer, AskRequest, Briefing, Citation, NearestPassage, Turn } from '../../core/model.ts';
import { tokens } from '../../core/text/tokens.ts';
import { dates } from '../../core/time/dates.ts';
import { answerText, merge, quote } from '../answer/index.ts';
import { citationBook } from '../cite/index.ts';
import { emptyDraft, type Quoted, type Session } from '../records.ts';
import { bySeries, matchesEdition, sentencesOf } from '../understand/index.ts';
import { wording } from '../wording.ts';
import { further, passagesOf } from './further.ts';
import type { TalkMessage } from './recognise.ts';
import { agrees, carries, decidingOf, isNameless, repeats, saysNoMore, valuesIn } from './repeats.ts';
import { blank, type TalkTools, talked, told } from './reply.ts';
import { LEADS_ON, saidOf, wasSaid } from './verbatim.ts';
import { talkWords } from './words.ts';

/** Characters of a question that is repeated. */
const SHOWN_QUESTION = 120;
/** Paragraphs shown that hold what was said, and characters of one that its like is sought with. */
const CARRIERS = 2;
/** Passages like another that are looked at, and shown for "the other one". */
const ALIKE_SOUGHT = 8;
const OTHERS = 4;
const LONGEST_SOUGHT = 400;

/** What leans on the question before, which is asked anew. */
export async function followUp(session: Session, language: string, said: TalkMessage, tools: TalkTools): Promise<Answer> {
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
  const able = said.into !== undefined && (tools.writes || library.languages.includes(said.into));
  const answer = await tools.again(before, able ? said.into : language);
  // A question that names nothing and follows none cannot be asked anew.
  const silent = answer.sentences.length === 0 || (before.history?.length === 0 && isNameless(before.question));
  const question = clipped(before.question);
  // Asked in another language than the briefings are in, a question may not be found again, whatever stands there.
  const isForeign = answer.notes.some(({ kind }) => kind === 'language');
  const closest = (key: 'not_answered' | 'not_said') => {
    const text = isForeign ? words.say('not_comparable') : words.say(key, { question });
    return answer.nearest.length > 0 ? tell(words.sentences([text, words.say('below')]), answer.nearest) : tell(text);
  };
  const isSaid = (text: string) => !LEADS_ON.test(text.trim()) && wasSaid(text.trim(), last);
  /** The paragraphs that hold what was said, where its question finds nothing. */
  const carriers = async (): Promise<NearestPassage[]> => {
    if (last === '') return [];
    const found = await tools.again({ ...before, question: sought(before.question, last) }, language);
    const seen = new Set<string>();
    return [...passagesOf(found.citations), ...found.nearest, ...answer.nearest]
      .filter((passage) => carries(last, passage) && !seen.has(passage.paragraph) && seen.add(passage.paragraph))
      .slice(0, CARRIERS);
  };
  /** What was said word for word, in the briefing it stands in. */
  const verbatim = async (): Promise<Quoted[]> => {
    const near = [...answer.citations, ...(await carriers()), ...answer.nearest].map(({ briefing }) => briefing.id);
    for (const briefing of library.list.filter(({ id }) => near.includes(id))) {
      const said = await saidOf(last, briefing, session.reader);
      if (said.length > 0) return said;
    }
    return [];
  };
  const quoted = async (said: readonly Quoted[]): Promise<Answer> => {
    const book = citationBook();
    const draft = emptyDraft();
    await quote(said, book, session.reader, draft, () => {}, wording(language));
    return {
      ...blank(session, language),
      status: 'answered',
      outcome: 'answer',
      answer: answerText(draft.sentences),
      sentences: draft.sentences,
      withheld: draft.withheld,
      citations: book.all(),
    };
  };
  /** The one of several sentences that has most words of the question; the first of those that have as many. */
  const closestOf = (said: readonly Quoted[]): Quoted[] => {
    const asked = new Set(tokens(before.question).flatMap(({ stop, term }) => (stop ? [] : [term])));
    const shared = ({ text }: Quoted) => new Set(tokens(text).flatMap(({ term }) => (asked.has(term) ? [term] : []))).size;
    return [...said].sort((one, other) => shared(other) - shared(one)).slice(0, 1);
  };
  /** What is most like a paragraph, as far as what was said stands in it. */
  const alike = async (from: NearestPassage, of: Partial<AskRequest> = {}) => {
    const question = clipped(sentencesOf(from.text).find(isSaid) ?? from.text, LONGEST_SOUGHT);
    const found = await tools.again({ ...request, question, history: [], edition: 'all', limit: ALIKE_SOUGHT, ...of }, language);
    return [...passagesOf(found.citations), ...found.nearest];
  };
  /** What an edition says of the question before. */
  const inEdition = async (edition: Briefing): Promise<Answer> => {
    const of: Partial<AskRequest> = { edition: 'all', briefings: [edition.id] };
    const then = await tools.again({ ...timeless(request, history, at), ...of }, language);
    if (then.sentences.length > 0) return give(then);
    // What the question does not find there, the paragraph may that answered it from the other edition.
    const [from] = await carriers();
    const nearest = (from ? await alike(from, of) : [...passagesOf(then.citations), ...then.nearest]).slice(0, CARRIERS);
    if (from && nearest.length > 0) return tell(words.say('there', { edition: wording(language).edition(edition) }), nearest);
    const text = words.say(isForeign ? 'not_comparable' : 'not_said');
    return tell(nearest.length > 0 ? words.sentences([text, words.say('below')]) : text, nearest);
  };
  const unanswered = async () => {
    const carrying = await carriers();
    return carrying.length > 0 ? tell(words.say('compare'), carrying) : closest('not_answered');
  };
  const lookedAgain = (cited: readonly Citation[], notes: Answer['notes']) =>
    tell(words.say('looked_again', { places: places(cited, words) }), passagesOf(cited), uncited(notes));
  switch (said.kind) {
    case 'sure':
    case 'wrong': {
      // What stands in the briefings word for word is not taken back, unless a newer edition has taken its place.
      const said = await verbatim();
      const from = said[0]?.briefing.id;
      const speaks = silent || answer.citations.some(({ briefing }) => briefing.id === from);
      if (from !== undefined && speaks) return lookedAgain((await quoted(said)).citations, answer.notes);
      if (silent) return unanswered();
      const doubted = !agrees(last, answer);
      // In another language the answer may have come from elsewhere in the briefings.
      const spoken = new Set(answer.citations.map(({ briefing }) => briefing.id));
      const carrying =
        doubted && !library.languages.includes(language) ? (await carriers()).filter(({ briefing }) => spoken.has(briefing.id)) : [];
      if (carrying.length > 0) return tell(words.say('compare'), carrying);
      if (doubted) return give(shortened(answer), words.say('corrected'));
      if (!repeats(last, shortened(answer))) return give(shortened(answer), words.say('confirmed'));
      return lookedAgain(citedBySentences(answer), answer.notes);
    }
    case 'repeat':
      return silent ? unanswered() : give(answer);
    case 'shorter': {
      // What was said is what somebody wants to have shorter.
      const said = await verbatim();
      if (said.length > 0) {
        const one = await quoted(closestOf(said));
        return saysNoMore(last, one) ? tell(words.say('shortest')) : give(one);
      }
      if (silent) return unanswered();
      const short = shortened(answer);
      return repeats(last, short) && saysNoMore(last, short) ? tell(words.say('shortest')) : give(short);
    }
    case 'more': {
      const carrying = silent ? await carriers() : [];
      const more = await further(carrying.length > 0 ? { ...answer, citations: [], nearest: carrying } : answer, last, session.reader);
      return more.length > 0 ? tell(words.say('further'), more) : tell(words.say('nothing_further'));
    }
    case 'language': {
      if (silent) return able ? give(answer) : tell(words.say('no_translation'), await carriers());
      if (able) return give(answer);
      return repeats(last, shortened(answer)) ? tell(words.say('no_translation')) : give(shortened(answer), words.say('no_translation'));
    }
    case 'other': {
      const [from] = await carriers();
      const others = from ? (await alike(from)).filter(({ text }) => !sentencesOf(text).some(isSaid)).slice(0, OTHERS) : [];
      return others.length > 0 ? tell(words.say('others'), others) : closest('not_said');
    }
    default: {
      const only = bySeries(library.list).size === 1 ? library.list.find(({ newest }) => newest) : undefined;
      const from = answer.citations[0] ?? (await carriers())[0] ?? answer.nearest[0];
      const cited = from?.briefing ?? only;
      if (!cited) return unanswered();
      const series = bySeries(library.list).get(cited.series) ?? [];
      const spoke = series.findIndex(({ id }) => id === cited.id);
      const mentioned = dates(request.question, language);
      const named = series.find(({ edition }) => mentioned.some((date) => matchesEdition(edition.date, date.from)));
      if (named) return inEdition(named);
      const meant = said.kind === 'later' ? series[0] : (series[spoke + 1] ?? (series.length > 1 ? series[spoke] : undefined));
      return meant ? inEdition(meant) : tell(words.say('no_earlier'));
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
  const cited = passagesOf(answer.citations);
  const shown = new Set(cited.map(({ paragraph }) => paragraph));
  const nearest = [...cited, ...answer.nearest.filter(({ paragraphs }) => !paragraphs.some((one) => shown.has(one)))].slice(0, 3);
  const words = talkWords(language);
  const own = words.say('not_said');
  const text = nearest.length > 0 ? words.sentences([own, words.say('below')]) : own;
  return { ...talked(session, 'follow_up', text, { language, nearest }), confidence: answer.confidence };
}

/** Only what decides. */
function shortened(answer: Answer): Answer {
  const sentences = decidingOf(answer).slice(0, 1);
  return merge(answer.question.asked, [{ ...answer, sentences }]);
}

/** A question with its answer, to be looked for by names and figures, which are written as an English text may have them. */
function sought(question: string, last: string): string {
  const values = [...valuesIn(last)].map((value) => (value >= MILLION ? `${value / MILLION} million` : value.toLocaleString('en')));
  return [clipped(`${question} ${last}`.replace(/[?？؟¿]/g, ' '), LONGEST_SOUGHT), ...values].join(' ');
}
const MILLION = 1e6;

/** What the sentences rest on, without what only notes do. */
const citedBySentences = ({ sentences, citations }: Answer): Citation[] =>
  citations.filter(({ number }) => sentences.some((one) => one.citations.includes(number)));

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

const clipped = (text: string, most = SHOWN_QUESTION): string => {
  const characters = [...text.replace(/\s+/g, ' ').trim()];
  return characters.length <= most ? characters.join('') : `${characters.slice(0, most - 1).join('')}…`;
};
