import type { Answer, Briefing, Talk, TalkKind } from '../../core/model.ts';
import type { Session } from '../records.ts';
import { bySeries } from '../understand/index.ts';
import { wording } from '../wording.ts';
import { SMALL_TALK, type SmallTalk } from './kinds.ts';
import { outlineOf } from './outline.ts';
import { type TalkTools, talked } from './reply.ts';
import { newestFirst, newestOf, urlOf } from './which.ts';
import { talkWords } from './words.ts';

/** Titles named within a sentence, briefings and sections listed. */
const TITLES_NAMED = 3;
const TITLES_LISTED = 12;

/** Talk about the service and what it holds. */
export async function ofItself(
  session: Session,
  language: string,
  kind: TalkKind | SmallTalk,
  allowed: readonly Briefing[],
  tools: TalkTools,
): Promise<Answer> {
  const words = talkWords(language);
  const about = aboutOf(allowed, words);
  const suggestions = WITHOUT_SUGGESTIONS.has(kind) ? [] : await tools.suggest(session.request.briefings);
  const values = {
    about,
    name: tools.service.name,
    count: words.count(allowed.length),
    how: words.say(tools.writes ? 'with_model' : 'quotes_only'),
  };
  const text = (key: Parameters<typeof words.say>[0]) => words.say(key, values);
  const tell = (told: string, items: Talk['items'] = []) =>
    talked(session, isSmallTalk(kind) ? 'smalltalk' : kind, told, { language, items, suggestions });
  const { writes, service } = tools;
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
    case 'wellbeing':
    case 'joke':
    case 'praise':
    case 'outside':
    case 'feeling':
    case 'distress':
    case 'trust':
      return tell(text(kind));
    case 'limits':
      return tell(writes ? text('limits') : words.sentences([text('limits'), text('no_translation')]));
    case 'languages': {
      const own = words.say('languages', { own: words.languages(session.library.languages) });
      return tell(words.sentences([own, text(writes ? 'languages_model' : 'languages_quotes')]));
    }
    case 'privacy': {
      const { questionDays } = service;
      const kept = questionDays === null ? text('privacy_none') : words.say('privacy_days', { days: words.days(questionDays) });
      return tell(words.sentences([kept, ...(writes ? [text('privacy_model')] : []), text('privacy_memory')]));
    }
    case 'contact': {
      const contact = service.contact?.replaceAll('{question}', '');
      return tell(contact ? words.say('contact', { contact }) : text('no_contact'));
    }
    default:
      return tell(text('unclear'));
  }
}
const isSmallTalk = (kind: TalkKind | SmallTalk): kind is SmallTalk => SMALL_TALK.has(kind);
/** A few words answer these: nothing is forced on anybody. */
const WITHOUT_SUGGESTIONS: ReadonlySet<TalkKind | SmallTalk> = new Set([
  'thanks',
  'farewell',
  'acknowledgement',
  'distress',
  'privacy',
  'contact',
]);

/** How new the briefings are. */
export async function currency(
  session: Session,
  language: string,
  named: readonly Briefing[],
  allowed: readonly Briefing[],
  tools: TalkTools,
): Promise<Answer> {
  // Not each held against each: there may be tens of thousands.
  const meant = new Set(named.map(({ series }) => series));
  const of = allowed.filter(({ series }) => meant.has(series));
  const words = talkWords(language);
  const newest = [...of].sort(newestFirst)[0];
  const edition = newest ? `${words.quoted(newest.title)}, ${wording(language).edition(newest)}` : words.say('none');
  return talked(session, 'currency', words.say('currency', { newest: edition }), {
    language,
    items: listed(of, words),
    suggestions: await tools.suggest(session.request.briefings),
  });
}

/** What the briefings are about, as a noun phrase. */
function aboutOf(allowed: readonly Briefing[], words: ReturnType<typeof talkWords>): string {
  const newest = newestOf(allowed).sort(newestFirst);
  if (newest.length === 0) return words.say('none');
  const titles = words.list(newest.slice(0, TITLES_NAMED).map(({ title }) => words.quoted(title)));
  if (newest.length > TITLES_NAMED) return words.say('many', { count: String(newest.length), titles });
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
  if (of.length <= TITLES_LISTED)
    return [...of].sort(newestFirst).map((briefing) => ({ text: `${briefing.title} (${spelled(briefing)})`, url: urlOf(briefing) }));
  const series = [...bySeries(of).values()].sort((a, b) => newestFirst(a[0] as Briefing, b[0] as Briefing));
  const items = series.slice(0, TITLES_LISTED).map((editions) => {
    const [newest] = editions as [Briefing, ...Briefing[]];
    return { text: `${newest.title} (${editions.map(spelled).join(' · ')})`, url: urlOf(newest) };
  });
  return series.length > TITLES_LISTED
    ? [...items, { text: words.say('more', { count: String(series.length - TITLES_LISTED) }), url: null }]
    : items;
}

/** Headings of the newest editions: of one briefing its sections, of several their titles. */
async function sections(session: Session, allowed: readonly Briefing[], words: ReturnType<typeof talkWords>): Promise<Talk['items']> {
  const newest = newestOf(allowed);
  const [only] = newest;
  if (newest.length !== 1 || !only) return listed(newest, words);
  const outline = await outlineOf(only, session.reader);
  return outline.sections
    .slice(0, TITLES_LISTED)
    .map(({ heading }) => ({ text: heading.text.trim(), url: `${urlOf(only)}#p${heading.number}` }));
}
