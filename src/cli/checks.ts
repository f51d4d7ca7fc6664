import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import {
  checkAccessRules,
  isReachedByOthers,
  OVERRIDES_FILE,
  openKeys,
  openParts,
  openQuestionLog,
  restricted,
  whoMayAsk,
} from '../compose.ts';
import type { Config, ModelConfig } from '../config.ts';
import { ACCESS_FILE } from '../core/access.ts';
import type { IndexReader } from '../core/ports.ts';

/** One thing `pilcrow doctor` looked at. `poor` works, but less well than it could. */
export interface Check {
  name: string;
  state: 'good' | 'poor' | 'bad';
  found: string;
  hint: string | null;
}

/**
 * Looks at everything answers depend on. Never rejects: what cannot be looked at is a check that failed. Model servers are
 * contacted only when `online`; then each is asked for one short reply or vector.
 */
export async function inspect(
  config: Config,
  { online = false, signal }: { online?: boolean; signal?: AbortSignal } = {},
): Promise<Check[]> {
  const parts = openParts(config);
  try {
    const source = await parts.source().catch((error: Error) => error);
    const files = await corpusFiles(config.corpus).catch((error: Error) => error);
    return [
      runtime(),
      await nativeModule(parts),
      ...(await embeddings(config, parts, source, online)),
      ...chatModel(config, online),
      ...unusedSettings(config),
      ...(online ? await reach(config, parts, signal) : []),
      files instanceof Error
        ? poor('corpus', `${config.corpus} cannot be read`, 'Create the folder, or set PILCROW_CORPUS to where the briefings are.')
        : good('corpus', `${config.corpus}, ${files.length} ${files.length === 1 ? 'file' : 'files'}`),
      ...(await liveIndex(config, parts, source, files)),
      address(config),
      access(config),
      await keeping(config),
      ...config.notices.map((notice) => poor('settings', notice, '.env.example lists all there are.')),
    ];
  } finally {
    await parts.close();
  }
}

type Parts = ReturnType<typeof openParts>;
type Source = Awaited<ReturnType<Parts['source']>> | Error;

const good = (name: string, found: string, hint: string | null = null): Check => ({ name, state: 'good', found, hint });
const poor = (name: string, found: string, hint: string | null): Check => ({ name, state: 'poor', found, hint });
const bad = (name: string, found: string, hint: string | null): Check => ({ name, state: 'bad', found, hint });
/** What could not be looked at, with the hint of the error where it has one. */
const failed = (name: string, error: unknown, state: 'poor' | 'bad', hint: string): Check => ({
  name,
  state,
  found: (error as Error).message,
  hint: (error as { hint?: string | null }).hint ?? hint,
});
/** What is said of a model server that was not contacted. */
const contactHint = (online: boolean): string | null => (online ? null : '`pilcrow doctor --online` asks whether it answers.');

function runtime(): Check {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [leastMajor, leastMinor] = OLDEST_NODE;
  return major > leastMajor || (major === leastMajor && minor >= leastMinor)
    ? good('Node.js', process.versions.node)
    : bad('Node.js', process.versions.node, `Pilcrow needs ${OLDEST_NODE.join('.')} or newer.`);
}
/** `engines` of package.json. */
const OLDEST_NODE = [20, 19] as const;

async function nativeModule(parts: Parts): Promise<Check> {
  const native = await parts.native();
  if (native.available) return good('hnswlib-node', 'the native module works');
  return poor(
    'hnswlib-node',
    native.reason ?? 'not available',
    'Every vector is compared instead: right, but slower from about 20,000 paragraphs.',
  );
}

async function embeddings(config: Config, parts: Parts, source: Source, online: boolean): Promise<Check[]> {
  if (source instanceof Error) return [failed('embeddings', source, 'poor', 'Questions are matched by words alone.')];
  if (!config.embedding) {
    const { id, dimensions } = await source.open();
    return [good('embeddings', `${id}, ${dimensions} dimensions`)];
  }
  const local = await parts.local().catch((error: Error) => error);
  return [
    good('embeddings', `${source.name} at ${server(config.embedding)}`, contactHint(online)),
    ...unencrypted('embeddings', config.embedding),
    ...(local instanceof Error ? [failed('word vectors', local, 'poor', 'Answers are chosen less well.')] : []),
  ];
}

function chatModel({ chat, check, answer }: Config, online: boolean): Check[] {
  if (!chat) return [good('chat model', 'none: answers are quotations')];
  const how = `at most ${answer.milliseconds / 1000} s an answer, ${check ? `read again by ${check.model}` : 'not read again'}`;
  return [good('chat model', `${chat.model} at ${server(chat)}, ${how}`, contactHint(online)), ...unencrypted('chat model', chat)];
}

function unusedSettings({ unused }: Config): Check[] {
  if (unused.length === 0) return [];
  return [
    poor(
      'unused',
      `${unused.join(', ')}: set, but no model that would use ${unused.length === 1 ? 'it' : 'them'} is named`,
      'Nothing is sent anywhere. Set PILCROW_CHAT_MODEL or PILCROW_EMBEDDING_MODEL to use a model.',
    ),
  ];
}

/** The index that answers: whether it is there and whole, made with the model of now, read by whom, and of the files as they are. */
async function liveIndex(config: Config, parts: Parts, source: Source, files: string[] | Error): Promise<Check[]> {
  const reader = await parts.index().catch((error: Error) => error);
  if (reader === null) return [bad('index', `none in ${config.database ? 'the database' : config.index}`, 'Run `pilcrow ingest`.')];
  if (reader instanceof Error) return [failed('index', reader, 'bad', 'Run `pilcrow ingest` to rebuild it.')];
  const { info } = reader;
  const checks = [
    good(
      'index',
      `${info.id}, ${info.briefings} ${info.briefings === 1 ? 'briefing' : 'briefings'}, ${info.paragraphs} paragraphs, made ${info.created} with ${info.embedder}`,
    ),
  ];
  const damage = parts.damaged();
  if (damage)
    checks.push(
      bad(
        'index',
        `the newest one, ${damage.live}, is damaged and ${damage.served} answers in its place: ${damage.why}`,
        'Run `pilcrow ingest`; what changed since is not answered.',
      ),
    );
  if (!(source instanceof Error) && (await source.of(info).catch(() => null)) === null)
    checks.push(
      poor(
        'match',
        `the index was made with ${info.embedder}, not ${source.name}`,
        'Run `pilcrow ingest`; until then questions are matched by words alone.',
      ),
    );
  checks.push(await readers(config, reader));
  if (!(files instanceof Error)) checks.push(await freshness(config.corpus, files, reader));
  await reader.close();
  return checks;
}

function address({ host, port, publicUrl }: Config): Check {
  const name = host.includes(':') ? `[${host}]` : host;
  return good('address', `http://${name}:${port}${publicUrl ? `, reached as ${publicUrl}` : ''}`);
}

/** Who may ask; a service that others reach and everybody may ask is worth a word. */
function access(config: Config): Check {
  try {
    const { required, warnings } = whoMayAsk(config, openKeys(config));
    if (required) return good('access', whoSayWhoTheyAre(config).join(', '));
    if (!isReachedByOthers(config)) return good('access', 'whoever uses this machine');
    return poor('access', warnings[0] as string, 'Make keys with `pilcrow key create` and set PILCROW_ACCESS=keys.');
  } catch (error) {
    return failed('access', error, 'bad', 'See docs/operate.md.');
  }
}

function whoSayWhoTheyAre({ oidc, proxies }: Config): string[] {
  const list = [];
  if (oidc?.clientId) list.push(`whoever ${new URL(oidc.issuer).host} signs in`);
  if (oidc?.audience) list.push(`its tokens for ${oidc.audience}`);
  if (proxies.userHeader) list.push(`whoever ${proxies.addresses.join(', ')} names in ${proxies.userHeader}`);
  list.push('whoever has a key; `pilcrow key list` shows them');
  return list;
}

/** For how long questions are kept, and whether some are left of a time when they were. */
async function keeping(config: Config): Promise<Check> {
  const { questionDays } = config.keep;
  if (questionDays !== null)
    return {
      name: 'questions',
      state: 'good',
      found: `kept for ${questionDays} ${questionDays === 1 ? 'day' : 'days'}; pages and widget say so`,
      hint: 'Programs that ask for people have to say so themselves.',
    };
  const left = await openQuestionLog(config)
    .list()
    .then(
      (kept) => kept.length,
      () => 0,
    );
  return left === 0
    ? { name: 'questions', state: 'good', found: 'not kept', hint: null }
    : {
        name: 'questions',
        state: 'poor',
        found: `not kept any more, but ${left} that were are still there`,
        hint: '`pilcrow log purge --all` removes them.',
      };
}

/** A server as it may be shown: the scheme matters, the path may not be anybody's business. */
const server = ({ baseUrl, apiKey }: ModelConfig) => `${new URL(baseUrl).host}${apiKey ? ', with a key' : ', without a key'}`;

function unencrypted(name: string, { baseUrl, baseUrlFrom }: ModelConfig): Check[] {
  const { protocol, hostname } = new URL(baseUrl);
  if (protocol === 'https:' || /^(?:localhost|127\.[\d.]+|\[::1\])$/.test(hostname)) return [];
  return [
    {
      name,
      state: 'poor',
      found: `${hostname} is reached without encryption`,
      hint: `Questions, passages and the key can be read on the way; set ${baseUrlFrom} to https:// unless the network is yours.`,
    },
  ];
}

/** Asks each configured model server for as little as shows that it works. */
async function reach(config: Config, parts: Parts, signal?: AbortSignal): Promise<Check[]> {
  const look = async (name: string, work: () => Promise<string>): Promise<Check> => {
    const started = performance.now();
    try {
      return { name, state: 'good', found: `${await work()}, after ${Math.round(performance.now() - started)} ms`, hint: null };
    } catch (error) {
      const { message, hint = null } = error as { message: string; hint?: string | null };
      return { name, state: 'poor', found: message, hint };
    }
  };
  const checks: Check[] = [];
  if (config.chat) {
    checks.push(
      await look('chat reached', async () => {
        const chat = await parts.chat();
        for await (const _ of chat?.stream([{ role: 'user', content: 'Say OK.' }], { signal }) ?? []) return 'it answers';
        return 'it answers';
      }),
    );
  }
  if (config.embedding) {
    checks.push(
      await look('embeds reached', async () => {
        // Opening asks for a vector only where the length is not set, so one is asked for in any case.
        const embedder = await (await parts.source()).open();
        await embedder.embedQuery('harbour');
        return `${embedder.dimensions} dimensions`;
      }),
    );
  }
  return checks;
}

/** Files of the corpus, relative, with forward slashes; hidden ones are no briefings. */
async function corpusFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      relative(folder, join(entry.parentPath ?? entry.path, entry.name))
        .split(sep)
        .join('/'),
    )
    .filter((file) => file !== OVERRIDES_FILE && file !== ACCESS_FILE && !file.split('/').some((part) => part.startsWith('.')));
}

/** Who may read what, as the index has it; whether it is as the corpus says now, an ingest decides. */
async function readers(config: Config, reader: IndexReader): Promise<Check> {
  const { briefings, of, groups } = await restricted({ index: async () => reader });
  const name = 'readers';
  const rules = await checkAccessRules(config).catch((error: Error & { hint?: string }) => error);
  if (rules instanceof Error) return { name, state: 'bad', found: rules.message, hint: rules.hint ?? null };
  if (briefings === 0) return { name, state: 'good', found: 'every briefing is for everyone who may ask', hint: null };
  return {
    name,
    state: 'good',
    found: `${briefings} of ${of} briefings are for some groups only: ${groups.join(', ') || 'nobody is in any'}`,
    hint: null,
  };
}

/** Whether the index holds what is in the corpus now, by the hashes of the files. */
async function freshness(folder: string, files: string[], reader: IndexReader): Promise<Check> {
  const indexed = new Map((await reader.briefings()).map((briefing) => [briefing.source, briefing.sha256]));
  const changed: string[] = [];
  for (const [file, sha256] of indexed) {
    const now = await readFile(join(folder, file)).then(
      (bytes) => createHash('sha256').update(bytes).digest('hex'),
      () => null,
    );
    if (now !== sha256) changed.push(now === null ? `${file} is gone` : `${file} changed`);
  }
  for (const file of files) if (!indexed.has(file)) changed.push(`${file} is not in it`);
  if (changed.length === 0) return { name: 'freshness', state: 'good', found: 'the index holds the corpus as it is', hint: null };
  const more = changed.length > 5 ? ` and ${changed.length - 5} more` : '';
  return {
    name: 'freshness',
    state: 'poor',
    found: `${changed.slice(0, 5).join(', ')}${more}`,
    hint: 'Run `pilcrow ingest`; a file it cannot read it names.',
  };
}
