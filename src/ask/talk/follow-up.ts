import type { Answer, AskRequest, Citation, NearestPassage, Turn } from '../../core/model.ts';
import { merge } from '../answer/index.ts';
import type { Session } from '../records.ts';
import { bySeries, sentencesOf } from '../understand/index.ts';
import { wording } from '../wording.ts';
import { further, passagesOf } from './further.ts';
import type { TalkMessage } from './recognise.ts';
import { agrees, carries, decidingOf, isNameless, repeats, saysNoMore, valuesIn } from './repeats.ts';
import { type TalkTools, talked, told } from './reply.ts';
import { talkWords } from './words.ts';

/** Characters of a question that is repeated. */
const SHOWN_QUESTION = 120;
/** Paragraphs shown that hold what was said, and characters of one that its like is sought with. */
const CARRIERS = 2;
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
  /** The paragraphs that hold what was said, where its question finds nothing. */
  const carriers = async (): Promise<NearestPassage[]> => {
    if (last === '') return [];
    const found = await tools.again({ ...before, question: sought(before.question, last) }, language);
    const seen = new Set<string>();
    return [...passagesOf(found.citations), ...found.nearest, ...answer.nearest]
      .filter((passage) => carries(last, passage) && !seen.has(passage.paragraph) && seen.add(passage.paragraph))
      .slice(0, CARRIERS);
  };
  /** A sentence of what was said that stands so in the briefings, cited anew. */
  const heardAgain = async (): Promise<Answer | null> => {
    const isSaid = (text: string) => last.includes(text.trim());
    const [from] = await carriers();
    const sentence = sentencesOf(from?.text ?? '').find(isSaid);
    if (!from || !sentence) return null;
    const again = await tools.again(
      { ...request, question: clipped(sentence, LONGEST_SOUGHT), history: [], edition: 'all', briefings: [from.briefing.id] },
      language,
    );
    const sentences = again.sentences.filter(({ text }) => isSaid(text));
    return sentences.length > 0 ? { ...again, sentences, notes: [] } : null;
  };
  const unanswered = async () => {
    const carrying = await carriers();
    return carrying.length > 0 ? tell(words.say('compare'), carrying) : closest('not_answered');
  };
  switch (said.kind) {
    case 'sure':
    case 'wrong': {
      if (silent) return unanswered();
      if (!agrees(last, answer)) return give(shortened(answer), words.say('corrected'));
      if (!repeats(last, shortened(answer))) return give(shortened(answer), words.say('confirmed'));
      const cited = citedBySentences(answer);
      return tell(words.say('looked_again', { places: places(cited, words) }), passagesOf(cited), uncited(answer.notes));
    }
    case 'repeat':
      return silent ? unanswered() : give(answer);
    case 'shorter': {
      if (silent) {
        const heard = await heardAgain();
        return heard ? give(shortened(heard)) : unanswered();
      }
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
    case 'later': {
      const now = await tools.again({ ...timeless(request, history, at), edition: 'latest' }, language);
      if (now.sentences.length > 0) return give(now);
      const text = words.say(isForeign ? 'not_comparable' : 'not_said');
      return tell(now.nearest.length > 0 ? words.sentences([text, words.say('below')]) : text, now.nearest);
    }
    default: {
      const only = bySeries(library.list).size === 1 ? library.list.find(({ newest }) => newest) : undefined;
      const cited = (answer.citations[0] ?? answer.nearest[0])?.briefing ?? only;
      if (!cited) return unanswered();
      const series = bySeries(library.list).get(cited.series) ?? [];
      const spoke = answer.citations[0]?.briefing.id ?? series[0]?.id;
      const older = series[series.findIndex(({ id }) => id === spoke) + 1];
      if (!older) return tell(words.say('no_earlier'));
      const then = await tools.again({ ...timeless(request, history, at), edition: 'all', briefings: [older.id] }, language);
      if (then.sentences.length > 0) return give(then);
      // What the question does not find there, the paragraph may that answered it from the other edition.
      const [from] = await carriers();
      const alike = from
        ? await tools.again(
            { ...request, question: clipped(from.text, LONGEST_SOUGHT), history: [], edition: 'all', briefings: [older.id] },
            language,
          )
        : then;
      const nearest = [...passagesOf(alike.citations), ...alike.nearest].slice(0, CARRIERS);
      if (from && nearest.length > 0) return tell(words.say('there', { edition: wording(language).edition(older) }), nearest);
      const text = words.say(isForeign ? 'not_comparable' : 'not_said');
      return tell(nearest.length > 0 ? words.sentences([text, words.say('below')]) : text, nearest);
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
