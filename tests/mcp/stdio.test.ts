import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { StdioClientTransport as OlderTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { complaints, run, start } from '../cli/helper.ts';
import { temporaryCorpus } from '../fixtures/corpus.ts';
import { connect, connectHttp, GENERATIONS } from './helper.ts';

const folders = temporaryCorpus();
const MAIN = resolve('dist/cli/main.js');
const env = { PATH: process.env.PATH ?? '', HOME: folders.root };
beforeAll(async () => {
  expect(complaints((await run(['ingest'], { cwd: folders.root })).stderr)).toBe('');
});
afterAll(() => folders.remove());

describe.each(GENERATIONS)('a client of %s over standard input and output', (generation) => {
  const open = (index: string) => {
    const command = { command: process.execPath, args: [MAIN, 'mcp', '--index', index], cwd: folders.root, env };
    return connect(generation, { newer: () => new StdioClientTransport(command), older: () => new OlderTransport(command) });
  };

  test('asks, searches, reads and compares', async () => {
    const client = await open(folders.index);
    expect((await client.listTools()).tools).toHaveLength(4);
    const asked = await client.callTool({ name: 'ask', arguments: { question: 'How many harbours does Norland have?' } });
    expect(asked.content[0]!.text).toMatch(/^Norland has 9 harbours\. \[1\]/);
    const [citation] = asked.structuredContent.citations;
    // Without a public address a source is named by its resource, which can be read.
    expect(citation.url).toBeNull();
    expect(asked.content[0]!.text).toContain(citation.resource);
    const { contents } = await client.readResource({ uri: citation.resource });
    expect(contents[0]!.text).toContain(citation.quote);
    const found = await client.callTool({ name: 'search', arguments: { query: 'lighthouse at Cape Varde', limit: 1 } });
    expect(found.structuredContent.passages[0].text).toContain('1871');
    const read = await client.callTool({ name: 'get_paragraph', arguments: { id: citation.paragraph } });
    expect(read.structuredContent.paragraph.text).toContain('9 harbours');
    const compared = await client.callTool({ name: 'compare_editions' });
    expect(compared.structuredContent.changes).toContainEqual(
      expect.objectContaining({ kind: 'changed', values: [{ kind: 'figure', from: '12', to: '15' }] }),
    );
    await expect(client.readResource({ uri: 'pilcrow://briefings/none' })).rejects.toThrow(/no such briefing/);
  });

  test('is served before there is an index, and told what to do', async () => {
    const client = await open(resolve(folders.root, 'nowhere'));
    const { content, isError } = await client.callTool({ name: 'ask', arguments: { question: 'How many harbours?' } });
    expect(isError).toBe(true);
    expect(content[0]!.text).toContain('pilcrow ingest');
  });
});

test.each(GENERATIONS)('`serve` has the same at /mcp for a client of %s', async (generation) => {
  const service = start(['serve', '--port', '0'], { cwd: folders.root });
  const [, url] = await service.printed(/Pilcrow answers at (\S+)/);
  const client = await connectHttp(generation, url!);
  const { structuredContent } = await client.callTool({
    name: 'ask',
    arguments: { question: 'How high is the lighthouse at Cape Varde?' },
  });
  expect(structuredContent.answer).toContain('31 metres');
  expect(structuredContent.citations[0].url).toMatch(new RegExp(`^${url}/briefings/[\\w-]+#p\\d+$`));
  service.stop();
  expect((await service.ended).code).toBe(0);
});

const INITIALIZE = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'a test', version: '1' } },
};

/** The command by hand: what it writes where, and when it ends. */
function begin(more: Record<string, string> = {}) {
  const child = spawn(process.execPath, [MAIN, 'mcp'], { cwd: folders.root, env: { ...env, ...more } });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (part) => (stdout += part));
  child.stderr.setEncoding('utf8').on('data', (part) => (stderr += part));
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((done) =>
    child.on('close', (code) => done({ code, stdout, stderr })),
  );
  const answered = new Promise<void>((done) => child.stdout.once('data', () => done()));
  return { child, ended, answered };
}

test('it ends with the client, and wrote nothing but the protocol', async () => {
  const { child, ended, answered } = begin({ PILCROW_LOG: 'debug' });
  child.stdin.write(`not json\n${JSON.stringify(INITIALIZE)}\n`);
  await answered;
  child.stdin.end();
  const { code, stdout, stderr } = await ended;
  expect(code).toBe(0);
  const lines = stdout.trim().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ jsonrpc: '2.0', id: 1, result: { serverInfo: { name: 'pilcrow' } } }]);
  for (const line of stderr.trim().split('\n')) if (line) expect(JSON.parse(line)).toHaveProperty('level');
});

test('what packages print goes beside the protocol', async () => {
  // Prints as soon as the command has taken standard output for itself, and goes on.
  const noise = 'const own = console; setInterval(() => globalThis.console !== own && console.log("noise"), 5).unref()';
  const { child, ended, answered } = begin({ NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(noise)}` });
  child.stdin.write(`${JSON.stringify(INITIALIZE)}\n`);
  await answered;
  child.stdin.end();
  const { stdout, stderr } = await ended;
  expect(stderr).toContain('noise');
  for (const line of stdout.trim().split('\n')) expect(JSON.parse(line).jsonrpc).toBe('2.0');
});

test('it ends when it is told to', async () => {
  const { child, ended, answered } = begin();
  child.stdin.write(`${JSON.stringify(INITIALIZE)}\n`);
  await answered;
  child.kill('SIGTERM');
  const { code, stderr } = await ended;
  expect(stderr).toBe('');
  expect(code).toBe(0);
});
