/** Examples of talk and of questions: what bench/train-talk.ts trains on. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { KINDS, type SentenceKind, TALK_LANGUAGES } from '../../src/ask/talk/kinds.ts';
import { fold } from '../../src/core/text/tokens.ts';

/** One way of saying something, and the sentences it stands for. */
export interface Line {
  kind: SentenceKind;
  language: string;
  sentences: string[];
  /** What it says besides titles: words of these are words of talk. */
  words: string;
  /** How much of a word of talk each of its words is: one that the lines which have it make 1 of. */
  share: number;
  /** How many of its sentences an epoch of the training sees. */
  seen: number;
}

const MOST_SENTENCES = 200;

/** Shares of words that people wrote who had seen no code, and of those that others said of whatever they liked. Chosen: more would make words of talk of whatever people like to eat. */
const OF_PEOPLE = 1 / 2;
const OF_OTHERS = 1 / 5;
const SEEN_OF_PEOPLE = 2;

/**
 * The lines of a folder with a file for each language, of some with what people wrote, and of one with other people's. `without`: sentences that are
 * kept aside, folded.
 */
export function readExamples(folder: string, people: readonly string[], others: string | null, without: ReadonlySet<string>): Line[] {
  return [
    ...readOwn(folder, without),
    ...people.flatMap((one) => readPeople(one, without)),
    ...(others ? readBorrowed(others, without) : []),
  ];
}

/** Folders with what people wrote. */
export const peopleIn = (folder: string): string[] =>
  readdirSync(folder)
    .sort()
    .map((name) => join(folder, name));

/** A file for each language, with a kind and a message a line. What names something else than was named is no kind of its own: it leans. */
export function readPeople(folder: string, without: ReadonlySet<string>): Line[] {
  return TALK_LANGUAGES.filter((language) => existsSync(join(folder, `${language}.tsv`))).flatMap((language) =>
    readFileSync(join(folder, `${language}.tsv`), 'utf8')
      .trim()
      .split('\n')
      .flatMap((line): Line[] => {
        const [name = '', sentence = ''] = line.split('\t');
        const kind = (name === 'other' ? 'bare' : name) as SentenceKind;
        if (!KINDS.includes(kind) || sentence.trim() === '') throw new Error(`${folder}/${language}.tsv: ${line}`);
        if (without.has(plain(sentence))) return [];
        const share = WITH_A_SUBJECT.has(kind) ? 0 : OF_PEOPLE;
        return [{ kind, language, sentences: [sentence], words: sentence, share, seen: SEEN_OF_PEOPLE }];
      }),
  );
}
/** What these name is what the briefings may be about. */
const WITH_A_SUBJECT: ReadonlySet<SentenceKind> = new Set(['question', 'aside', 'summary']);

/** Sentences of a line that an epoch sees: the root of how many it stands for. */
const seenOf = (sentences: readonly string[]) => Math.ceil(Math.sqrt(sentences.length));

/** A heading begins a line there, and each line below is one of its sentences. */
function readBorrowed(folder: string, without: ReadonlySet<string>): Line[] {
  return TALK_LANGUAGES.filter((language) => existsSync(join(folder, `${language}.txt`))).flatMap((language) =>
    readFileSync(join(folder, `${language}.txt`), 'utf8')
      .split(/^(?=\[)/m)
      .filter((group) => group.startsWith('['))
      .map((group) => {
        const [heading, ...rest] = group.trim().split('\n');
        const kind = heading?.slice(1, -1) as SentenceKind;
        if (!KINDS.includes(kind)) throw new Error(`${folder}/${language}.txt: no kind ${heading}`);
        const sentences = rest.filter((sentence) => !without.has(plain(sentence)));
        return { kind, language, sentences, words: sentences.join(' '), share: OF_OTHERS, seen: seenOf(sentences) };
      })
      .filter(({ sentences }) => sentences.length > 0),
  );
}

function readOwn(folder: string, without: ReadonlySet<string>): Line[] {
  return TALK_LANGUAGES.flatMap((language) => {
    let kind: SentenceKind | null = null;
    return readFileSync(join(folder, `${language}.txt`), 'utf8')
      .split('\n')
      .flatMap((line): Line[] => {
        if (line.trim() === '' || line.startsWith('#')) return [];
        const heading = /^\[(\w+)\]$/.exec(line.trim());
        if (heading) {
          if (!KINDS.includes(heading[1] as SentenceKind)) throw new Error(`${language}.txt: no kind ${heading[1]}`);
          kind = heading[1] as SentenceKind;
          return [];
        }
        if (kind === null) throw new Error(`${language}.txt: a line before the first heading`);
        const sentences = spelled(line.trim()).filter((sentence) => !without.has(plain(sentence)));
        const words = line.replace(/\{[^}]*\}/g, ' ').replace(/[(|)]/g, ' ');
        return sentences.length > 0
          ? [{ kind, language, sentences, words, share: kind === 'question' ? 0 : 1, seen: seenOf(sentences) }]
          : [];
      });
  });
}

/** "(good|fine) day" is "good day" and "fine day"; of very many, some of all over. */
function spelled(line: string): string[] {
  const parts = line.split(/([({][^)}]*[)}])/).map((part) => (/^[({]/.test(part) ? part.slice(1, -1).split('|') : [part]));
  const all = parts.reduce((product, choices) => product * choices.length, 1);
  const sentences = Array.from({ length: Math.min(all, MOST_SENTENCES) }, (_, count) => {
    // Multiples of the golden ratio fall evenly.
    let left = all <= MOST_SENTENCES ? count : Math.floor(((count * 0.618033988749895) % 1) * all);
    return parts
      .map((choices) => {
        const choice = choices[left % choices.length] as string;
        left = Math.floor(left / choices.length);
        return choice;
      })
      .join('')
      .replace(/\s+/g, ' ')
      .trim();
  });
  return [...new Set(sentences)].filter((sentence) => sentence !== '');
}

/** A sentence as it is compared. */
export const plain = (sentence: string): string => (fold(sentence).match(/[\p{L}\p{N}]+/gu) ?? []).join(' ');

/** Questions of the project's own sets, each once. */
export function ownQuestions(): string[] {
  const found = new Set<string>();
  const yamlIn = (folder: string) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.yaml'))
      .sort()
      .map((file) => join(folder, file));
  // Conversations hold talk as well.
  for (const file of [...yamlIn('evals/cases'), ...yamlIn('evals/corpora')])
    for (const one of (parse(readFileSync(file, 'utf8')) ?? []) as { question?: string }[])
      if (typeof one?.question === 'string' && !file.endsWith('conversations.yaml')) found.add(one.question);
  for (const question of questionsOf('bench/answers/unseen,bench/answers/invented').map((one) => one.question)) found.add(question);
  return [...found];
}

/** A question of a set; `leans`: it has a history; `text`: all of the documents, folded, where they were asked for. */
interface SetQuestion {
  question: string;
  set: string;
  leans: boolean;
  text: string;
}

/** Questions of sets (`<set>/questions.jsonl`, documents beside it) in folders, which are separated by commas. */
export function questionsOf(folders: string, withText = false): SetQuestion[] {
  return folders.split(',').flatMap((folder) =>
    readdirSync(folder)
      .filter((set) => existsSync(join(folder, set, 'questions.jsonl')))
      .sort()
      .flatMap((set) => {
        const text = withText ? textOf(join(folder, set)) : '';
        return readFileSync(join(folder, set, 'questions.jsonl'), 'utf8')
          .split('\n')
          .filter((line) => line.trim() !== '')
          .map((line) => JSON.parse(line) as { question: string; history?: unknown[] })
          .map(({ question, history }) => ({ question, set, leans: (history?.length ?? 0) > 0, text }));
      }),
  );
}

const textOf = (folder: string): string =>
  fold(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /(?:\.md|\.txt|documents\.jsonl)$/.test(file) && !/README/.test(file) && statSync(join(folder, file)).isFile())
      .map((file) => readFileSync(join(folder, file), 'utf8'))
      .join('\n'),
  );
