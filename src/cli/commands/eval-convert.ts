import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { pilcrowError } from '../../core/errors.ts';
import {
  casesToJsonLines,
  casesToYaml,
  documentToMarkdown,
  type EvalCase,
  exportPromptfoo,
  exportRagas,
  type Imported,
  importBeir,
  importParagraphs,
  importPromptfoo,
  loadCases,
  readObservations,
} from '../../eval/index.ts';
import type { CommandContext } from '../command.ts';
import { EXIT } from '../output.ts';
import { oneLine } from '../terminal.ts';

type Options = Record<string, unknown>;

/** Writes cases, and with --briefings the documents, of another tool's data set. */
export async function runImport(
  { output, json }: CommandContext,
  options: Options,
  format: string,
  source: string,
  target: string,
): Promise<number> {
  const { cases, documents, notes } = await readImport(format, source, options);
  if (cases.length === 0) throw pilcrowError('bad_request', 'There is no question in it that can be scored.', { hint: notes.join('; ') });
  await write(target, castCases(cases, target));
  const folder = options.briefings as string | undefined;
  if (folder) for (const document of documents) await write(join(folder, `${document.name}.md`), documentToMarkdown(document));
  if (json) output.json({ cases: cases.length, documents: folder ? documents.length : 0, notes });
  else {
    output.line(`${cases.length} cases in ${oneLine(target)}${folder ? `, ${documents.length} briefings in ${oneLine(folder)}` : ''}`);
    if (!folder && documents.length > 0) output.note(`It brings ${documents.length} documents: --briefings <folder> writes them.`);
    for (const note of notes) output.note(`  ${oneLine(note)}`);
  }
  return EXIT.ok;
}

async function readImport(format: string, source: string, options: Options): Promise<Imported> {
  const at = (file: string) => readText(join(source, file));
  if (format === 'paragraphs') return importParagraphs(await at('documents.jsonl'), await at('questions.jsonl'));
  if (format === 'beir')
    return importBeir(await at('corpus.jsonl'), await at('queries.jsonl'), await at(join('qrels', `${options.split}.tsv`)));
  if (format === 'promptfoo') return importPromptfoo(await readText(source));
  throw pilcrowError('bad_request', `There is no format “${format}”.`, { hint: 'Formats are paragraphs, beir and promptfoo.' });
}

/** Writes cases as promptfoo tests, YAML or JSONL, or results as ragas rows. */
export async function runExport(
  { output, json }: CommandContext,
  options: Options,
  format: string,
  source: string,
  target: string,
): Promise<number> {
  const { cases } = await loadCases(source);
  let text: string;
  if (format === 'promptfoo') text = exportPromptfoo(cases, options.target as string);
  else if (format === 'jsonl') text = casesToJsonLines(cases);
  else if (format === 'yaml') text = casesToYaml(cases);
  else if (format === 'ragas') {
    if (typeof options.results !== 'string')
      throw pilcrowError('bad_request', 'ragas rows hold answers: name the results of a run with --results.');
    const rows = exportRagas(cases, readObservations(await readText(options.results)));
    text = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  } else throw pilcrowError('bad_request', `There is no format “${format}”.`, { hint: 'Formats are promptfoo, ragas, jsonl and yaml.' });
  await write(target, text);
  if (json) output.json({ cases: cases.length, file: target });
  else output.line(`${cases.length} cases in ${oneLine(target)}`);
  return EXIT.ok;
}

const castCases = (cases: readonly EvalCase[], file: string): string =>
  /^\.(?:jsonl|ndjson)$/i.test(extname(file)) ? casesToJsonLines(cases) : casesToYaml(cases);

async function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: Error) => {
    throw pilcrowError('bad_request', `${file} cannot be read.`, { hint: error.message, cause: error });
  });
}

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}
