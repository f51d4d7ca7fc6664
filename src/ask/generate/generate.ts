import { isPilcrowError } from '../../core/errors.ts';
import type { Abbreviation, AskEvent, Briefing, Citation, Passage } from '../../core/model.ts';
import type { ChatFailure, ChatMessage, ChatModel, IndexReader } from '../../core/ports.ts';
import { analyseParagraph } from '../../core/text/analysis.ts';
import type { citationBook } from '../cite.ts';
import type { Candidate, WordVectors } from '../features.ts';
import { type Reason, reason } from '../reasons.ts';
import type { Draft } from '../respond.ts';
import { verifyCitation } from '../verify.ts';
import { type Wording, wording } from '../wording.ts';
import { type Accepted, createChecker } from './check.ts';
import { type Deadline, until, wholeReply } from './deadline.ts';
import { readSentences, sentenceReader, visibleLine, type WrittenSentence } from './parse.ts';
import { answerMessages, type Evidence, NOTHING, opinionMessages, repairMessages, translationMessages } from './prompt.ts';
import { wrongInTranslation } from './translate.ts';

/** Sentences of one reply that are looked at, and characters; what comes after is not read. */
const MOST_SENTENCES = 12;
const REPLY_CHARACTERS = 20_000;
/** Tokens of a reply: five sentences with their numbers take some 250, other scripts up to four times that. */
const REPLY_TOKENS = 1200;

export interface GenerateInput {
  /** As it can be understood alone, in the language of the paragraphs. */
  question: string;
  /** Language of the paragraphs, which the answer is written and checked in. */
  language: string;
  /** Language of the asker, into which checked sentences are translated. */
  asker: string;
  evidence: readonly Evidence[];
  passages: readonly Passage[];
  chat: ChatModel;
  deadline: Deadline;
  secondOpinion: boolean;
  /** The asker's own signal: when it aborts, nobody wants an answer any more. */
  signal: AbortSignal | undefined;
  idf: (term: string) => number;
  wordVectors: WordVectors | null;
  /** Abbreviations the briefings introduce. */
  abbreviations: readonly Abbreviation[];
  /** Put before a sentence that only an older edition carries while newer ones speak too; null where that needs no saying. */
  labelOlder: ((briefing: Briefing) => string) | null;
  reader: IndexReader;
  book: ReturnType<typeof citationBook>;
  draft: Draft;
  emit: (event: AskEvent) => void;
  /** Says why a sentence is withheld, in the asker's language. */
  words: Wording;
}

export interface Generated {
  /** Why the model did not finish; null when it did. */
  failure: ChatFailure | null;
  /** The model said that the paragraphs do not answer. */
  nothing: boolean;
  /** A sentence that cited a paragraph was withheld. */
  incomplete: boolean;
  /** Verified sentences are in another language than asked for. */
  inOtherLanguage: boolean;
  unknownMarkers: number;
  repairRounds: number;
  /** What the shown sentences rest on, for notes on other editions. */
  cited: Candidate[];
}

/**
 * Has a model write the answer and lets through what the paragraphs carry, sentence by sentence as it comes. What fails gets one
 * round of repair, then is withheld with its reason. Never waits beyond the deadline. Rejects only when the asker left.
 */
export async function generate(input: GenerateInput): Promise<Generated> {
  const { question, language, evidence, chat, deadline, book, draft, emit, reader } = input;
  const checker = createChecker(evidence, input);
  const cited = new Map<string, Candidate>();
  const shown = new Set<string>();
  const held: Accepted[] = [];
  const failed: { sentence: WrittenSentence; reason: Reason; mendable: boolean }[] = [];
  const translate = input.asker !== language;
  let inOtherLanguage = false;
  let nothing = false;
  let failure: ChatFailure | null = null;
  let repairRounds = 0;

  const show = async (accepted: Accepted): Promise<void> => {
    const citations: Citation[] = [];
    for (const { evidence: index, span } of accepted.uses) {
      const { paragraph, briefing } = evidence[index] as Evidence;
      const citation = book.add(paragraph, briefing, span);
      const problem = await verifyCitation(citation, reader);
      if (problem) {
        withhold(accepted.text, problem);
        return;
      }
      citations.push(citation);
      for (const candidate of candidatesOf(input.passages[index] as Passage, span)) {
        cited.set(`${paragraph.id} ${candidate.index}`, candidate);
      }
    }
    const text = labelled(accepted, citations);
    const numbers = [...new Set(citations.map((citation) => citation.number))].sort((a, b) => a - b);
    const sentence = { text, citations: numbers, verdict: text === accepted.text ? accepted.verdict : ('repaired' as const) };
    draft.sentences.push(sentence);
    emit({ type: 'sentence', sentence, citations: citations.sort((a, b) => a.number - b.number) });
  };
  /** Two editions side by side must not read as one: what only an older one says is introduced by its date. */
  const labelled = (accepted: Accepted, citations: readonly Citation[]): string => {
    const older = citations.every((citation) => !citation.briefing.newest)
      ? evidence[accepted.uses[0]?.evidence ?? 0]?.briefing
      : undefined;
    if (!older || !input.labelOlder) return accepted.text;
    const year = older.edition.date?.slice(0, 4);
    return year && accepted.text.includes(year) ? accepted.text : `${input.labelOlder(older)}${accepted.text}`;
  };
  const withhold = (text: string, why: Reason): void => {
    const withheld = { text, reason: input.words.withheld(why) };
    draft.withheld.push(withheld);
    emit({ type: 'withheld', withheld });
  };
  const accept = async (accepted: Accepted): Promise<void> => {
    const key = accepted.text.toLowerCase();
    if (shown.has(key)) return;
    shown.add(key);
    if (input.secondOpinion || translate) held.push(accepted);
    else await show(accepted);
  };
  const take = async (sentence: WrittenSentence): Promise<void> => {
    if (sentence.text.includes(NOTHING)) {
      nothing = true;
      return;
    }
    const result = checker.check(sentence);
    if ('accepted' in result) await accept(result.accepted);
    else failed.push({ sentence, ...result });
  };

  const sentences = sentenceReader(language);
  let count = 0;
  try {
    let characters = 0;
    const reply = until(
      chat.stream(answerMessages(question, evidence, language), { signal: deadline.signal, maxTokens: REPLY_TOKENS }),
      deadline.signal,
    );
    for await (const delta of reply) {
      const room = REPLY_CHARACTERS - characters;
      characters += delta.length;
      for (const sentence of sentences.push(delta.slice(0, room))) if (count++ < MOST_SENTENCES) await take(sentence);
      if (count >= MOST_SENTENCES || characters > REPLY_CHARACTERS) break;
    }
    // More than an answer can be: what was verified is shown, but nobody takes it for a whole answer.
    if (characters > REPLY_CHARACTERS) failure = 'nonsense';
    else for (const sentence of sentences.end()) if (count++ < MOST_SENTENCES) await take(sentence);
    const mendable = failed.filter((one) => one.mendable);
    if (mendable.length > 0 && failure === null) {
      repairRounds = 1;
      await repair(mendable);
    }
  } catch (error) {
    failure = failureOf(error, input);
    for (const sentence of sentences.broken()) if (count++ < MOST_SENTENCES) await take(sentence);
  }
  if (held.length > 0) await showHeld();
  let incomplete = false;
  for (const { sentence, reason, mendable } of failed) {
    withhold(sentence.text, reason);
    incomplete ||= mendable;
  }
  return {
    failure,
    nothing: nothing && draft.sentences.length === 0,
    incomplete,
    inOtherLanguage,
    unknownMarkers: checker.unknownMarkers(),
    repairRounds,
    cited: [...cited.values()],
  };

  async function repair(mendable: typeof failed): Promise<void> {
    const messages = repairMessages(
      question,
      evidence,
      mendable.map(({ sentence, reason }) => ({ text: sentence.text, reason: wording('en').withheld(reason) })),
      language,
    );
    for (const [index, line] of linesOf(await consult(messages))) {
      const one = mendable[index];
      const sentence = readSentences(line, language)[0];
      if (!one || !sentence || !failed.includes(one) || sentence.text.includes(NOTHING)) continue;
      const result = checker.check(sentence);
      if (!('accepted' in result)) continue;
      failed.splice(failed.indexOf(one), 1);
      await accept({ ...result.accepted, verdict: 'repaired' });
    }
  }

  /** Asks something more of the model, which the answer can do without: an empty reply when it fails. Throws when the asker left. */
  async function consult(messages: ChatMessage[]): Promise<string> {
    if (deadline.signal.aborted) return '';
    try {
      return await wholeReply(
        chat.stream(messages, { signal: deadline.signal, maxTokens: REPLY_TOKENS }),
        deadline.signal,
        REPLY_CHARACTERS,
      );
    } catch (error) {
      failureOf(error, input);
      return '';
    }
  }

  /** Shows the held sentences: those the model stands by when asked again, and in the asker's language. */
  async function showHeld(): Promise<void> {
    let kept = held;
    if (input.secondOpinion) {
      const claims = held.map(({ text, uses }) => ({ text, uses: [...new Set(uses.map((use) => use.evidence))] }));
      const denied = linesOf(await consult(opinionMessages(evidence, claims)));
      kept = held.filter((accepted, index) => {
        const stands = !/^[^\p{L}]*no\b/iu.test(denied.get(index) ?? '');
        if (!stands) withhold(accepted.text, reason('doubted'));
        return stands;
      });
    }
    const texts = kept.map((accepted) => accepted.text);
    const translations =
      translate && kept.length > 0 ? linesOf(await consult(translationMessages(texts, input.asker))) : new Map<number, string>();
    for (const [index, accepted] of kept.entries()) {
      const given = translations.get(index)?.trim();
      const usable = given !== undefined && wrongInTranslation(accepted.text, language, given, input.asker) === null;
      if (translate && !usable) inOtherLanguage = true;
      await show(usable ? { ...accepted, text: given } : accepted);
    }
  }
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

/** What kind of failure ended the model's part; throws again when the asker left. */
export function failureOf(error: unknown, { deadline, signal }: Pick<GenerateInput, 'deadline' | 'signal'>): ChatFailure {
  if (signal?.aborted) throw signal.reason;
  if (deadline.passed()) return 'timeout';
  const kind = isPilcrowError(error) ? (error.details as { kind?: ChatFailure } | undefined)?.kind : undefined;
  return kind ?? 'unavailable';
}

/** The sentences of a paragraph inside a span. */
function candidatesOf(passage: Passage, span: { start: number; end: number }): Candidate[] {
  const analysis = analyseParagraph(passage.paragraph);
  return analysis.sentences.flatMap((sentence, index) =>
    sentence.span.start >= span.start && sentence.span.end <= span.end ? [{ passage, analysis, sentence, index, context: [] }] : [],
  );
}
