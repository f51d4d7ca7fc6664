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
  return said && !(await isKnownTo(session, said)) ? replyTo(session, said, tools) : null;
}

/** What a message that is taken for a question may be instead; null when it is a question beyond doubt, or nothing tells what it were. */
export function doubtOf({ request: { question, history = [] }, library }: Session): TalkMessage | null {
  const said = recogniseInDoubt(question, isAsked(history), library.languages);
  return said?.kind === 'unclear' ? null : said;
}

/** The reply to that, for when the briefings have nothing like the message. Words that no title has name nothing else, then. */
export const talkInDoubt = (session: Session, said: TalkMessage, tools: TalkTools): Promise<Answer | null> =>
  replyTo(session, { ...said, unless: said.unless ?? 'alike', rest: said.unless === 'answered' ? said.rest : [] }, tools);

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

/** Whether the briefings know a word of a message that talk does not: then it is about them, whatever else it looks like. */
async function isKnownTo({ reader }: Session, { kind, fresh }: TalkMessage): Promise<boolean> {
  // After an answer a figure says what somebody takes for right: "no, it was 1985".
  const telling = LEANING_KINDS.has(kind) ? fresh.filter((word) => !/^\p{N}/u.test(word)) : fresh;
  if (SLOTTED.has(kind) || telling.length === 0) return false;
  const terms = tokens(telling.join(' ')).flatMap(({ term, stop }) => (stop ? [] : [term]));
  return (await reader.terms(terms)).some(({ frequency }) => frequency > 0);
}
