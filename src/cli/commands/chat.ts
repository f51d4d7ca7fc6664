import { createInterface } from 'node:readline';
import { createPilcrow } from '../../compose.ts';
import { isPilcrowError, pilcrowError } from '../../core/errors.ts';
import type { Answer, AskRequest, Briefing, Turn } from '../../core/model.ts';
import { isDate, spellDate } from '../../core/time/dates.ts';
import { createTeller, showRest, showSource } from '../answer.ts';
import { briefingsNamed } from '../briefings.ts';
import type { CommandContext } from '../command.ts';
import { describe, EXIT, type Output } from '../output.ts';
import { oneLine, terminalWidth, wrap } from '../terminal.ts';

/** Turns that are sent along: enough for any follow-up. */
const TURNS_SENT = 10;
/** Series listed by name. */
const SERIES_LISTED = 40;
const PROMPT = '› ';
/** How long the first prompt waits for questions to begin with. */
const SUGGESTIONS_MILLISECONDS = 1500;

const HELP: [command: string, does: string][] = [
  ['/briefings', 'lists what can be asked, with the names for /briefing'],
  ['/briefing NAME …', 'asks these alone: ids, file names or series; /briefing all asks all of them'],
  ['/edition WHICH', 'latest, all, or a date such as 2019'],
  ['/sources', 'the last answer’s sources with the words quoted'],
  ['/1, /2 …', 'asks one of the questions shown below an answer'],
  ['/new', 'begins anew: what was said before is forgotten'],
  ['/quit', 'ends; so does Ctrl-D, and Ctrl-C in an empty line'],
];

/**
 * A conversation in the terminal: a line is a question, which goes on from those before; one that begins with a slash is a command. On a
 * pipe each line is answered in turn, with `--json` by one line of JSON. Ends with 1 when a line could not be answered for a failure.
 */
export async function run(context: CommandContext, options: Record<string, unknown>): Promise<number> {
  const { config, host, output, signal, json } = context;
  const { style } = output;
  const interactive = host.input.isTTY === true && host.output.isTTY === true;
  const lines = createInterface({
    input: host.input,
    ...(interactive ? { output: host.output, prompt: style.accent(PROMPT) } : {}),
    terminal: interactive,
    crlfDelay: Number.POSITIVE_INFINITY,
  });
  // From here on no line is lost, however early it comes.
  const incoming = lines[Symbol.asyncIterator]();
  let answering: AbortController | null = null;
  const stop = () => {
    answering?.abort();
    lines.close();
  };
  signal.addEventListener('abort', stop);
  // On a terminal Ctrl-C is a key: it stops an answer, else empties the line, else ends.
  lines.on('SIGINT', () => {
    if (answering) answering.abort();
    else if (lines.line !== '') {
      host.output.write('\n');
      lines.write(null, { ctrl: true, name: 'e' });
      lines.write(null, { ctrl: true, name: 'u' });
    } else {
      host.output.write('\n');
      lines.close();
    }
  });
  const pilcrow = await createPilcrow(config, { next: true });
  let failed = false;
  try {
    const all = await (await pilcrow.index()).briefings();
    let chosen = options.briefing ? briefingsNamed(options.briefing as string[], all) : [];
    let edition = editionNamed((options.edition as string | undefined) ?? 'latest', all);
    let turns: Turn[] = [];
    let last: Answer | null = null;
    /** Questions that /1, /2 … stand for. */
    let offered: readonly string[] = [];
    const say = (text: string) => (json ? output.note(text) : output.line(wrap(text, terminalWidth())));

    for (const warning of pilcrow.warnings()) output.note(`${style.warn('Note:')} ${warning}`);
    if (interactive) {
      say(`${all.length} ${all.length === 1 ? 'briefing' : 'briefings'} to ask. /help lists the commands.`);
      offered = await pilcrow.suggestions({ milliseconds: SUGGESTIONS_MILLISECONDS, ...(chosen.length > 0 ? { briefings: chosen } : {}) });
      offer(offered, output);
      output.line();
    }

    /** What a line with a slash comes to: the end, a question to ask, or nothing more. */
    const command = (line: string): 'end' | { ask: string } | null => {
      const [name, ...words] = line.split(/\s+/) as [string, ...string[]];
      switch (name) {
        case '/quit':
        case '/exit':
          return 'end';
        case '/help':
          for (const [what, does] of HELP) {
            const label = what.padEnd(17);
            const row = `${style.bold(label)} ${wrap(does, terminalWidth(), ' '.repeat(label.length + 1))}`;
            if (json) output.note(row);
            else output.line(row);
          }
          return null;
        case '/new':
          turns = [];
          last = null;
          offered = [];
          say('What was said before is forgotten.');
          return null;
        case '/briefings':
          for (const text of listed(all)) say(text);
          return null;
        case '/briefing':
          if (words.length > 0) {
            // An id or a file name may hold spaces.
            const whole = words.join(' ');
            chosen = whole === 'all' ? [] : briefingsNamed(isNamed(whole, all) ? [whole] : words, all);
          }
          say(
            chosen.length === 0
              ? 'All briefings are asked.'
              : `Asked ${chosen.length === 1 ? 'is' : 'are'}: ${chosen.map(oneLine).join(', ')}.`,
          );
          return null;
        case '/edition':
          if (words[0] !== undefined) edition = editionNamed(words[0], all);
          say(`Edition: ${isDate(edition) ? spellDate(edition) : edition}.`);
          return null;
        case '/sources':
          if (!last || last.citations.length === 0) say('There are no sources to show.');
          else for (const citation of last.citations) showSource(citation, output, true);
          return null;
      }
      const next = /^\/([1-9])$/.exec(name)?.[1];
      const question = next === undefined ? undefined : offered[Number(next) - 1];
      if (question !== undefined) return { ask: question };
      throw pilcrowError('bad_request', `There is no command ${oneLine(name)}${next ? ' now' : ''}.`, {
        hint: '/help lists them; a question begins with no slash.',
      });
    };

    const ask = async (question: string): Promise<void> => {
      const request: AskRequest = { question };
      if (edition !== 'latest') request.edition = edition;
      if (chosen.length > 0) request.briefings = chosen;
      if (turns.length > 0) request.history = turns;
      answering = new AbortController();
      const teller = createTeller(output, true);
      try {
        const answer = await pilcrow.ask(request, {
          signal: answering.signal,
          onEvent: (event) => {
            if (json) return;
            if (event.type === 'preface') teller.preface(event.text);
            if (event.type === 'sentence') teller.sentence(event.sentence);
          },
        });
        last = answer;
        offered = answer.suggestions;
        turns = [...turns, { role: 'user' as const, content: question }, { role: 'assistant' as const, content: answer.answer }].slice(
          -TURNS_SENT,
        );
        if (json) output.event(answer);
        else {
          teller.end();
          showRest(answer, output);
          show(answer, output);
        }
      } catch (error) {
        teller.end();
        if (answering.signal.aborted) {
          if (!signal.aborted) say('Stopped.');
        } else throw error;
      } finally {
        answering = null;
      }
    };

    if (interactive) lines.prompt();
    while (!signal.aborted) {
      const { value, done } = await incoming.next();
      if (done || signal.aborted) break;
      const line = String(value).trim();
      try {
        if (!interactive && !json && line !== '') output.line(style.accent(`${PROMPT}${oneLine(line)}`));
        const meant = line.startsWith('/') ? command(line) : { ask: line };
        if (meant === 'end') break;
        if (meant?.ask) {
          if (meant.ask !== line && !json) output.line(style.accent(`${PROMPT}${oneLine(meant.ask)}`));
          await ask(meant.ask);
        }
        if (line !== '' && !json) output.line();
      } catch (error) {
        // A line that cannot be answered ends no conversation.
        if (!isPilcrowError(error)) throw error;
        failed = true;
        output.note(describe(error, config.log));
        if (!json) output.line();
      }
      if (interactive) lines.prompt();
    }
    signal.throwIfAborted();
    return failed && !interactive ? EXIT.failure : EXIT.ok;
  } finally {
    signal.removeEventListener('abort', stop);
    lines.close();
    await pilcrow.close();
  }
}

/** Sources, two lines each, and the questions that go on. */
function show(answer: Answer, output: Output): void {
  if (answer.citations.length > 0) output.line();
  for (const citation of answer.citations) showSource(citation, output, answer.mode === 'generative');
  offer(answer.suggestions, output);
}

function offer(questions: readonly string[], { line, style }: Output): void {
  if (questions.length > 0) line();
  for (const [index, question] of questions.entries()) {
    const label = `/${index + 1} `;
    line(style.dim(`${label}${wrap(oneLine(question), terminalWidth(), ' '.repeat(label.length))}`));
  }
}

const isNamed = (name: string, briefings: readonly Briefing[]): boolean =>
  briefings.some(({ id, source, series }) => [id, source, series].includes(name));

/** Each series with its editions, newest first, as /briefing takes them. */
function listed(briefings: readonly Briefing[]): string[] {
  const series = new Map<string, Briefing[]>();
  for (const one of briefings) series.set(one.series, [...(series.get(one.series) ?? []), one]);
  const out = [...series].slice(0, SERIES_LISTED).map(([id, editions]) => {
    const title = (editions.find(({ newest }) => newest) ?? editions[0]!).title;
    const dates = editions
      .map(({ edition }) => edition.date)
      .filter((date) => date !== null)
      .sort()
      .reverse();
    return `${oneLine(title)}${dates.length > 0 ? `, ${dates.map(spellDate).join(', ')}` : ''}: ${oneLine(id)}`;
  });
  if (series.size > SERIES_LISTED) out.push(`… and ${series.size - SERIES_LISTED} more; \`pilcrow editions\` lists all.`);
  return out;
}

/** An edition that there is, or `latest` or `all`. Throws `bad_request`. */
function editionNamed(asked: string, briefings: readonly Briefing[]): string {
  if (asked === 'latest' || asked === 'all') return asked;
  const dates = [...new Set(briefings.flatMap(({ edition }) => edition.date ?? []))].sort();
  if (isDate(asked) && dates.some((date) => date === asked || date.startsWith(`${asked}-`) || asked.startsWith(`${date}-`))) return asked;
  throw pilcrowError('bad_request', `There is no edition “${asked}”.`, {
    hint: `Editions in the index: ${dates.join(', ') || 'none is dated'}; also latest and all.`,
  });
}
