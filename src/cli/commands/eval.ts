import type { Command } from 'commander';
import type { CommandAction } from '../command.ts';

const collect = (value: string, list: string[] = []) => [...list, value];
const JSON_FLAG = ['--json', 'write JSON for programs'] as const;
const CORPUS = ['--corpus <folder>', 'briefings to ingest into a temporary index and ask'] as const;
const INDEX = ['--index <folder>', 'index to ask (PILCROW_INDEX)'] as const;

/** `pilcrow eval` and what is below it; the work is loaded only when one of them runs. */
export function declareEval(program: Command, run: CommandAction): void {
  const group = program
    .command('eval')
    .description('measure answers against cases: run, lint, compare, import, export')
    .addHelpText(
      'after',
      `
Examples:
  pilcrow eval run evals/cases/tune.yaml --corpus corpus --report report.html
  pilcrow eval run --gate evals/gate.yaml --corpus corpus
  pilcrow eval run cases.yaml --target https://ask.example.org
  pilcrow eval run cases.yaml --target https://llm.example.org/v1/chat/completions --model some-model
  pilcrow eval lint evals/cases/*.yaml --corpus corpus

Exit codes: 0 passed, 1 quality (a gate, a lint or a comparison failed), 2 wrong usage, 3 the target cannot be reached.`,
    );

  group
    .command('run')
    .description('put the cases to this engine or to a service, score the answers, report and gate')
    .argument('[cases...]', 'case files (YAML or JSONL); with --gate they default to its suites')
    .option(...CORPUS)
    .option(...INDEX)
    .option('--target <address>', 'a service to ask over HTTP instead')
    .option('--protocol <which>', 'ask (POST /v1/ask) or openai (chat completions); default by the address')
    .option('--model <name>', 'model asked for over chat completions', 'default')
    .option('--header-file <file>', 'lines "name: value" sent with every request, e.g. an authorization')
    .option('--timeout <seconds>', 'longest wait for one answer', '60')
    .option('--concurrency <number>', 'questions under way at once; default 1 in process, 4 over HTTP')
    .option('--ablate <variants>', 'also run with stages left out: lexical,vector,hybrid,full')
    .option('--written', 'let the configured chat model write the answers; it is called for every case')
    .option('--tag <tag>', 'only cases with this tag (repeatable)', collect)
    .option('--only <id>', 'only this case (repeatable)', collect)
    .option('--blind', 'keep single results out of every report')
    .option('--results <file>', 'keep answers in this JSONL file and go on from it when interrupted')
    .option('--restart', 'begin the results file anew')
    .option('--report <file>', 'write a report; .html, .md, .json or .xml (JUnit) by its name (repeatable)', collect)
    .option('--baseline <file>', 'compare with this baseline')
    .option('--update-baseline', 'write the baseline anew from this run')
    .option('--gate <file>', 'check floors and the baseline; exit with 1 when one is missed')
    .option('--judge <address>', 'also ask a chat model for its opinion (advisory, cached)')
    .option('--judge-model <name>', 'model of --judge', 'default')
    .option('--judge-cache <file>', 'where opinions are kept', '.pilcrow-judge.jsonl')
    .option(...JSON_FLAG)
    .action(run(() => import('./eval-run.ts')));

  group
    .command('lint')
    .description('check case files: format, ids, regular expressions, and that every quote occurs exactly once')
    .argument('<cases...>', 'case files')
    .option(...CORPUS)
    .option(...INDEX)
    .option('--other-wording', 'the corpus words the editions otherwise: look for anchors, not quotes')
    .option(...JSON_FLAG)
    .action(run(() => import('./eval-lint.ts')));

  group
    .command('compare')
    .description('compare two baselines case by case')
    .argument('<before>', 'a baseline')
    .argument('<after>', 'another one')
    .option(...JSON_FLAG)
    .action(run(() => import('./eval-compare.ts')));

  group
    .command('import')
    .description("turn another tool's data set into cases")
    .argument('<format>', 'paragraphs (documents.jsonl and questions.jsonl), beir, or promptfoo')
    .argument('<source>', 'folder of the data set, or file of tests')
    .argument('<cases>', 'case file to write: .yaml or .jsonl')
    .option('--briefings <folder>', 'write the documents of the data set there, to be ingested')
    .option('--split <name>', 'qrels of BEIR to read', 'test')
    .option(...JSON_FLAG)
    .action(run(() => import('./eval-convert.ts').then(({ runImport }) => ({ run: runImport }))));

  group
    .command('export')
    .description("write cases or results in another tool's format")
    .argument('<format>', 'promptfoo, ragas, jsonl or yaml')
    .argument('<cases>', 'case file')
    .argument('<file>', 'file to write')
    .option('--results <file>', 'results of a run, which ragas needs')
    .option('--target <address>', 'service the promptfoo configuration asks', 'http://127.0.0.1:8787')
    .option(...JSON_FLAG)
    .action(run(() => import('./eval-convert.ts').then(({ runExport }) => ({ run: runExport }))));

  for (const command of group.commands) command.exitOverride();
}
