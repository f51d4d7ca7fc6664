/**
 * Two services that share an index in PostgreSQL, asked without pause while a third process publishes; one of them is killed and the
 * database is restarted in the middle:
 * `npx tsx bench/postgres/replicas.ts --database <url> --schema <name> --data <folder> --restart '<command>' [--questions 12]
 * [--every 20]`; the last: one of so many briefings is changed each time.
 *
 * The schema has to hold an index (`pilcrow copy`, or an ingest with DATABASE_URL). Every answer is held against the one a process of its
 * own gives over the same snapshot while nothing happens. Ends with 1 when one differs, or an error is none that says to try again.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { connectPostgres } from '../../src/adapters/postgres/connect.ts';
import { createPostgresStore } from '../../src/adapters/postgres/store.ts';
import { createPilcrow } from '../../src/compose.ts';
import { readConfig } from '../../src/config.ts';
import { isPilcrowError } from '../../src/core/errors.ts';
import type { Answer } from '../../src/core/model.ts';
import { quantile } from '../../src/eval/metrics/statistics.ts';
import { argument, needDataFolder, readSet } from '../data.ts';

interface Told {
  question: number;
  at: number;
  milliseconds: number;
  snapshot?: string;
  shown?: string;
  error?: string;
  retryable?: boolean;
}

const url = argument('database') as string;
const schema = argument('schema') as string;
const config = readConfig({ DATABASE_URL: url, PILCROW_DATABASE_SCHEMA: schema, PILCROW_DATABASE_SECONDS: '60', PILCROW_LOG: 'silent' });
const shownOf = ({ status, sentences, citations }: Answer): string =>
  JSON.stringify([status, sentences.map(({ text }) => text), citations.map(({ paragraph, start, end }) => [paragraph, start, end])]);

async function replica(): Promise<void> {
  const questions = JSON.parse(argument('asked') as string) as string[];
  const pilcrow = await createPilcrow(config);
  for (let at = Number(argument('first')); ; at++) {
    const question = at % questions.length;
    const began = performance.now();
    const told: Told = { question, at: Date.now(), milliseconds: 0 };
    try {
      const answer = await pilcrow.ask({ question: questions[question] as string });
      Object.assign(told, { snapshot: answer.snapshot, shown: shownOf(answer) });
    } catch (error) {
      Object.assign(told, {
        error: isPilcrowError(error) ? `${error.code} (${error.message})` : String(error),
        retryable: isPilcrowError(error) && error.retryable,
      });
    }
    told.milliseconds = performance.now() - began;
    process.stdout.write(`${JSON.stringify(told)}\n`);
    // A refused connection fails within a millisecond.
    if (told.error) await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function lead(): Promise<void> {
  const data = needDataFolder();
  const all = ['squad2', 'clapnq'].flatMap((set) => readSet(data, set).questions.map(({ question }) => question.trim()));
  const wanted = Number(argument('questions') ?? 12);
  const every = Number(argument('every') ?? 20);
  const say = (text: string) => console.log(`${new Date().toISOString().slice(11, 19)} ${text}`);
  const questions = Array.from({ length: wanted }, (_, at) => all[Math.floor((at * all.length) / wanted)] as string);
  const expected = new Map<string, string[]>();
  const answersNow = async (): Promise<string> => {
    const pilcrow = await createPilcrow(config);
    const shown: string[] = [];
    let snapshot = '';
    const walls: number[] = [];
    // The first of a process loads and compiles.
    await pilcrow.ask({ question: questions[0] as string });
    for (const question of questions) {
      const began = performance.now();
      const answer = await pilcrow.ask({ question });
      walls.push(performance.now() - began);
      snapshot = answer.snapshot;
      shown.push(shownOf(answer));
    }
    const { chunks } = (await pilcrow.index()).info;
    await pilcrow.close();
    expected.set(snapshot, shown);
    say(
      `${chunks} chunks, asked one after the other: p50 ${quantile(walls, 0.5)?.toFixed(0)} ms, p95 ${quantile(walls, 0.95)?.toFixed(0)} ms`,
    );
    return snapshot;
  };
  const told: Told[][] = [[], []];
  const start = (at: number): ChildProcess => {
    const args = ['--import', 'tsx', 'bench/postgres/replicas.ts', '--replica', '--database', url, '--schema', schema];
    const child = spawn(process.execPath, [...args, '--asked', JSON.stringify(questions), '--first', String(at * 5)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => told[at]?.push(JSON.parse(line) as Told));
    return child;
  };
  const until = async (what: string, holds: () => boolean, seconds = 600): Promise<void> => {
    for (const end = Date.now() + seconds * 1000; !holds(); await new Promise((resolve) => setTimeout(resolve, 200))) {
      if (Date.now() > end) throw new Error(`Waited in vain: ${what}.`);
    }
  };
  const answered = (at: number, snapshot?: string, since = 0) =>
    told[at]?.filter((one) => one.shown && one.at >= since && (!snapshot || one.snapshot === snapshot)).length ?? 0;

  /** Publishes the live snapshot with some briefings changed, the others taken over; `amid` is called when half of the changed are written. */
  async function publish(mark: string, amid: () => Promise<void>): Promise<string> {
    const began = performance.now();
    const store = createPostgresStore({ database: connectPostgres({ url, connections: 2, statementMilliseconds: 60_000 }), schema });
    const reader = await store.open();
    if (!reader) throw new Error('The schema holds no index.');
    const { id, embedder, dimensions } = reader.info;
    const writer = await store.write({ id: embedder, dimensions });
    try {
      const all = await reader.briefings();
      const changed = all.filter((_, at) => at % every === 3);
      for (const [at, briefing] of changed.entries()) {
        const [text, paragraphs, chunks] = await Promise.all([
          reader.text(briefing.id),
          reader.paragraphsOf(briefing.id),
          reader.chunksOf(briefing.id),
        ]);
        const known = await writer.cached(chunks.map(({ hash }) => hash));
        const sourceMap: [number, number, number][] = [[0, 0, briefing.length]];
        const title = `${briefing.title} ${mark}`;
        const entry = { briefing: { ...briefing, title }, text: text ?? '', sourceMap, paragraphs, chunks };
        await writer.add(
          entry,
          chunks.map(({ hash }) => known.get(hash) as Float32Array),
        );
        if (at + 1 === Math.floor(changed.length / 2)) await amid();
      }
      const revised = new Set(changed);
      for (const one of all) if (!revised.has(one) && !(await writer.keep?.(one.id, id))) throw new Error(`${one.id} was not taken over.`);
      const snapshot = await writer.commit(await reader.abbreviations(), await reader.gone());
      say(`  ${changed.length} of ${all.length} briefings changed, in ${((performance.now() - began) / 1000).toFixed(1)} s`);
      return snapshot;
    } finally {
      await writer.discard().catch(() => undefined);
      await reader.close();
      await store.close();
    }
  }

  async function sizes(): Promise<void> {
    const database = connectPostgres({ url, connections: 1, statementMilliseconds: 60_000 });
    const tables = await database.query<{ name: string; bytes: number }>(
      `select c.relname as name, case when c.relkind = 'r' then pg_table_size(c.oid) else pg_relation_size(c.oid) end::float8 as bytes
       from pg_class c where c.relnamespace = to_regnamespace($1) and c.relkind in ('r', 'i') order by 2 desc`,
      [schema],
    );
    await database.close();
    const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
    say(
      `on disk ${megabytes(tables.reduce((sum, { bytes }) => sum + bytes, 0))}: ${tables
        .slice(0, 8)
        .map(({ name, bytes }) => `${name} ${megabytes(bytes)}`)
        .join(', ')}`,
    );
  }

  await sizes();
  const first = await answersNow();
  say(`snapshot ${first}; ${questions.length} questions answered while nothing happens`);
  const replicas = [start(0), start(1)];
  try {
    await until('both answer', () => answered(0) >= 3 && answered(1) >= 3);
    say('both services answer');
    const second = await publish('revised', async () => {
      await until('answers while half is written', () => answered(0) >= 5 && answered(1) >= 5);
      replicas[0]?.kill('SIGKILL');
      say(`one killed after ${answered(0)} answers`);
    });
    const published = Date.now();
    say(`published ${second}`);
    await until('the other one takes it up', () => answered(1, second) >= 1);
    const taken = told[1]?.find((one) => one.snapshot === second)?.at as number;
    say(`taken up: the first question answered from it began ${taken - published} ms after publication`);
    await answersNow();
    await until('answers from it', () => answered(1, second) >= questions.length);

    let restarted = 0;
    const failed = await publish('again', async () => {
      restarted = Date.now();
      say('the database is restarted');
      await new Promise<void>((resolve, reject) => {
        spawn('sh', ['-c', argument('restart') as string], { stdio: 'ignore' }).on('exit', (code) =>
          code === 0 ? resolve() : reject(new Error(`The restart ended with ${code}.`)),
        );
      });
      say(`it is there again after ${Date.now() - restarted} ms`);
    }).catch((error) => error as Error);
    say(
      `the writer: ${failed instanceof Error ? `${isPilcrowError(failed) ? failed.code : ''} "${failed.message}"` : `published ${failed}`}`,
    );
    await until('answers after the restart', () => answered(1, second, restarted) >= questions.length);
    replicas[0] = start(0);
    const third = await publish('once more', async () => {});
    say(`published ${third}`);
    await answersNow();
    await until('both answer from it', () => answered(0, third) >= questions.length && answered(1, third) >= questions.length);
    // What the service that lived through it could not answer.
    const failures = told[1]?.filter((one) => one.error && one.at >= restarted) ?? [];
    const from = failures[0]?.at ?? 0;
    const back = (told[1]?.find((one) => one.shown && one.at > (failures.at(-1)?.at ?? 0))?.at ?? 0) - from;

    const results = told.flat();
    const errors = results.filter(({ error }) => error);
    const right = results.filter(({ shown, snapshot, question }) => shown && expected.get(snapshot as string)?.[question] === shown);
    const wrong = results.length - errors.length - right.length;
    const fine = right.map(({ milliseconds }) => milliseconds);
    say(`${results.length} questions: ${right.length} answered as expected, ${wrong} otherwise, ${errors.length} errors`);
    const kindOf = ({ error, retryable }: Told) => `${error}, retryable: ${retryable}`;
    for (const kind of new Set(errors.map(kindOf))) {
      const those = errors.filter((one) => kindOf(one) === kind);
      const times = those.map(({ at }) => ((at - restarted) / 1000).toFixed(1));
      say(`  ${those.length} × ${kind}; begun ${times[0]} to ${times.at(-1)} s after the restart began`);
    }
    say(
      `errors took at most ${Math.max(0, ...errors.map(({ milliseconds }) => milliseconds)).toFixed(0)} ms; ${failures.length === 0 ? 'none failed' : `from the first that failed to the next that was answered: ${back} ms`}`,
    );
    say(`answers: p50 ${quantile(fine, 0.5)?.toFixed(0)} ms, p95 ${quantile(fine, 0.95)?.toFixed(0)} ms`);
    process.exitCode = wrong > 0 || errors.some(({ retryable }) => !retryable) ? 1 : 0;
  } finally {
    for (const one of replicas) one.kill('SIGKILL');
  }
}

if (process.argv.includes('--replica')) await replica();
else await lead();
