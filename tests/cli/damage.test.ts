import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run, start } from './helper.ts';

const folder = mkdtempSync(join(tmpdir(), 'pilcrow-damage-'));
const corpus = (figure: string) =>
  `---\ntitle: The depot\nedition: 2024\n---\n\n# The depot\n\nThe depot holds ${figure} buoys of steel.\n`;
const QUESTION = 'How many buoys of steel does the depot hold?';

beforeAll(async () => {
  for (const figure of ['310', '420']) {
    writeFileSync(join(folder, 'depot.md'), corpus(figure));
    expect((await run(['ingest', '.', '--index', 'sound'], { cwd: folder })).code).toBe(0);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(['texts.jsonl', 'briefings.json', 'paragraphs.jsonl', 'manifest.json'])('a newest index whose %s is damaged', (file) => {
  it('is said wherever somebody looks: in the answer, by the doctor, in the state and the log of the service', async () => {
    const index = `damaged-${file}`;
    cpSync(join(folder, 'sound'), join(folder, index), { recursive: true });
    const newest = readFileSync(join(folder, index, 'current'), 'utf8').trim();
    appendFileSync(join(folder, index, 'snapshots', newest, file), '\u0000');

    const asked = await run(['ask', QUESTION, '--json', '--index', index], { cwd: folder });
    const answer = JSON.parse(asked.stdout);
    expect(answer.answer).toContain('310');
    expect(answer.notes[0].text).toContain('The newest index is damaged');

    const doctor = await run(['doctor', '--json', '--index', index], { cwd: folder });
    expect(doctor.code).toBe(1);
    expect(JSON.parse(doctor.stdout).checks).toContainEqual(
      expect.objectContaining({ name: 'index', state: 'bad', found: expect.stringContaining(`${newest}, is damaged`) }),
    );

    const server = start(['serve', '--port', '0', '--json', '--index', index], { cwd: folder });
    const { url } = JSON.parse((await server.printed(/^\{[\s\S]*\n\}/))[0]);
    const { warnings } = await (await fetch(`${url}/readyz`)).json();
    expect(warnings).toEqual([expect.stringContaining('the one before it answers')]);
    const streamed = await fetch(`${url}/v1/ask`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ question: QUESTION }),
    });
    const events = await streamed.text();
    expect(events.match(/event: note\n/g)).toHaveLength(1);
    server.stop();
    const { stderr } = await server.ended;
    expect(JSON.parse(stderr.trim().split('\n')[0] as string)).toMatchObject({ level: 'error', message: expect.stringContaining(newest) });
  }, 90_000);
});

it('whoever asks is told in their language', async () => {
  cpSync(join(folder, 'sound'), join(folder, 'told'), { recursive: true });
  const newest = readFileSync(join(folder, 'told', 'current'), 'utf8').trim();
  appendFileSync(join(folder, 'told', 'snapshots', newest, 'texts.jsonl'), '\u0000');
  const asked = await run(['ask', 'Combien de bouées le dépôt contient-il ?', '--json', '--index', 'told'], { cwd: folder });
  expect(JSON.parse(asked.stdout).notes[0].text).toMatch(/^L’index le plus récent est endommagé/);
});

it('a sound one is not complained about', async () => {
  const answer = JSON.parse((await run(['ask', QUESTION, '--json', '--index', 'sound'], { cwd: folder })).stdout);
  expect(answer.answer).toContain('420');
  expect(answer.notes.map(({ text }: { text: string }) => text).join()).not.toContain('damaged');
  expect((await run(['doctor', '--index', 'sound'], { cwd: folder })).code).toBe(0);
});
