import type { Answer, Briefing, Turn } from '../../core/model.ts';
import { tokens } from '../../core/text/tokens.ts';
import { dates } from '../../core/time/dates.ts';
import type { Session } from '../records.ts';
import { languageOf, matchesEdition, readScope } from '../understand/index.ts';
import { followUp } from './follow-up.ts';
import { LEANING_KINDS, SLOTTED } from './kinds.ts';
import { currency, ofItself } from './of-itself.ts';
import { recognise, recogniseInDoubt, type TalkMessage } from './recognise.ts';
import { type TalkTools, talked } from './reply.ts';
import { summary } from './summary.ts';
import { taskReply } from './task.ts';
import { namedBy, titlesOf } from './which.ts';

/**
 * The reply to what is no question about the briefings: a greeting, "what can you do?", "summarise", "are you sure?"; null for anything
 * else. Made of titles, editions and sections; what it says of the contents is quoted and cited like any answer. Earlier answers
 * in the history say nothing: an earlier question is asked anew. `session.request.history` is without talk.
 */
export async function talk(session: Session, tools: TalkTools): Promise<Answer | null> {
  const { request } = session;
  const history = request.history ?? [];
  const titles = () => titlesOf(inScope(session));
  const task = taskReply(request.question, history, titles, []);
  if (task !== null) {
    const suggestions = task === '' || task.includes('[]') ? await tools.suggest(request.briefings) : [];
    const text = taskReply(request.question, history, titles, suggestions) ?? task;
    return talked(session, 'task', text, { language: languageOf(request.question, history) });
  }
  const said = recognise(request.question, isAsked(history));
  if (!said) return null;
  const known = await knownOf(session, said);
  return known === 0 && (LEANING_KINDS.has(said.kind) || isTalk({ said, known, foreign: false }, SURE_ANSWER))
    ? replyTo(session, said, tools)
    : null;
}

/** What a message may be that may be a question as well. */
export interface Doubt {
  said: TalkMessage;
  /** Words of it that talk does not know, and the briefings do. */
  known: number;
  /** Whether the briefings are in another language, so that no answer's confidence says much. */
  foreign: boolean;
}

/** What a message that is taken for a question may be instead; null when it is a question beyond doubt, or nothing tells what it were. */
export async function doubtOf(session: Session): Promise<Doubt | null> {
  const { library, request } = session;
  const { question, history = [] } = request;
  const said = recogniseInDoubt(question, isAsked(history));
  return said && said.kind !== 'unclear'
    ? { said, known: await knownOf(session, said), foreign: said.language !== null && !library.languages.includes(said.language) }
    : null;
}

/**
 * Whether a message is talk, given how sure the briefings' answer to it is (0 to 1): the less it looks like a question, the surer an answer it
 * takes to make it one, and the surer still where a word of it is theirs. The three numbers were found by what two people wrote, told by
 * weights that had seen one of them only, beside 1,293 questions about documents, by a search that is not part of the project;
 * bench/talk-in-doubt.ts counts what they take for talk (docs/conversation.md).
 */
export const isTalk = ({ said: { question }, known, foreign }: Doubt, confidence: number): boolean =>
  logit(question) +
    ANSWERED * logit(Math.max(foreign ? LEAST_CONFIDENCE.foreign : LEAST_CONFIDENCE.own, confidence)) +
    KNOWN * Math.min(2, known) <
  TALK;
const ANSWERED = 0.7;
const KNOWN = 3;
const TALK = -2;
/** Below it a confidence says nothing more: questions in another language than the briefings have next to none. */
const LEAST_CONFIDENCE = { own: 0.05, foreign: 0.2 };
/** Nothing is surer than this, whatever the trained say of it. */
const SUREST = 0.01;
/** What no answer is surer than. */
const SURE_ANSWER = 0.9;

function logit(probability: number): number {
  const within = Math.min(1 - SUREST, Math.max(SUREST, probability));
  return Math.log(within / (1 - within));
}

/** The reply to that, for when the briefings have nothing like the message. Words that no title has name nothing else, then. */
export const talkInDoubt = (session: Session, said: TalkMessage, tools: TalkTools): Promise<Answer | null> =>
  replyTo(
    session,
    { ...said, unless: said.unless ?? 'alike', rest: said.unless === 'answered' || said.kind === 'summary' ? said.rest : [] },
    tools,
  );

const isAsked = (history: readonly Turn[]): boolean => history.some(({ role }) => role === 'user');

/** The briefings the request may be about. */
function inScope({ request, library }: Session): Briefing[] {
  const { allowed } = readScope(request, { kind: 'default', date: null, period: null }, library.list);
  return library.list.filter(({ id }) => allowed.has(id));
}

async function replyTo(session: Session, said: TalkMessage, tools: TalkTools): Promise<Answer | null> {
  const { request } = session;
  const history = request.history ?? [];
  const language = said.language ?? languageOf('', history);
  if (LEANING_KINDS.has(said.kind) && said.unless === undefined && namesEdition(session, language)) return null;
  session.step('talk', () => ({ ...said }));
  const allowed = inScope(session);
  if (said.kind === 'summary' || said.kind === 'currency') {
    const named = namedBy(said, request, allowed);
    if (!named) return null;
    if (said.kind === 'summary') {
      const summed = await summary(session, language, named, tools);
      // Words of another language than the briefings' find no section: there are the names of all.
      if (summed || tools.writes || session.library.languages.includes(language)) return summed;
      return ofItself(session, language, 'about', named.of, tools);
    }
    return named.subject.length > 0 ? null : currency(session, language, named.of, allowed, tools);
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
    case 'other':
      // Words of another language than the briefings' find nothing there: what is like that which was named may be meant.
      if (tools.writes || session.library.languages.includes(language)) return null;
      return followUp(session, language, said, tools);
    default:
      return ofItself(session, language, said.kind, allowed, tools);
  }
}

/** Whether a message names an edition by its date: "no, the 2019 one" asks again with another time. */
const namesEdition = ({ request: { question }, library }: Session, language: string): boolean =>
  dates(question, language).some(({ from }) => library.list.some(({ edition }) => matchesEdition(edition.date, from)));

/** How many words of a message that talk does not know the briefings do: then it is about them, whatever else it looks like. */
async function knownOf({ reader }: Session, { kind, rest, fresh }: TalkMessage): Promise<number> {
  // After an answer a figure says what somebody takes for right: "no, it was 1985". What a title may be is none either.
  const telling = fresh.filter((word) => !(LEANING_KINDS.has(kind) && /^\p{N}/u.test(word)) && !(SLOTTED.has(kind) && rest.includes(word)));
  if (telling.length === 0) return 0;
  const terms = tokens(telling.join(' ')).flatMap(({ term, stop }) => (stop ? [] : [term]));
  return (await reader.terms(terms)).filter(({ frequency }) => frequency > 0).length;
}
