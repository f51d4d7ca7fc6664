import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPilcrow, type IngestSummary, ingestCorpus, type PilcrowOptions } from '../../compose.ts';
import type { Config } from '../../config.ts';
import { pilcrowError } from '../../core/errors.ts';
import type { IndexReader } from '../../core/ports.ts';
import { askTarget, chatTarget, inProcess, type Target, type TargetConnection, traceConfidence } from '../../eval/index.ts';
import type { CommandContext } from '../command.ts';

/** Stages left out on purpose, by the name a variant has on the command line. */
export const VARIANTS: Record<string, NonNullable<PilcrowOptions['settings']>> = {
  lexical: { ablation: { vector: false, ranker: false } },
  vector: { ablation: { lexical: false, ranker: false } },
  hybrid: { ablation: { ranker: false } },
  full: {},
};

/** An index to ask or to look quotes up in: the one of the settings, or a temporary one made from `--corpus`. */
export interface Opened {
  config: Config;
  ingested: IngestSummary | null;
  close(): Promise<void>;
}

export async function openIndex({ config, signal }: CommandContext, options: Record<string, unknown>): Promise<Opened> {
  if (typeof options.corpus !== 'string') return { config, ingested: null, close: async () => {} };
  // With an index named as well, that one is brought up to date and kept.
  if (typeof options.index === 'string') return { config, ingested: await ingestCorpus(config, { signal }), close: async () => {} };
  const folder = await mkdtemp(join(tmpdir(), 'pilcrow-eval-'));
  const close = () => rm(folder, { recursive: true, force: true });
  try {
    const temporary = { ...config, index: folder };
    return { config: temporary, ingested: await ingestCorpus(temporary, { signal }), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** This engine over an index, every measure included. With `written` the configured chat model writes the answers, if there is one. */
export async function engineTarget(
  config: Config,
  variant: string,
  written = false,
): Promise<{ target: Target; reader: IndexReader; close(): Promise<void> }> {
  const settings = VARIANTS[variant];
  if (!settings)
    throw pilcrowError('bad_request', `There is no variant “${variant}”.`, { hint: `Variants are ${Object.keys(VARIANTS).join(', ')}.` });
  const pilcrow = await createPilcrow(config, { settings, ...(written ? {} : { chat: null }) });
  const reader = await pilcrow.index();
  const target = inProcess({
    name: `engine on ${reader.info.id}${variant === 'full' ? '' : `, ${variant}`}`,
    ask: pilcrow.ask,
    search: pilcrow.search,
    text: (briefing) => reader.text(briefing),
    confidence: traceConfidence,
  });
  return { target, reader, close: () => pilcrow.close() };
}

/** A service over HTTP, by the options of the command. */
export async function serviceTarget(address: string, options: Record<string, unknown>, signal: AbortSignal): Promise<Target> {
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) {
    throw pilcrowError('bad_request', `“${address}” is not an http(s) address.`);
  }
  const protocol = options.protocol ?? (/\/(?:v1|chat\/completions)\/*$/.test(new URL(address).pathname) ? 'openai' : 'ask');
  const connection = await connectionOf(options);
  if (protocol === 'ask') return askTarget(address, connection, signal);
  if (protocol === 'openai') return chatTarget(address, { model: options.model as string, ...connection });
  throw pilcrowError('bad_request', `There is no protocol “${protocol}”.`, { hint: 'It is ask or openai.' });
}

export async function connectionOf(options: Record<string, unknown>): Promise<TargetConnection> {
  const seconds = Number(options.timeout);
  if (!(seconds > 0 && seconds <= 3600)) throw pilcrowError('bad_request', '--timeout is a number of seconds up to 3600.');
  const headers: Record<string, string> = {};
  if (typeof options.headerFile === 'string') {
    // A file and not an option: what stands on a command line every user of the machine can read.
    const text = await readFile(options.headerFile, 'utf8').catch((error: Error) => {
      throw pilcrowError('bad_request', `The header file cannot be read: ${error.message}`);
    });
    for (const line of text.split('\n')) {
      const at = line.indexOf(':');
      if (at > 0) headers[line.slice(0, at).trim().toLowerCase()] = line.slice(at + 1).trim();
    }
  }
  return { headers, timeoutMilliseconds: seconds * 1000 };
}
