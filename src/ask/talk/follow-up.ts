import type { Answer, AskRequest, Citation, NearestPassage, Turn } from '../../core/model.ts';
import { fold } from '../../core/text/tokens.ts';
import { merge } from '../answer/index.ts';
import type { Session } from '../records.ts';
import { bySeries } from '../understand/index.ts';
import { wording } from '../wording.ts';
import type { TalkMessage } from './recognise.ts';
import { agrees, decidingOf, isNameless, repeats, saysNoMore } from './repeats.ts';
import { type TalkTools, talked, told } from './reply.ts';
import { talkWords } from './words.ts';

/** Characters of a question that is repeated. */
const SHOWN_QUESTION = 120;

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
  const unanswered = () =>
    answer.nearest.length > 0 ? tell(words.say('not_answered', { question }), answer.nearest) : tell(wording(language).notFound);
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
      if (silent) return unanswered();
      const short = shortened(answer);
      return repeats(last, short) && saysNoMore(last, short) ? tell(words.say('shortest')) : give(short);
    }
    case 'more': {
      const nearest = answer.nearest.filter(({ text }) => !fold(last).includes(fold(text)));
      return nearest.length > 0 ? tell(words.say('further'), nearest) : tell(words.say('nothing_further'));
    }
    case 'language': {
      if (silent) return able ? give(answer) : tell(words.say('no_translation'), answer.nearest);
      if (able) return give(answer);
      return repeats(last, shortened(answer)) ? tell(words.say('no_translation')) : give(shortened(answer), words.say('no_translation'));
    }
    case 'later': {
      const now = await tools.again({ ...timeless(request, history, at), edition: 'latest' }, language);
      return now.sentences.length === 0 ? tell(words.say('not_said'), now.nearest) : give(now);
    }
    default: {
      const only = bySeries(library.list).size === 1 ? library.list.find(({ newest }) => newest) : undefined;
      const cited = (answer.citations[0] ?? answer.nearest[0])?.briefing ?? only;
      if (!cited) return unanswered();
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
  const cited = passagesOf(answer.citations);
  const shown = new Set(cited.map(({ paragraph }) => paragraph));
  const nearest = [...cited, ...answer.nearest.filter(({ paragraphs }) => !paragraphs.some((one) => shown.has(one)))].slice(0, 3);
  return { ...talked(session, 'follow_up', talkWords(language).say('not_said'), { language, nearest }), confidence: answer.confidence };
}

/** Only what decides. */
function shortened(answer: Answer): Answer {
  const sentences = decidingOf(answer).slice(0, 1);
  return merge(answer.question.asked, [{ ...answer, sentences }]);
}

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
