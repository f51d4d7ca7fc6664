import { createPilcrow } from '../../compose.ts';
import { pilcrowError } from '../../core/errors.ts';
import type { AskRequest, Trace } from '../../core/model.ts';
import { showAnswer } from '../answer.ts';
import { briefingsNamed } from '../briefings.ts';
import type { CommandContext } from '../command.ts';
import type { Host } from '../host.ts';
import { EXIT, type Output } from '../output.ts';
import { oneLine, sanitise, terminalWidth, wrap } from '../terminal.ts';

/**
 * Answers one question; every footnote has edition, headings, paragraph and the words quoted. With `strict` whatever is not fully
 * answered from an edition in force ends with a code of its own.
 */
export async function run(context: CommandContext, options: Record<string, unknown>, words: string | string[]): Promise<number> {
  const { config, host, output, signal, json } = context;
  // Without quotation marks a shell hands over word by word.
  const given = [words].flat().join(' ');
  const question = (given === '-' ? await standardInput(host.input, config.limits.questionCharacters) : given).trim();
  if (question === '')
    throw pilcrowError('bad_request', 'The question is empty.', { hint: 'Try: pilcrow ask "What changed since the last edition?"' });
  const { edition, limit, briefing, strict } = options as { edition?: string; limit?: number; briefing?: string[]; strict?: boolean };
  const pilcrow = await createPilcrow(config);
  try {
    const trace: Trace | undefined = options.explain ? { steps: [] } : undefined;
    const request: AskRequest = { question };
    if (edition !== undefined) request.edition = edition;
    if (limit !== undefined) request.limit = limit;
    if (briefing) request.briefings = briefingsNamed(briefing, await (await pilcrow.index()).briefings());
    const answer = await pilcrow.ask(request, { signal, ...(trace ? { trace } : {}) });
    for (const warning of pilcrow.warnings()) output.note(`${output.style.warn('Note:')} ${warning}`);
    if (json) output.json(trace ? { ...answer, trace } : answer);
    else {
      if (trace) explain(trace, output);
      showAnswer(answer, output, trace !== undefined);
      if (answer.talk && answer.suggestions.length > 0) {
        output.line();
        for (const next of answer.suggestions) output.line(output.style.dim(`  ${wrap(oneLine(next), terminalWidth(), '  ')}`));
      }
    }
    return strict && answer.status !== 'answered' ? EXIT.unanswered : EXIT.ok;
  } finally {
    await pilcrow.close();
  }
}

async function standardInput(input: Host['input'], most: number): Promise<string> {
  let text = '';
  input.setEncoding('utf8');
  for await (const part of input) {
    text += part;
    if (text.length > 4 * most) break;
  }
  return text;
}

/** Every step of the trace: its name, how long it took, and what it decided. */
function explain(trace: Trace, { line, style }: Output): void {
  const width = terminalWidth();
  for (const { step, milliseconds, detail } of trace.steps) {
    line(`${style.bold(oneLine(step))} ${style.dim(`${milliseconds.toFixed(2)} ms`)}`);
    for (const [name, value] of Object.entries(detail))
      line(`  ${style.accent(`${oneLine(name)}:`)} ${wrap(readable(value), width, '    ')}`);
  }
  line();
}

/** A value of the trace without the punctuation of JSON where none is needed; lists of records one a line. */
function readable(value: unknown): string {
  if (typeof value === 'string') return value === '' ? '""' : sanitise(value);
  if (typeof value === 'number') return String(Math.round(value * 10_000) / 10_000);
  if (value === null || typeof value !== 'object') return String(value);
  if (Array.isArray(value)) {
    if (value.length === 0) return 'none';
    const inner = value.map(readable);
    return value.some((one) => typeof one === 'object' && one !== null) ? `\n${inner.join('\n')}` : inner.join(', ');
  }
  const members = Object.entries(value);
  return members.length === 0 ? 'none' : members.map(([name, one]) => `${oneLine(name)} ${readable(one)}`).join(' · ');
}
