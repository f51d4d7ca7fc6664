/**
 * Sentences as people write them, against the checks: how many true ones are shown, how many false ones, and how often the paragraph
 * shown as proof is the wrong one. Reads the folders given, those below `bench/claims/natural` by default. The writer gives no
 * numbers, the right ones or wrong ones.
 *
 *   npx tsx bench/claims/natural.ts [folder …] [--list] [--false] [--ablate]
 *
 * `--list` prints what went wrong, `--false` the false ones shown as well; `--ablate` tells for each check what it would come to if it
 * refused, raised a doubt or were off, and what the choice between these is worth on cases that it was not made on.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { createStaticEmbedder } from '../../src/adapters/static-embedder.ts';
import { type Checked, createVerifier, type Finding, type Source } from '../../src/ask/verify/verify.ts';
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
const given = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const own = join(fileURLToPath(new URL('.', import.meta.url)), 'natural');
const folders = given.length > 0 ? given : readdirSync(own).map((name) => join(own, name));
const embedder = await createStaticEmbedder();
const wordVectors = localVectors(embedder).word;

const casesIn = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .flatMap((name) => parse(readFileSync(join(folder, name), 'utf8')) as NaturalCase[]);

/** The date in an edition as people name it: "2024-02 provisional", "No. 14, 2023", "season 2025-26". */
const dateOf = (edition: string | number | null | undefined): string | null =>
  /(?:19|20)\d{2}(?:-(?:0[1-9]|1[0-2])(?:-\d{2})?(?!\d))?/.exec(String(edition ?? ''))?.[0] ?? null;

/** Paragraphs of one title are editions of one thing; the latest date is the newest. */
function sourcesOf({ paragraphs }: NaturalCase): Source[] {
  const latest = new Map<string, string>();
  for (const { title, edition } of paragraphs)
    if ((dateOf(edition) ?? '') > (latest.get(title) ?? '')) latest.set(title, dateOf(edition) as string);
  return paragraphs.map(({ id, title, edition, headings = [], text }) => ({
    id,
    text,
    headings,
    title,
    series: title,
    edition: dateOf(edition),
    newest: !edition || latest.get(title) === dateOf(edition),
    language: detectLanguage(text) === 'und' ? 'en' : detectLanguage(text),
    lead: null,
  }));
}

/** Sentences are written as of the latest edition at hand. */
const todayOf = ({ paragraphs }: NaturalCase) => {
  const latest =
    paragraphs
      .map(({ edition }) => dateOf(edition) ?? '')
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
type Numbers = 'no numbers' | 'the right numbers' | 'wrong numbers';

/** Blocks as a writer would number them: those that carry it, or one that does not. */
function namedBy(numbers: Numbers, { paragraphs }: NaturalCase, { cites, near = [] }: Row['sentence']): string[] {
  const right = cites ?? near;
  if (numbers === 'no numbers') return [];
  if (numbers === 'the right numbers') return right;
  return paragraphs
    .map(({ id }) => id)
    .filter((id) => !right.includes(id))
    .slice(0, 1);
}

const rowsOf = (cases: readonly NaturalCase[], numbers: Numbers): Row[] =>
  cases.flatMap((one) => {
    const sources = sourcesOf(one);
    const verifier = createVerifier(sources, {
      language: sources[0]?.language ?? 'en',
      today: todayOf(one),
      question: one.question,
      wordVectors,
    });
    return one.sentences.map((sentence) => {
      const blocks = namedBy(numbers, one, sentence).map((id) => [id]);
      return { one, sentence, checked: verifier.check({ text: sentence.text, blocks }) };
    });
  });

const isTrue = ({ sentence }: Row) => yes(sentence.true);
const notRefused = ({ checked }: Row) => checked.verdict !== 'refused';
const clear = (row: Row) => notRefused(row) && row.checked.doubts.length === 0;
const passes = (row: Row) => notRefused(row) && yes(row.sentence.reader);
const part = (some: readonly Row[], of: readonly Row[]) =>
  of.length === 0 ? '–' : `${some.length} of ${of.length} (${((100 * some.length) / of.length).toFixed(1)} %)`;

function measure(name: string, cases: readonly NaturalCase[], numbers: Numbers): void {
  const rows = rowsOf(cases, numbers);
  const trues = rows.filter(isTrue);
  const falses = rows.filter((row) => !isTrue(row));
  const ids = ({ checked }: Row) => checked.carriers.map((carrier) => carrier.paragraph);
  const shown = trues.filter(notRefused);
  // Nothing of what it rests on is cited.
  const wrong = shown.filter((row) => !ids(row).some((id) => row.sentence.cites?.includes(id)));
  const more = shown.filter((row) => !wrong.includes(row) && ids(row).some((id) => !row.sentence.cites?.includes(id)));
  const fewer = shown.filter((row) => !wrong.includes(row) && row.sentence.cites?.some((id) => !ids(row).includes(id)));
  const line = (what: string, show: (row: Row) => boolean) =>
    console.log(`${what}: true ${part(trues.filter(show), trues)}; false ${part(falses.filter(show), falses)}`);
  console.log(`\n${name}, writer gives ${numbers}: ${cases.length} cases`);
  line('not refused by code', notRefused);
  line('shown with the second reader', passes);
  line('not refused and no doubt', clear);
  console.log(`cited: wrong paragraph ${part(wrong, shown)}; one too many ${more.length}; one missing ${fewer.length}`);
  const read = rows.filter(({ sentence }) => sentence.reader === undefined).length;
  if (read > 0) console.log(`without a judgement, taken for no: ${read}`);
  if (numbers !== 'no numbers') return;
  const kinds = [...new Set(falses.map(({ sentence }) => sentence.kind ?? '?'))].sort();
  for (const kind of kinds) {
    const those = falses.filter(({ sentence }) => sentence.kind === kind);
    console.log(`  ${kind}: not refused ${part(those.filter(notRefused), those)}, and no doubt ${those.filter(clear).length}`);
  }
  if (!flags.includes('--list')) return;
  const tell = (what: string, { one, sentence, checked }: Row) =>
    console.log(
      `${what} ${one.id} | ${sentence.text} | ${[...checked.refusals.map((one) => `${one.kind} "${one.value}"`), ...checked.doubts.map((one) => `?${one.kind} "${one.value}"`)].join(' ')} | ${checked.carriers.map((carrier) => carrier.paragraph).join(' ')} for ${(sentence.cites ?? sentence.near ?? []).join(' ')}`,
    );
  for (const row of trues) if (!clear(row)) tell(notRefused(row) ? 'DOUBTED' : 'LOST', row);
  for (const row of wrong) tell('WRONG', row);
  for (const row of more) tell('MORE', row);
  for (const row of fewer) tell('FEWER', row);
  if (flags.includes('--false')) for (const row of falses) tell(`FALSE ${sentenceKind(row)}`, row);
}
const sentenceKind = ({ sentence }: Row) => sentence.kind ?? '?';

type Weight = 'refuses' | 'doubts' | 'off';
const WEIGHTS: readonly Weight[] = ['refuses', 'doubts', 'off'];
/** A check, and whether it is sure of what it found. */
const slotsOf = ({ checked: { refusals, doubts } }: Row) => {
  const name = (sure: string) => (finding: Finding) => `${finding.kind}${sure}`;
  return [...refusals.map(name('')), ...doubts.map(name(', unsure'))];
};
/** What a row comes to when each check weighs as a table says. */
const verdictOf = (row: Row, table: ReadonlyMap<string, Weight>) => {
  const weights = slotsOf(row).map((slot) => table.get(slot));
  return { refused: weights.includes('refuses'), doubted: weights.includes('doubts') };
};
/** A check refuses when, where it was measured, it finds so many lies for each truth; a doubt is raised at so many. */
const LIES_FOR_A_TRUTH = { refuses: 4, doubts: 1.5 };
const FOLDS = 10;

/** What each check is worth as a refusal, as a doubt and switched off; and what choosing by these counts gives on other cases. */
function ablate(rows: readonly Row[]): void {
  const [trues, falses] = [rows.filter(isTrue), rows.filter((row) => !isTrue(row))];
  const slots = [...new Set(rows.flatMap(slotsOf))].sort();
  const now = new Map<string, Weight>(slots.map((slot) => [slot, slot.endsWith(', unsure') ? 'doubts' : 'refuses']));
  const counts = (table: ReadonlyMap<string, Weight>) => {
    const count = (list: readonly Row[], show: (row: Row) => boolean) => list.filter(show).length;
    const refused = (row: Row) => verdictOf(row, table).refused;
    const withheld = (row: Row) => refused(row) || verdictOf(row, table).doubted;
    const shown = (row: Row) => !refused(row) && yes(row.sentence.reader);
    return [refused, withheld, (row: Row) => !shown(row)].flatMap((show) => [count(trues, show), count(falses, show)]);
  };
  console.log(`\n${trues.length} true, ${falses.length} false; as it is: ${counts(now).join(' ')}`);
  console.log('| check | finds it in: true, false | as | refused by code: true, false | refused or doubted | not shown with the reader |');
  for (const slot of slots) {
    const found = (list: readonly Row[]) => list.filter((row) => slotsOf(row).includes(slot)).length;
    for (const weight of WEIGHTS) {
      const [a, b, c, d, e, f] = counts(new Map([...now, [slot, weight]]));
      const is = now.get(slot) === weight ? '**' : '';
      console.log(`| ${slot} | ${found(trues)}, ${found(falses)} | ${is}${weight}${is} | ${a}, ${b} | ${c}, ${d} | ${e}, ${f} |`);
    }
  }
  const ids = [...new Set(rows.map(({ one }) => one.id))];
  const chosen = (from: readonly Row[]) =>
    new Map(
      slots.map((slot): [string, Weight] => {
        const has = from.filter((row) => slotsOf(row).includes(slot));
        const [truths, lies] = [has.filter(isTrue).length, has.filter((row) => !isTrue(row)).length];
        const ratio = lies / Math.max(1, truths);
        return [slot, lies > 0 && ratio >= LIES_FOR_A_TRUTH.refuses ? 'refuses' : ratio >= LIES_FOR_A_TRUTH.doubts ? 'doubts' : 'off'];
      }),
    );
  const left = ids.map((_, at) => at % FOLDS);
  const tables = Array.from({ length: FOLDS }, (_, fold) => chosen(rows.filter(({ one }) => left[ids.indexOf(one.id)] !== fold)));
  const tally = { trueRefused: 0, falseRefused: 0, trueWithheld: 0, falseWithheld: 0, trueUnread: 0, falseShown: 0 };
  for (const row of rows) {
    const { refused, doubted } = verdictOf(row, tables[left[ids.indexOf(row.one.id)] as number] as Map<string, Weight>);
    const side = isTrue(row) ? 'true' : 'false';
    if (refused) tally[`${side}Refused`]++;
    if (refused || doubted) tally[`${side}Withheld`]++;
    if (side === 'true' && (refused || !yes(row.sentence.reader))) tally.trueUnread++;
    if (side === 'false' && !refused && yes(row.sentence.reader)) tally.falseShown++;
  }
  console.log(`chosen on nine tenths of the cases, measured on the others: ${JSON.stringify(tally)}`);
  console.log(`chosen on all: ${[...chosen(rows)].map(([slot, weight]) => `${slot}: ${weight}`).join('; ')}`);
}

if (flags.includes('--ablate')) ablate(rowsOf(folders.flatMap(casesIn), 'no numbers'));
else
  for (const folder of folders)
    for (const numbers of ['no numbers', 'the right numbers', 'wrong numbers'] as const)
      measure(folder.split('/').at(-1) as string, casesIn(folder), numbers);
