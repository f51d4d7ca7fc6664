/**
 * Whether a service answers while hostile documents are taken in:
 *   npm run build && npx tsx bench/documents/responsive.ts [SECONDS]
 * Serves the shipped corpus, asks and looks at its health in turns, alone and then while `pilcrow ingest` reads a folder of bombs, loops
 * and damaged files (the same that tests/ingest/hostile.test.ts reads) again and again. Prints the median and the 99th percentile of both
 * and their ratio. PILCROW_WORKERS is handed on to the service. Traffic goes to loopback only.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { writeHostile } from '../../tests/fixtures/hostile.ts';

const seconds = Number(process.argv[2] ?? 30);
const MAIN = resolve('dist/cli/main.js');
const home = mkdtempSync(join(tmpdir(), 'pilcrow-responsive-'));
const { PATH, PILCROW_WORKERS } = process.env;
const env = { PATH, HOME: home, PILCROW_ACCESS: 'open', PILCROW_PORT: '0', ...(PILCROW_WORKERS && { PILCROW_WORKERS }) };
const QUESTIONS = [
  'How many Conventions has China ratified?',
  'When was the Beijing office established?',
  'Which projects does China fund?',
];

function pilcrow(args: string[]): ChildProcess {
  return spawn(process.execPath, [MAIN, ...args], { cwd: home, env, stdio: ['ignore', 'pipe', 'pipe'] });
}
const ended = (child: ChildProcess) => new Promise<number | null>((done) => child.on('close', done));

/** The address a serving process prints. */
const addressOf = (child: ChildProcess) =>
  new Promise<string>((found, reject) => {
    let printed = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (data) => {
        printed += data;
        const match = /http:\/\/(?:127\.0\.0\.1|localhost):\d+/.exec(printed);
        if (match) found(match[0]);
      });
    child.on('close', () => reject(new Error(printed)));
  });

/** Milliseconds of each request for some seconds, one after the other of both kinds. */
async function measure(address: string, going: () => boolean): Promise<{ health: number[]; ask: number[] }> {
  const times = { health: [] as number[], ask: [] as number[] };
  for (let turn = 0; going(); turn++) {
    const began = performance.now();
    const question = QUESTIONS[turn % QUESTIONS.length] as string;
    const reply =
      turn % 2 === 0
        ? await fetch(`${address}/healthz`)
        : await fetch(`${address}/v1/ask`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ question }),
          });
    await reply.text();
    if (reply.ok) (turn % 2 === 0 ? times.health : times.ask).push(performance.now() - began);
    await new Promise((next) => setTimeout(next, reply.status === 429 ? 500 : 20));
  }
  return times;
}

const at = (list: number[], share: number) =>
  [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))] as number;
const told = (list: number[]) => `median ${at(list, 0.5).toFixed(1)} ms, p99 ${at(list, 0.99).toFixed(1)} ms of ${list.length}`;

const running = new Set<ChildProcess>();
try {
  cpSync('corpus', join(home, 'corpus'), { recursive: true });
  const hostile = join(home, 'hostile');
  writeHostile(hostile);
  if ((await ended(pilcrow(['ingest', 'corpus', '--index', 'i']))) !== 0) throw new Error('The corpus cannot be ingested.');
  const server = pilcrow(['serve', '--index', 'i', '--port', '0']);
  running.add(server);
  const address = await addressOf(server);
  const until = (milliseconds: number) => {
    const end = performance.now() + milliseconds;
    return () => performance.now() < end;
  };
  await measure(address, until(3000));
  const alone = await measure(address, until(seconds * 1000));
  let ingests = 0;
  let stop = false;
  const load = (async () => {
    while (!stop) {
      const child = pilcrow(['ingest', hostile, '--index', 'h']);
      running.add(child);
      await ended(child);
      running.delete(child);
      // Without what it remembers it has to read them all again.
      rmSync(join(home, 'h'), { recursive: true, force: true });
      ingests++;
    }
  })();
  const beside = await measure(address, until(seconds * 1000));
  stop = true;
  for (const child of running) if (child !== server) child.kill('SIGKILL');
  await load;
  for (const kind of ['health', 'ask'] as const) {
    console.log(
      `${kind}: alone ${told(alone[kind])}; beside ${ingests} hostile ingests ${told(beside[kind])}; p99 ${(at(beside[kind], 0.99) / at(alone[kind], 0.99)).toFixed(1)} times`,
    );
  }
} finally {
  for (const child of running) child.kill('SIGKILL');
  rmSync(home, { recursive: true, force: true });
}
