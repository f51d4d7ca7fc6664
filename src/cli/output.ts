import { pino } from 'pino';
import { type Environment, type LogLevel, withoutColour } from '../config.ts';
import { isPilcrowError } from '../core/errors.ts';
import type { Host, Written } from './host.ts';
import { oneLine, type Palette, palette, sanitise } from './terminal.ts';

/** Exit codes of every command; `unanswered` where a command was told to be strict. */
export const EXIT = { ok: 0, failure: 1, usage: 2, unanswered: 3 } as const;

export interface Output {
  /** One line of results, on standard output. */
  line(text?: string): void;
  /** Part of a line of results. */
  part(text: string): void;
  /** One JSON document on standard output; control characters are escaped, so that a terminal is safe with it too. */
  json(value: unknown): void;
  /** One JSON document in one line, as one of several. */
  event(value: unknown): void;
  /** One line that is not a result, on standard error. */
  note(text: string): void;
  style: Palette;
}

export function createOutput({ output, errors }: Pick<Host, 'output' | 'errors'>, environment: Environment): Output {
  const coloured = Boolean(output.isTTY) && !withoutColour(environment);
  return {
    part: (text) => void output.write(text),
    line: (text = '') => void output.write(`${text}\n`),
    json: (value) => void output.write(`${safeJson(value)}\n`),
    event: (value) => void output.write(`${safeJsonLine(value)}\n`),
    note: (text) => void errors.write(`${text}\n`),
    style: palette(coloured),
  };
}

/** JSON in which everything a terminal acts on is an escape. */
export const safeJson = (value: unknown): string => escaped(JSON.stringify(value, null, 2));
/** The same on one line. */
export const safeJsonLine = (value: unknown): string => escaped(JSON.stringify(value));

const escaped = (json: string): string =>
  json.replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** What a person is told about a failure: one line and what to do; the stack only when debugging. */
export function describe(error: unknown, level: LogLevel): string {
  const lines = [`pilcrow: ${sanitise(error instanceof Error ? error.message : String(error))}`];
  if (isPilcrowError(error) && error.hint) lines.push(`  ${sanitise(error.hint)}`);
  if (level === 'debug' && error instanceof Error && error.stack) lines.push(sanitise(error.stack));
  else if (!isPilcrowError(error)) lines.push('  PILCROW_LOG=debug shows where it happened.');
  return lines.join('\n');
}

/** One JSON line a message, written at once where it is a file descriptor: what a process said last is what one looks for. Questions and answers are never logged. */
export function createLog(level: LogLevel, errors: Written) {
  const logger = pino(
    {
      level,
      base: null,
      messageKey: 'message',
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    errors.fd === undefined ? errors : pino.destination({ fd: errors.fd, sync: true }),
  );
  return (of: 'error' | 'warn' | 'info' | 'debug', message: string, details: Record<string, unknown> = {}): void => {
    const { error, ...rest } = details;
    const failure = error instanceof Error ? { error: oneLine(error.message), ...(level === 'debug' ? { stack: error.stack } : {}) } : {};
    logger[of]({ ...rest, ...failure }, message);
  };
}
