import { isPilcrowError } from '../../core/errors.ts';
import type { ChatFailure, ChatMessage } from '../../core/ports.ts';
import { sliceCodePoints } from '../../core/text/codepoints.ts';
import { type Checked, createVerifier, type Finding, type Source } from '../verify/index.ts';
import { until, wholeReply } from './deadline.ts';
import { readSentences, sentenceReader, visibleLine, type WrittenSentence } from './parse.ts';
import {
  answerMessages,
  NOTHING,
  PARTLY,
  PROMPT_VERSION,
  type RefusedSentence,
  repairMessages,
  shownBlocks,
  type ToRead,
  translationMessages,
} from './prompt.ts';
import { type Judgement, readAgain } from './reader.ts';
import type { EvidenceBlock, ShownSentence, Withheld, WithheldKind, WriteInput, WriteResult, WrittenVerdict } from './records.ts';
import { wrongInTranslation } from './translate.ts';
import { LEANING, SAYS_NOTHING } from './words.ts';

export type * from './records.ts';

/** Sentences of one reply that are looked at, and characters; what comes after is not read. */
const MOST_SENTENCES = 12;
const REPLY_CHARACTERS = 20_000;
/** Tokens of a reply: eight sentences with their numbers take some 400, other scripts up to four times that. */
const REPLY_TOKENS = 1600;
/** Failures after which nothing more is asked for the same answer. */
const DOWN: ReadonlySet<ChatFailure> = new Set(['timeout', 'unavailable', 'rejected', 'resting']);
/** A line that opens a list. */
const OPENS = /[:：]$/u;
/** Paragraphs that such a line is cited to at most. */
const OPENING_CARRIERS = 8;
/** A line put right may become so many sentences. */
const REPAIRED_SENTENCES = 2;

/** A sentence on its way. */
interface Entry {
  text: string;
  checked: Checked;
  /** Numbers of the blocks it names; one with any is worth putting right. */
  named: readonly number[];
  /** It opens a list: it rests on what the list rests on, and is not shown without any of it. */
  opens: boolean;
  repaired: boolean;
  judgement: Judgement;
  translation: string | null;
}

/**
 * Has a model write an answer from blocks, checks each sentence as it comes, has refused ones put right once, has a second reader judge
 * the rest in one call, and shows them in the order written. Never waits beyond the deadline. Rejects only when the asker left.
 */
export async function writeAnswer(input: WriteInput): Promise<WriteResult> {
  const { language, asker, chat, deadline, today, reader } = input;
  const { rendered, labels } = shownBlocks(input.blocks);
  const shownOnes = input.blocks.filter((block) => labels.includes(block.label));
  const sources = shownOnes.flatMap(sourcesOf);
  const byId = new Map(sources.map((source) => [source.id, source]));
  const idsOf = new Map(shownOnes.map((block) => [block.label, block.paragraphs.map((paragraph) => paragraph.id)]));
  const options = {
    language,
    today,
    question: input.standalone,
    abbreviations: input.abbreviations ?? [],
    wordVectors: input.wordVectors ?? null,
  };
  const verifier = createVerifier(sources, options);
  const answer = answerMessages(input.standalone, rendered, language, today);
  const translates = asker !== language && asker !== 'und';
  const result: WriteResult = {
    sentences: [],
    withheld: [],
    nothing: false,
    partly: false,
    failure: null,
    reading: reader === null ? 'off' : 'none',
    inOtherLanguage: false,
    unknownNumbers: 0,
    calls: { write: 0, repair: 0, read: 0, translate: 0 },
    characters: { sent: 0, received: 0 },
    prompt: PROMPT_VERSION,
  };
  const entries: Entry[] = [];
  const seen = new Set<string>();
  let repairsOver = false;
  let readingOver = reader === null;
  let saidNothing = false;
  /** Entries before this one are shown or withheld. */
  let next = 0;
  let beforeIsShown = true;

  await write();
  entries.forEach(restOpening);
  if (result.failure === null) await repair();
  repairsOver = true;
  flush();
  const left = () => !deadline.signal.aborted && !(result.failure !== null && DOWN.has(result.failure));
  if (translates && left()) await translate();
  if (reader !== null && left()) await read();
  readingOver = true;
  flush();
  if (reader !== null && entries.some((entry) => mustBeRead(entry) && entry.judgement === null)) result.reading = 'failed';
  result.inOtherLanguage = translates && result.sentences.some((sentence) => !sentence.inAskersLanguage);
  result.nothing = saidNothing && result.sentences.length === 0;
  result.partly ||= saidNothing && result.sentences.length > 0;
  return result;

  async function write(): Promise<void> {
    const sentences = sentenceReader(language);
    let characters = 0;
    let taken = 0;
    const take = (sentence: WrittenSentence) => {
      if (taken++ < MOST_SENTENCES) add(sentence);
    };
    result.calls.write++;
    send(answer);
    try {
      for await (const delta of until(chat.stream(answer, { signal: deadline.signal, maxTokens: REPLY_TOKENS }), deadline.signal)) {
        const room = REPLY_CHARACTERS - characters;
        characters += delta.length;
        sentences.push(delta.slice(0, room)).forEach(take);
        if (taken >= MOST_SENTENCES || characters > REPLY_CHARACTERS) break;
      }
      // More than an answer can be: what was verified is shown, but nobody takes it for a whole answer.
      if (characters > REPLY_CHARACTERS) result.failure = 'nonsense';
      else sentences.end().forEach(take);
    } catch (error) {
      result.failure = failureOf(error);
      sentences.broken().forEach(take);
    }
    result.characters.received += characters;
  }

  /** Takes in a sentence of the reply; what says that the blocks do not say something is no statement of theirs. */
  function add({ text, markers }: WrittenSentence): void {
    if (text.includes(NOTHING)) {
      saidNothing = true;
      return;
    }
    if (result.partly && entries.length > 0 && markers.length === 0) return;
    if (text.startsWith(PARTLY)) {
      result.partly = true;
      return;
    }
    const entry = entryOf(text, markers);
    if (!entry) return;
    if (entry.checked.verdict !== 'quoted' && SAYS_NOTHING[language]?.test(text)) {
      result.partly = true;
      return;
    }
    entries.push(entry);
    flush();
  }

  function entryOf(text: string, markers: readonly number[]): Entry | null {
    const key = text.toLowerCase();
    if (seen.has(key)) return null;
    seen.add(key);
    const known = markers.filter((number) => idsOf.has(number));
    result.unknownNumbers += markers.length - known.length;
    const checked = verifier.check({
      text,
      blocks: known.map((number) => idsOf.get(number) as string[]),
    });
    const opens = OPENS.test(text);
    return { text, checked, named: known, opens, repaired: false, judgement: null, translation: null };
  }

  /** A line that opens a list and names no block is checked against the blocks of the list, and cited to what carries its items. */
  function restOpening(entry: Entry, at: number): void {
    if (!entry.opens || entry.named.length > 0) return;
    const items = itemsOf(at);
    const blocks = [...new Set(items.flatMap(({ named }) => named))].map((number) => idsOf.get(number) as string[]);
    if (blocks.length === 0) return;
    const ids = new Set(blocks.flat());
    const own = createVerifier(
      sources.filter(({ id }) => ids.has(id)),
      options,
    ).check({ text: entry.text, blocks });
    if (own.carriers.length === 0) return;
    const carriers = new Map(
      [...own.carriers, ...items.flatMap(({ checked }) => checked.carriers)].map((carrier) => [carrier.paragraph, carrier]),
    );
    entry.checked = { ...own, carriers: [...carriers.values()].slice(0, OPENING_CARRIERS) };
  }

  /** What a line at a place opens: the sentences up to the next such line. */
  function itemsOf(at: number): Entry[] {
    const end = entries.findIndex((entry, index) => index > at && entry.opens);
    return entries.slice(at + 1, end < 0 ? undefined : end);
  }

  /** One round for what hard checks refused and names a block. */
  async function repair(): Promise<void> {
    const refused = entries.filter(({ checked, named }) => checked.verdict === 'refused' && named.length > 0);
    if (refused.length === 0) return;
    const messages = repairMessages(
      answer,
      refused.map(({ text, checked }): RefusedSentence => ({ text, reason: checked.refusals[0] as Finding, source: passageOf(checked) })),
      language,
    );
    result.calls.repair++;
    for (const [index, line] of linesOf(await consult(messages))) {
      const one = refused[index];
      if (!one || line.includes(NOTHING)) continue;
      const at = entries.indexOf(one);
      const made = readSentences(line, language)
        .slice(0, REPAIRED_SENTENCES)
        .map(({ text, markers }) => entryOf(text, markers))
        .filter((entry) => entry !== null && entry.checked.verdict !== 'refused') as Entry[];
      if (made.length > 0) entries.splice(at, 1, ...made.map((entry) => ({ ...entry, repaired: true })));
    }
  }

  async function translate(): Promise<void> {
    const kept = entries.filter(({ checked }) => checked.verdict !== 'refused');
    if (kept.length === 0) return;
    result.calls.translate++;
    const lines = linesOf(
      await consult(
        translationMessages(
          kept.map(({ text }) => text),
          asker,
        ),
      ),
    );
    kept.forEach((entry, index) => {
      const line = lines.get(index)?.trim();
      if (line !== undefined && wrongInTranslation(entry.text, language, line, asker) === null) entry.translation = line;
    });
  }

  /** One call for all sentences, and for their translations behind them. */
  async function read(): Promise<void> {
    const originals = entries.filter(mustBeRead);
    const translated = entries.filter((entry) => entry.translation !== null);
    const list: ToRead[] = [
      ...originals.map(({ text, checked }) => ({ text, sources: cited(checked) })),
      ...translated.map(({ translation, checked }) => ({ text: translation as string, sources: cited(checked) })),
    ];
    if (list.length === 0) return;
    result.calls.read++;
    const standing = new Set<Entry>();
    const reading = await readAgain(
      reader as NonNullable<typeof reader>,
      input.standalone,
      list,
      today,
      deadline.signal,
      (place, holds) => {
        const entry = originals[place];
        if (!entry) {
          if (holds) standing.add(translated[place - originals.length] as Entry);
          return;
        }
        entry.judgement = holds;
        if (!translates) flush();
      },
      // Throws again when the asker left; any other failure leaves sentences unread, and that is told.
      (error) => failureOf(error),
    );
    result.characters.sent += reading.sent;
    result.characters.received += reading.received;
    result.reading = originals.every((entry) => entry.judgement !== null) ? 'done' : 'failed';
    // What nobody has compared with the paragraphs stays in their language.
    for (const entry of translated) if (!standing.has(entry)) entry.translation = null;
  }

  /** Whether nothing more will be written, put right or read. */
  function over(): boolean {
    return repairsOver && readingOver;
  }

  /** Shows or withholds, in order, what nothing more is waited for. */
  function flush(): void {
    for (; next < entries.length; next++) {
      const entry = entries[next] as Entry;
      if ((translates || entry.opens) && !over()) return;
      if (entry.checked.verdict === 'refused' && !repairsOver) return;
      if (mustBeRead(entry) && entry.judgement === null && !readingOver) return;
      const why =
        entry.opens && !itemsOf(next).some((item) => reasonAgainst(item) === null)
          ? { kind: 'leaning' as const, value: '' }
          : reasonAgainst(entry);
      beforeIsShown = why === null;
      if (why === null) show(entry);
      else result.withheld.push({ text: entry.text, reason: why, carriers: entry.checked.carriers });
    }
  }

  function reasonAgainst({ text, checked, judgement }: Entry): Withheld['reason'] | null {
    const reason = (kind: WithheldKind, value = '') => ({ kind, value });
    const [refusal] = checked.refusals;
    if (refusal) return refusal;
    if (judgement === false) return reason('doubted');
    const [doubt] = checked.doubts;
    if (judgement === null && doubt) return doubt;
    return !beforeIsShown && LEANING[language]?.test(text) ? reason('leaning') : null;
  }

  function show({ text, checked, judgement, translation, repaired }: Entry): void {
    const verdict: WrittenVerdict = checked.verdict === 'quoted' ? 'quoted' : judgement === true ? 'verified' : 'checked';
    const sentence: ShownSentence = {
      text: translation ?? text,
      // A translation is no quotation.
      verdict: verdict === 'quoted' && translation !== null ? (reader === null ? 'checked' : 'verified') : verdict,
      carriers: checked.carriers,
      repaired,
      inAskersLanguage: !translates || translation !== null,
    };
    result.sentences.push(sentence);
    input.onSentence?.(sentence);
  }

  function mustBeRead({ checked }: Entry): boolean {
    return reader !== null && checked.verdict === 'passed';
  }

  function cited(checked: Checked): Source[] {
    return [...checked.carriers.map((carrier) => carrier.paragraph), ...checked.beside].map((id) => byId.get(id) as Source);
  }

  /** What stands nearest to a refused sentence. */
  function passageOf({ carriers }: Checked): string | null {
    const [carrier] = carriers;
    const source = carrier && byId.get(carrier.paragraph);
    if (!source) return null;
    return sliceCodePoints(source.text, carrier.span.start, carrier.span.end) || source.text;
  }

  function send(messages: readonly ChatMessage[]): void {
    result.characters.sent += messages.reduce((sum, { content }) => sum + content.length, 0);
  }

  /** Asks something more of the model, which the answer can do without: an empty reply when it fails. Throws when the asker left. */
  async function consult(messages: ChatMessage[]): Promise<string> {
    if (deadline.signal.aborted) return '';
    send(messages);
    try {
      const reply = await wholeReply(
        chat.stream(messages, { signal: deadline.signal, maxTokens: REPLY_TOKENS, mayBeEmpty: true }),
        deadline.signal,
        REPLY_CHARACTERS,
      );
      result.characters.received += reply.length;
      return reply;
    } catch (error) {
      failureOf(error);
      return '';
    }
  }

  /** What kind of failure ended the model's part; throws again when the asker left. */
  function failureOf(error: unknown): ChatFailure {
    if (input.signal?.aborted) throw input.signal.reason;
    if (deadline.passed()) return 'timeout';
    const kind = isPilcrowError(error) ? (error.details as { kind?: ChatFailure } | undefined)?.kind : undefined;
    return kind ?? 'unavailable';
  }
}

/** The paragraphs of a block, each with what stands above it. */
function sourcesOf({ title, series, edition, newest, language, headings, paragraphs }: EvidenceBlock): Source[] {
  return paragraphs.map(({ id, text, lead, sentences = [] }) => ({
    id,
    text,
    lead,
    sentences,
    headings,
    title,
    series,
    edition,
    newest,
    language,
  }));
}

/** A reply of numbered lines, "1: …", by index from 0. Linear for any string. */
export function linesOf(reply: string): Map<number, string> {
  const lines = new Map<number, string>();
  for (const raw of reply.split('\n')) {
    const [, number, text] = /^(?:line )?(\d{1,2}) ?[:.)：] ?(\S.*)$/i.exec(visibleLine(raw)) ?? [];
    if (number === undefined || text === undefined) continue;
    const index = Number(number) - 1;
    if (!lines.has(index)) lines.set(index, text);
  }
  return lines;
}
