import type { AskEvent, AskRequest, Passage } from '../core/model.ts';
import type { IndexReader } from '../core/ports.ts';
import { tokens } from '../core/text/tokens.ts';
import { dates } from '../core/time/dates.ts';
import { decideBroad } from './broad/decide.ts';
import { readBroad } from './broad/shape.ts';
import { topicUnits } from './broad/topic.ts';
import { asksForWhole, decideWhole } from './broad/whole.ts';
import { nearestPassage } from './cite.ts';
import { type Decision, decide } from './decide.ts';
import type { WordVectors } from './features.ts';
import type { Library } from './library.ts';
import { contentTerms, type Question, readQuestion } from './question.ts';
import { carriedTerms, saysNothing } from './rewrite.ts';
import { readScope, type Scope } from './scope.ts';
import type { AskSettings } from './settings.ts';
import { round, type Step } from './trace.ts';
import type { Understanding } from './understand.ts';
import { type Expansion, expand } from './units.ts';
import { asksForNew, hasNoSubject, type Overview, overview } from './whats-new.ts';
import { readWhen, type When, withoutEditionWords } from './when.ts';

/** A question that was read, searched for and decided upon; nothing is said yet. */
export interface Prepared {
  /** As it was put. */
  asked: string;
  understood: Understanding;
  when: When;
  scope: Scope;
  question: Question;
  expansion: Expansion;
  passages: readonly Passage[];
  /** False when there was no vector to search with. */
  hasVectors: boolean;
  /** For "What changed since the last edition?". */
  news: Overview | null;
  /** Null when there is not enough evidence. */
  decision: Decision | null;
}

/** Searches the briefings of a scope. */
export type Find = (
  reader: IndexReader,
  text: string,
  expansion: Expansion,
  known: Library,
  scope: Scope,
  onVectorFailure?: () => void,
) => Promise<Passage[]>;

export interface PrepareTools {
  reader: IndexReader;
  known: Library;
  find: Find;
  hasEmbedder: boolean;
  wordVectors: WordVectors | null;
  settings: AskSettings;
  step: Step;
  emit: (event: AskEvent) => void;
  signal: AbortSignal | undefined;
}

/** A question for one of these is for one fact, however it is put: "tell me about the budget of …". */
const ONE_VALUE: ReadonlySet<Question['answerType']> = new Set(['contact', 'number', 'money', 'percent', 'date']);
/** Passages shown to whoever waits, at least. */
const SHOWN = 3;

/** Reads a question that was understood, searches for it and decides whether the evidence is enough; tells the passages. */
export async function prepare(request: AskRequest, understood: Understanding, tools: PrepareTools): Promise<Prepared> {
  const { reader, known, settings, step, signal } = tools;
  const { list } = known;
  const { search: text, main } = understood;
  const when = readWhen(text, dates(text));
  let asked = withoutEditionWords(main);
  let question = readQuestion(withoutEditionWords(text), asked);
  const scope = readScope(request, when, list);
  step('question', () => ({
    standalone: understood.standalone,
    ...(text === understood.standalone ? {} : { search: text }),
    by: understood.by,
    language: understood.language,
    answerType: question.answerType,
    list: question.list,
    head: question.head,
    names: question.names.map((words) => words.join(' ')),
    countries: question.countries.map((country) => country.code),
    when,
    editions: [...scope.allowed],
  }));

  const carried = understood.by === 'rule' ? await carriedTerms(request.question, request.history ?? [], reader) : [];
  let expansion = await expand(question, reader, settings, carried);
  const { corrections } = expansion;
  if (corrections.length > 0) {
    // Read again as it was meant, so that heads and forms are found too.
    const mend = (part: string) => corrected(part, corrections);
    asked = mend(asked);
    question = readQuestion(mend(withoutEditionWords(text)), asked);
    expansion = { ...(await expand(question, reader, settings, carried)), corrections };
  }
  step('expand', () => ({
    units: expansion.units.map((unit) => ({ ...unit, idf: round(unit.idf) })),
    corrections,
  }));

  const hasContent = contentTerms(question.tokens).length > 0 && !saysNothing(main);
  let hasVectors = tools.hasEmbedder;
  const passages = hasContent
    ? await tools.find(reader, text, expansion, known, scope, () => {
        hasVectors = false;
      })
    : [];
  signal?.throwIfAborted();
  step('retrieve', () => ({
    passages: passages.slice(0, 10).map(({ paragraph, lexical, semantic, score }) => ({
      paragraph: paragraph.id,
      lexical: round(lexical),
      semantic: round(semantic),
      score: round(score),
    })),
  }));
  tools.emit({ type: 'passages', passages: passages.slice(0, Math.max(request.limit ?? SHOWN, SHOWN)).map(nearestPassage) });

  const news = when.kind === 'changed' && hasNoSubject(question) ? await overview(list, reader) : null;
  const evidence = { question, expansion, passages, scope, briefings: list, reader, vectors: tools.wordVectors, settings, step };
  const single = news || !understood.enough ? null : await decide({ ...evidence, wantsNew: when.kind === 'changed' && asksForNew(text) });
  const broad = news || !understood.enough || single?.each || ONE_VALUE.has(question.answerType) ? null : readBroad(asked);
  const topic =
    broad && (broad.whole || (single === null && question.answerType === 'other')) ? await topicUnits(broad.topic, expansion, reader) : [];
  // One sentence that could answer is no account of a topic, and says nothing of whether the topic is there.
  const entire = !news && understood.enough && !single?.each && asksForWhole(main) ? await decideWhole(scope, list, reader) : null;
  const decision = entire ?? (broad && topic.length > 0 ? await decideBroad({ ...evidence, asked: broad, topic, single }) : single);
  signal?.throwIfAborted();
  return { asked: request.question, understood, when, scope, question, expansion, passages, hasVectors, news, decision };
}

/** A text with misspelt words replaced; words are compared folded. */
function corrected(text: string, corrections: Expansion['corrections']): string {
  let out = text;
  for (const token of tokens(text).reverse()) {
    const found = corrections.find(({ from }) => from === token.word);
    if (found) out = out.slice(0, token.start) + found.to + out.slice(token.end);
  }
  return out;
}
