/**
 * The built service under load, in a process of its own, asked over loopback:
 * `npx tsx bench/load.ts [--connections 50] [--seconds 60] [--streams 200] [--minutes 10]
 * [--workers 2] [--hang]`.
 *
 * 1. `--streams` streams are opened whose answers wait for a model that says nothing. 2. For `--seconds` every one of `--connections`
 * asks one question after the other; in the middle a changed briefing is ingested. 3. For `--minutes` four of them go on, for what
 * memory does. 4. All of them ask again, and after three seconds the service gets SIGTERM.
 *
 * With `--hang` questions that never end are asked all through 2., in a service in whose threads reading one word never ends.
 *
 * Said are replies by status, what broke off, how many questions the service kept beside how many it answered, latencies, the delay of
 * the event loop as `/metrics` has it, memory, and CPU time beside wall time: on a machine that others use too only the former
 * compares. A process that does nothing measures the delay of its event loop beside the service: what the machine alone costs. Results: docs/operate.md.
 */
import { execFileSync, spawn } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { argument } from './data.ts';
import { ask, type Reply } from './load/client.ts';
import { HOLD, holdingModel } from './load/model.ts';

const number = (name: string, fallback: number) => Number(argument(name) ?? fallback);
const connections = number('connections', 50);
const seconds = number('seconds', 60);
const streams = number('streams', 200);
const minutes = number('minutes', 10);
const workers = argument('workers');
const hangs = process.argv.includes('--hang');
/** The word that is never read to its end, and how often it is asked for, milliseconds after the one before. */
const TRAP = 'zyzzyva';
const TRAP_PAUSE = 3000;
/** Connections that go on while memory is watched. */
const FEW = 4;

const main = resolve('dist/cli/main.js');
const folder = mkdtempSync(join(tmpdir(), 'pilcrow-load-'));
const model = await holdingModel();
const env = {
  PATH: process.env.PATH,
  HOME: folder,
  PILCROW_ACCESS: 'keys',
  PILCROW_QUESTION_LOG_DAYS: '1',
  PILCROW_CHAT_MODEL: 'held',
  OPENAI_BASE_URL: model.url,
  PILCROW_ANSWER_SECONDS: '300',
  // As many as are held here and asked beside them.
  PILCROW_QUESTIONS_RUNNING: String(streams + connections + 10),
  PILCROW_STOP_SECONDS: '20',
};
if (workers !== null) Object.assign(env, { PILCROW_WORKERS: workers });
writeFileSync(
  join(folder, 'trap.mjs'),
  `import { isMainThread } from 'node:worker_threads';
const { normalize } = String.prototype;
if (!isMainThread) String.prototype.normalize = function (...given) {
  if (this.includes('${TRAP}')) for (;;);
  return normalize.apply(this, given);
};`,
);
const command = (...args: string[]) =>
  // The questions that were kept are some megabytes.
  execFileSync(process.execPath, [main, ...args], { cwd: folder, env, encoding: 'utf8', maxBuffer: 1 << 28 });
const sleep = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));
const questions = (parse(readFileSync('evals/cases/tune.yaml', 'utf8')) as { question: string }[]).map(({ question }) => question);

cpSync('corpus', join(folder, 'corpus'), { recursive: true });
command('ingest');
const key = JSON.parse(command('key', 'create', '--name', 'load', '--scope', 'admin', '--json')).key as string;
const idle = spawn(process.execPath, [resolve('bench/load/idle.mjs')], { stdio: ['pipe', 'pipe', 'inherit'] });
let idle99: number[] = [];
idle.stdout.setEncoding('utf8').on('data', (text: string) => idle99.push(...text.trim().split('\n').map(Number)));
const node = hangs ? ['--import', join(folder, 'trap.mjs')] : [];
const service = spawn(process.execPath, [...node, main, 'serve', '--port', '0', '--json'], { cwd: folder, env });
let errors = '';
service.stderr.on('data', (part) => (errors += part));
let told = Number.POSITIVE_INFINITY;
const ended = new Promise<number | null>((done) =>
  service.on('exit', (code, signal) => {
    if (told === Number.POSITIVE_INFINITY) console.error(`The service ended by itself (${signal ?? code}): ${errors.slice(-2000)}`);
    done(code);
  }),
);
const url = await new Promise<string>((found, failed) => {
  let text = '';
  service.stdout.on('data', (part) => {
    text += part;
    try {
      found(JSON.parse(text).url);
    } catch {
      // Not whole yet.
    }
  });
  void ended.then(() => failed(new Error(`The service ended: ${errors}`)));
});

/** Seconds of CPU the service has used; NaN where the system does not say. */
const cpuSeconds = (): number => {
  try {
    const fields = readFileSync(`/proc/${service.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return Number.NaN;
  }
};
/** Milliseconds the serving thread computed and waited for a core. */
const servingThread = (): [number, number] => {
  try {
    const [ran, waited] = readFileSync(`/proc/${service.pid}/task/${service.pid}/schedstat`, 'utf8').split(' ');
    return [Number(ran) / 1e6, Number(waited) / 1e6];
  } catch {
    return [Number.NaN, Number.NaN];
  }
};
interface Sample {
  second: number;
  loop99: number;
  loopMost: number;
  heap: number;
  resident: number;
}
const samples: Sample[] = [];
const began = performance.now();
async function sample(): Promise<Sample> {
  const text = await (await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${key}` } })).text();
  const value = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
  const one = {
    second: Math.round((performance.now() - began) / 1000),
    loop99: value('nodejs_eventloop_lag_p99_seconds') * 1000,
    loopMost: value('nodejs_eventloop_lag_max_seconds') * 1000,
    heap: value('nodejs_heap_size_used_bytes') / 1e6,
    resident: value('process_resident_memory_bytes') / 1e6,
  };
  samples.push(one);
  return one;
}

const replies: Reply[] = [];
let next = 0;
const agents: Agent[] = [];
/** One connection that asks until it is told to stop, or fails. */
async function asker(goOn: () => boolean, into: Reply[]): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  agents.push(agent);
  while (goOn()) {
    const question = questions[next++ % questions.length] as string;
    const reply = await ask({ url, key, question, agent });
    into.push(reply);
    if (reply.error) break;
  }
  agent.destroy();
}
const sorted = (list: Reply[]) => list.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
const part = (list: number[], share: number) => list[Math.min(list.length - 1, Math.floor(list.length * share))]?.toFixed(0);
const tally = (list: Reply[]) => {
  const counts: Record<string, number> = {};
  for (const { status, whole, error } of list) {
    const name = error ? `${error}${status ? ' within a reply' : ''}` : `${status}${whole ? '' : ' cut off'}`;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return JSON.stringify(counts);
};
const report = (line: string) => console.log(line);

try {
  report(
    `${cpus().length} cores, load ${loadavg()
      .map((one) => one.toFixed(1))
      .join(' ')} before it began, Node.js ${process.version}`,
  );
  for (const question of questions.slice(0, 20)) await ask({ url, key, question, agent: new Agent() });
  await sample();

  // 1. Idle streams.
  const held: Promise<Reply>[] = [];
  const waiting: Promise<void>[] = [];
  for (let stream = 0; stream < streams; stream++) {
    const question = `${questions[stream % questions.length]} ${HOLD}`;
    waiting.push(
      new Promise((opened) => {
        const agent = new Agent();
        held.push(ask({ url, key, question, agent, onEvents: (text) => text.includes('event: passages') && opened() }));
        void held.at(-1)?.then(() => opened());
      }),
    );
  }
  await Promise.all(waiting);
  report(`${streams} streams are open; memory ${(await sample()).resident.toFixed(0)} MB`);

  // 2. Many ask, and an index is published.
  const cpuBefore = cpuSeconds();
  const servingBefore = servingThread();
  idle99 = [];
  const wallBefore = performance.now();
  const until = wallBefore + seconds * 1000;
  const many = Array.from({ length: connections }, () => asker(() => performance.now() < until, replies));
  const trapped: Reply[] = [];
  const trapping = (async () => {
    while (hangs && performance.now() < until) {
      trapped.push(await ask({ url, key, question: `What of the ${TRAP}?`, agent: new Agent() }));
      await sleep(TRAP_PAUSE);
    }
  })();
  const looking = setInterval(() => void sample(), 5000);
  await sleep(seconds * 500);
  const snapshotOf = (reply: Reply | undefined) => (reply?.status === 200 ? (JSON.parse(reply.body).snapshot as string) : null);
  const old = snapshotOf(replies.at(-1));
  const [file = ''] = readdirSync(join(folder, 'corpus')).filter((name) => name.endsWith('.md'));
  appendFileSync(join(folder, 'corpus', file), '\n\nThe archive has a canteen with sixty seats.\n');
  const ingest = spawn(process.execPath, [main, 'ingest'], { cwd: folder, env, stdio: 'ignore' });
  const ingested = new Promise<number | null>((done) => ingest.on('exit', done));
  await Promise.all(many);
  await trapping;
  const code = await ingested;
  clearInterval(looking);
  const wall = (performance.now() - wallBefore) / 1000;
  const cpu = cpuSeconds() - cpuBefore;
  const times = sorted(replies);
  const loops = samples.slice(2);
  report(`${replies.length} questions by ${connections} connections in ${wall.toFixed(0)} s: ${tally(replies)}`);
  report(
    `  ${(replies.length / wall).toFixed(0)} a second; CPU ${cpu.toFixed(1)} s, ${((cpu / replies.length) * 1000).toFixed(1)} ms a question; ms: median ${part(times, 0.5)}, p95 ${part(times, 0.95)}, p99 ${part(times, 0.99)}, most ${part(times, 1)}`,
  );
  report(
    `  event loop: p99 ${Math.max(...loops.map(({ loop99 }) => loop99)).toFixed(0)} ms at worst in five seconds, median of them ${loops
      .map(({ loop99 }) => loop99)
      .sort((a, b) => a - b)
      [loops.length >> 1]?.toFixed(0)} ms, most ${Math.max(...loops.map(({ loopMost }) => loopMost)).toFixed(0)} ms`,
  );
  const [ran, waited] = servingThread();
  const idles = [...idle99].sort((a, b) => a - b);
  report(
    `  a process that does nothing: p99 ${idles.at(-1)?.toFixed(0)} ms at worst in five seconds, median of them ${idles[idles.length >> 1]?.toFixed(0)} ms`,
  );
  report(
    `  the serving thread computed ${((ran - servingBefore[0]) / replies.length).toFixed(2)} ms a question, ${((ran - servingBefore[0]) / wall / 10).toFixed(0)} % of a core, and waited for one ${((waited - servingBefore[1]) / wall / 10).toFixed(0)} % of the time`,
  );
  if (hangs) report(`  ${trapped.length} questions that never end: ${tally(trapped)}`);
  // It is opened beside the one that answers.
  const seats = 'How many seats does the canteen of the archive have?';
  let last = await ask({ url, key, question: seats, agent: new Agent() });
  let asked = 1;
  for (; asked < 30 && snapshotOf(last) === old; asked++) {
    await sleep(1000);
    last = await ask({ url, key, question: seats, agent: new Agent() });
  }
  report(`  ingest in the middle: exit ${code}; snapshot ${old} before, ${snapshotOf(last)} after`);

  // 3. Memory.
  if (minutes > 0) {
    const stop = performance.now() + minutes * 60_000;
    const memory: Reply[] = [];
    const few = Array.from({ length: FEW }, () => asker(() => performance.now() < stop, memory));
    const from = samples.length;
    while (performance.now() < stop) {
      await sleep(Math.min(15_000, Math.max(0, stop - performance.now())));
      await sample();
    }
    await Promise.all(few);
    replies.push(...memory);
    const over = samples.slice(from);
    const half = over.slice(over.length >> 1);
    const least = (list: Sample[], of: 'heap' | 'resident') => Math.min(...list.map((one) => one[of])).toFixed(0);
    const most = (list: Sample[], of: 'heap' | 'resident') => Math.max(...list.map((one) => one[of])).toFixed(0);
    report(`${minutes} minutes more, ${memory.length} questions by ${FEW}: ${tally(memory)}`);
    for (const [name, list] of [
      ['first', over.slice(0, over.length >> 1)],
      ['second', half],
    ] as const)
      report(
        `  ${name} half: heap ${least(list, 'heap')} to ${most(list, 'heap')} MB, resident ${least(list, 'resident')} to ${most(list, 'resident')} MB`,
      );
  }

  // 4. It is told to stop while all ask.
  const stopping: Reply[] = [];
  const going = Array.from({ length: connections }, () => asker(() => true, stopping));
  await sleep(3000);
  const before = stopping.length;
  told = performance.now();
  service.kill('SIGTERM');
  const exit = await ended;
  const took = ((performance.now() - told) / 1000).toFixed(1);
  await Promise.all(going);
  const streamed = await Promise.all(held);
  const finished = streamed.filter(({ whole, body }) => whole && body.includes('event: answer'));
  report(`SIGTERM: exit ${exit} after ${took} s; ${before} replies before, after it ${tally(stopping.slice(before))}`);
  report(
    `  of ${streams} streams ${finished.length} ended with an answer; of the others ${tally(streamed.filter((one) => !finished.includes(one)))}`,
  );

  // Nothing is lost: what was answered is what was kept.
  const answered = [...replies, ...stopping, ...streamed].filter(({ status, whole }) => status === 200 && whole).length + 20 + asked;
  const kept = command('log', 'export').trim().split('\n').length;
  report(`Questions kept: ${kept}, answered: ${answered}`);
  const log = errors.trim();
  report(
    `Lines of the log: ${log === '' ? 0 : log.split('\n').length}${log === '' ? '' : `, the first: ${log.split('\n')[0]?.slice(0, 200)}`}`,
  );
  report(
    `Load at the end ${loadavg()
      .map((one) => one.toFixed(1))
      .join(' ')}`,
  );
} finally {
  told = 0;
  service.kill('SIGKILL');
  idle.kill();
  for (const agent of agents) agent.destroy();
  model.close();
  rmSync(folder, { recursive: true, force: true });
}
