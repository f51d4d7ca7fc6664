/**
 * Small talk of other people that trains nothing, as a message is read: `npx tsx bench/talk-others.ts --kept <file> [--show <language>]`. The file has
 * a language, a kind and a message a line: of each intent of Personality Chat some sentences that were kept aside (docs/conversation.md). Counts what
 * is told to be talk, to be of its kind, and in its language.
 */
import { readFileSync } from 'node:fs';
import { recognise } from '../src/ask/talk/recognise.ts';
import { argument } from './data.ts';

const show = argument('show');
const kept = argument('kept');
if (!kept) {
  console.error('Say where the sentences are that were kept aside: --kept <file>.');
  process.exit(1);
}
const counts = new Map<string, { all: number; talk: number; kind: number; language: number }>();
for (const line of readFileSync(kept, 'utf8').trim().split('\n')) {
  const [language, kind, message] = line.split('\t') as [string, string, string];
  const said = recognise(message, false);
  // Who tells of themselves is greeted.
  const isKind = said !== null && (said.kind === kind || (kind === 'aside' && said.kind === 'greeting'));
  for (const row of ['all', language, `: ${kind}`]) {
    const { all, talk, kind: right, language: spoken } = counts.get(row) ?? { all: 0, talk: 0, kind: 0, language: 0 };
    counts.set(row, {
      all: all + 1,
      talk: talk + Number(said !== null),
      kind: right + Number(isKind),
      language: spoken + Number(said?.language === language),
    });
  }
  if (show === language && !isKind) console.log(`  ${kind} → ${said?.kind ?? 'question'}: ${message}`);
}
for (const [row, { all, talk, kind, language }] of counts)
  console.log(`${row.padEnd(18)} ${String(all).padStart(5)}: talk ${talk}, of its kind ${kind}, in its language ${language}`);
