import type { Answer, Briefing } from '../../core/model.ts';
import type { IndexReader } from '../../core/ports.ts';
import { figures } from '../../core/text/figures.ts';
import { dates } from '../../core/time/dates.ts';
import { answerText, quote } from '../answer/index.ts';
import { citationBook } from '../cite/index.ts';
import { emptyDraft, type Quoted, type Session } from '../records.ts';
import { wording } from '../wording.ts';
import { mainPoints, outlineOf, pointsOn } from './outline.ts';
import { blank, type TalkTools, talked } from './reply.ts';
import { meansEvery, type Named, newestFirst } from './which.ts';
import { talkWords } from './words.ts';

/** Sentences of a summary of one briefing, of each of several, and briefings that are summed up. */
const POINTS = 7;
const POINTS_OF_EACH = 2;
const POINTS_OF_EDITION = 4;
const SUMMED = 4;
/** Briefings that are looked through for a subject, the newest: each is read whole. */
const BRIEFINGS_LOOKED_AT = 60;
/** More points than these are no summary. */
const MOST_WANTED = 12;

/** How many points a message asks for ("in 5 bullets", "in drei Sätzen"); null where it names no such number, or several. */
function wanted(question: string, language: string): number | null {
  const mentioned = dates(question, language);
  const own = figures(question, language).filter(
    ({ value, start, end }) =>
      Number.isInteger(value) && value > 1 && value <= MOST_WANTED && !mentioned.some((date) => date.start < end && start < date.end),
  );
  return own.length === 1 ? (own[0]?.value ?? null) : null;
}

/** Briefings that have most words of a subject, the newest first, and what they say on it. */
async function briefingsOn(subject: readonly string[], of: readonly Briefing[], reader: IndexReader) {
  const all: ({ briefing: Briefing } & Awaited<ReturnType<typeof pointsOn>>)[] = [];
  for (const briefing of [...of].sort(newestFirst).slice(0, BRIEFINGS_LOOKED_AT))
    all.push({ briefing, ...(await pointsOn(subject, briefing, reader)) });
  const most = Math.max(0, ...all.map(({ shared }) => shared));
  return all.filter(({ shared }) => shared > 0 && shared === most).slice(0, SUMMED);
}

/** The main points, quoted: of one briefing by its sections, of several by how each begins; of a subject by the sections on it, null where there are none. */
export async function summary(session: Session, language: string, { of, subject }: Named, tools: TalkTools): Promise<Answer | null> {
  const { reader } = session;
  const words = talkWords(language);
  const on = subject.length > 0 ? await briefingsOn(subject, of, reader) : null;
  const chosen = on?.map(({ briefing }) => briefing) ?? [...of].sort(newestFirst).slice(0, SUMMED);
  const isOneSeries = new Set(chosen.map(({ series }) => series)).size === 1;
  const nameOf = (briefing: Briefing) =>
    isOneSeries && briefing.edition.date !== null ? `${briefing.title} (${wording(language).date(briefing.edition.date)})` : briefing.title;
  const points: Quoted[] = [];
  const wish = wanted(session.request.question, language);
  // "Of the two" counts editions, not points.
  const counts = wish !== null && !(chosen.length === wish && meansEvery(session.request.question));
  const ofEach = chosen.length === 1 ? POINTS : isOneSeries ? POINTS_OF_EDITION : POINTS_OF_EACH;
  const most = counts ? wish : ofEach * chosen.length;
  const share = Math.max(1, Math.floor(most / chosen.length));
  let sections = 0;
  const pointsOf = async (briefing: Briefing): Promise<Quoted[]> => {
    const outline = await outlineOf(briefing, reader);
    sections = outline.sections.length;
    return mainPoints(outline, share);
  };
  for (const [at, briefing] of chosen.entries()) {
    const own = on?.[at]?.points(share) ?? (await pointsOf(briefing));
    points.push(...own.map((point, place) => (chosen.length > 1 ? { ...point, under: place === 0 ? nameOf(briefing) : null } : point)));
  }
  if (points.length === 0 && subject.length > 0) return null;
  const [first] = chosen;
  const suggestions = await tools.suggest(session.request.briefings);
  if (points.length === 0 || !first) return talked(session, 'about', words.say('no_summary'), { language, suggestions });
  const values: Readonly<Record<string, string>> =
    chosen.length === 1
      ? {
          title: words.quoted(first.title),
          edition: wording(language).edition(first),
          shown: String(points.filter(({ under }) => under !== null).length),
          sections: String(sections),
        }
      : { title: words.list([...new Set(chosen.map(({ title }) => words.quoted(title)))]), edition: words.count(chosen.length) };
  const book = citationBook();
  const draft = emptyDraft();
  const preface = words.say(
    subject.length > 0 ? 'summary_part' : chosen.length === 1 ? 'summary' : isOneSeries ? 'summary_editions' : 'summary_many',
    values,
  );
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
