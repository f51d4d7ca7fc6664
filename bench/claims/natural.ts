/**
 * Sentences as people write them, against the checks: how many true ones are shown, how many false ones, and how often the paragraph
 * shown as proof is the wrong one. Reads the files of `bench/claims/natural/tune`, or of the folder given; `--list` prints what went wrong (never for
 * a set that is kept aside).
 *
 *   npx tsx bench/claims/natural.ts [folder] [--list] [--vectors]
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { createStaticEmbedder } from '../../src/adapters/static-embedder.ts';
import { type Checked, createVerifier, type Source } from '../../src/ask/verify/verify.ts';
import { localVectors } from '../../src/ask/word-vectors.ts';
import { detectLanguage } from '../../src/core/text/language.ts';

interface NaturalCase {
  id: string;
  question: string;
  paragraphs: { id: string; title: string; edition?: string | number | null; headings?: string[]; text: string }[];
  sentences: { text: string; true: boolean | string; cites?: string[]; near?: string[]; kind?: string; reader?: boolean | string }[];
}

const yes = (value: boolean | string | undefined) => value === true || value === 'yes';
const flags = process.argv.slice(2).filter((argument) => argument.startsWith('--'));
const folder =
  process.argv.slice(2).find((argument) => !argument.startsWith('--')) ??
  join(fileURLToPath(new URL('.', import.meta.url)), 'natural/tune');
const list = flags.includes('--list');
const embedder = flags.includes('--words-alone') ? null : await createStaticEmbedder();
const wordVectors = embedder ? localVectors(embedder).word : null;

const cases = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .sort()
  .flatMap((name) => parse(readFileSync(join(folder, name), 'utf8')) as NaturalCase[]);

/** Paragraphs of one title are editions of one thing; the latest date is the newest. */
function sourcesOf({ paragraphs }: NaturalCase): Source[] {
  const latest = new Map<string, string>();
  for (const { title, edition } of paragraphs)
    if (edition && String(edition) > (latest.get(title) ?? '')) latest.set(title, String(edition));
  return paragraphs.map(({ id, title, edition, headings = [], text }) => ({
    id,
    text,
    headings,
    title,
    series: title,
    edition: edition ? String(edition) : null,
    newest: !edition || latest.get(title) === String(edition),
    language: detectLanguage(text) === 'und' ? 'en' : detectLanguage(text),
    lead: null,
  }));
}

/** Sentences are written as of the latest edition at hand. */
const todayOf = ({ paragraphs }: NaturalCase) => {
  const latest =
    paragraphs
      .map(({ edition }) => String(edition ?? ''))
      .sort()
      .at(-1) || '2025';
  return (
    `${latest}-06-15`.slice(0, 4) + (latest.length >= 7 ? latest.slice(4, 7) : '-06') + (latest.length >= 10 ? latest.slice(7, 10) : '-15')
  );
};

interface Row {
  one: NaturalCase;
  sentence: NaturalCase['sentences'][number];
  checked: Checked;
}

const clear = ({ checked }: Row) => checked.verdict !== 'refused' && checked.doubts.length === 0;
const notRefused = ({ checked }: Row) => checked.verdict !== 'refused';
const part = (some: number, of: number) => (of === 0 ? '–' : `${some} of ${of} (${((100 * some) / of).toFixed(1)} %)`);

type Numbers = 'no numbers' | 'the right numbers' | 'wrong numbers';

function measure(numbers: Numbers): void {
  const rows: Row[] = cases.flatMap((one) => {
    const sources = sourcesOf(one);
    const verifier = createVerifier(sources, {
      language: sources[0]?.language ?? 'en',
      today: todayOf(one),
      question: one.question,
      wordVectors,
    });
    return one.sentences.map((sentence) => {
      const right = sentence.cites ?? sentence.near ?? [];
      const named =
        numbers === 'no numbers'
          ? []
          : numbers === 'the right numbers'
            ? right
            : one.paragraphs
                .map(({ id }) => id)
                .filter((id) => !right.includes(id))
                .slice(0, 1);
      const checked = verifier.check({ text: sentence.text, blocks: named.map((id) => [id]) });
      return { one, sentence, checked };
    });
  });
  const trues = rows.filter(({ sentence }) => yes(sentence.true));
  const falses = rows.filter(({ sentence }) => !yes(sentence.true));
  const ids = ({ checked }: Row) => checked.carriers.map((carrier) => carrier.paragraph);
  const shown = trues.filter(notRefused);
  // Nothing of what it rests on is cited.
  const wrong = shown.filter((row) => !ids(row).some((id) => row.sentence.cites?.includes(id)));
  const more = shown.filter((row) => !wrong.includes(row) && ids(row).some((id) => !row.sentence.cites?.includes(id)));
  const fewer = shown.filter((row) => !wrong.includes(row) && row.sentence.cites?.some((id) => !ids(row).includes(id)));
  console.log(`\nWriter gives ${numbers}: ${cases.length} cases, ${trues.length} true, ${falses.length} false.`);
  console.log(
    `hard checks alone (nothing doubtful shown): true shown ${part(trues.filter(clear).length, trues.length)}; false shown ${part(falses.filter(clear).length, falses.length)}`,
  );
  console.log(
    `hard checks, doubtful ones left to the reader: true ${part(shown.length, trues.length)}; false ${part(falses.filter(notRefused).length, falses.length)}`,
  );
  console.log(`cited: wrong paragraph ${part(wrong.length, shown.length)}; one too many ${more.length}; one missing ${fewer.length}`);
  const read = rows.filter(({ sentence }) => sentence.reader !== undefined);
  const passes = (row: Row) => notRefused(row) && yes(row.sentence.reader);
  const [readTrue, readFalse] = [read.filter(({ sentence }) => yes(sentence.true)), read.filter(({ sentence }) => !yes(sentence.true))];
  console.log(
    `with the second reader (${read.length} judged): true shown ${part(readTrue.filter(passes).length, readTrue.length)}; false shown ${part(readFalse.filter(passes).length, readFalse.length)}; reader alone: true ${part(readTrue.filter((row) => yes(row.sentence.reader)).length, readTrue.length)}, false ${part(readFalse.filter((row) => yes(row.sentence.reader)).length, readFalse.length)}`,
  );
  const kinds = [...new Set(falses.map(({ sentence }) => sentence.kind ?? '?'))].sort();
  for (const kind of kinds) {
    const own = falses.filter(({ sentence }) => sentence.kind === kind);
    console.log(`  ${kind}: shown ${part(own.filter(clear).length, own.length)}, not refused ${own.filter(notRefused).length}`);
  }
  const reasons = new Map<string, [number, number]>();
  for (const row of rows) {
    const why = row.checked.reason ? [row.checked.reason.kind] : row.checked.doubts.map((doubt) => `doubt ${doubt.kind}`);
    for (const kind of why) {
      const entry = reasons.get(kind) ?? [0, 0];
      entry[yes(row.sentence.true) ? 0 : 1]++;
      reasons.set(kind, entry);
    }
  }
  for (const [kind, [a, b]] of [...reasons].sort()) console.log(`  why ${kind}: ${a} true, ${b} false`);
  if (!list) return;
  const line = (what: string, { one, sentence, checked }: Row) =>
    console.log(
      `${what} ${one.id} | ${sentence.text} | ${checked.reason ? `${checked.reason.kind} "${checked.reason.value}"` : checked.doubts.map((doubt) => `?${doubt.kind} "${doubt.value}"`).join(' ')} | ${checked.carriers.map((carrier) => carrier.paragraph).join(' ')} for ${(sentence.cites ?? sentence.near ?? []).join(' ')}`,
    );
  for (const row of trues) if (!clear(row)) line('LOST', row);
  for (const row of wrong) line('WRONG', row);
  for (const row of more) line('MORE', row);
  for (const row of fewer) line('FEWER', row);
  if (flags.includes('--false')) for (const row of falses) if (clear(row)) line(`SHOWN ${row.sentence.kind}`, row);
}

measure('no numbers');
measure('the right numbers');
measure('wrong numbers');
