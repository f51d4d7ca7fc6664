import { createHash } from 'node:crypto';
import type { FeedbackRecord } from '../core/site.ts';

/** JSON strings are YAML too, whatever is in them. */
const scalar = (text: string): string =>
  JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

const oneLine = (text: string): string => text.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim();

/** One case in the format of `evals/cases`, and whether a person still has to say what is right. */
export interface CaseCandidate {
  lines: string[];
  open: boolean;
}

/**
 * A useful answer becomes a case to keep, with its citations as evidence; one that was not useful becomes one to write, without
 * evidence, since what was cited may be what was wrong. Both carry the tag `feedback`, so that nobody takes them for reviewed ones.
 */
export function caseOfOpinion(one: FeedbackRecord): CaseCandidate {
  const useful = one.verdict === 'up';
  const answered = one.status !== 'not_found';
  const evidence = useful ? one.citations.filter((citation) => citation.quote.trim() !== '') : [];
  const lines = [
    `- id: feedback-${one.id.slice(0, 12)}`,
    `  # ${one.time.slice(0, 10)}, snapshot ${oneLine(one.snapshot)}, ${one.status}: ${oneLine(one.answer).slice(0, 300)}`,
    ...(one.comment ? [`  # comment: ${oneLine(one.comment)}`] : []),
    `  question: ${scalar(one.question)}`,
    `  answerable: ${useful ? answered : true}`,
    ...(useful ? [`  status: [${one.status}]`] : []),
    ...(evidence.length > 0 ? ['  evidence:'] : []),
  ];
  for (const { paragraph, edition, quote } of evidence) {
    lines.push(`    - briefing: ${scalar(paragraph.replace(/#p\d+$/, ''))}`);
    if (edition) lines.push(`      edition: "${edition}"`);
    lines.push(`      quote: ${scalar(quote)}`);
  }
  lines.push(`  tags: [feedback, ${useful ? 'useful' : 'not-useful'}]`);
  return { lines, open: !useful || (answered && evidence.length === 0) };
}

/** A question that found nothing: `rightly`, then declining it again is right; else what answers it is to be found out. */
export function caseOfQuestion(question: string, rightly: boolean): CaseCandidate {
  return {
    lines: [
      `- id: asked-${createHash('sha256').update(question).digest('hex').slice(0, 12)}`,
      ...(rightly ? [] : ['  # The briefings are said to answer this: name the facts, or the paragraph as evidence.']),
      `  question: ${scalar(question)}`,
      `  answerable: ${!rightly}`,
      ...(rightly ? ['  status: [not_found]'] : []),
      `  tags: [asked, ${rightly ? 'rightly-declined' : 'to-find-out'}]`,
    ],
    open: !rightly,
  };
}

/** Cases of opinions as a file to be read by a person. */
export function candidateCases(records: readonly FeedbackRecord[]): string {
  const lines = [
    '# Candidate cases from feedback. A person reads each one: what was asked, what is right, and what proves it.',
    '# Tag "useful": readers liked the answer; its citations are the evidence. Tag "not-useful": the answer is to be found out.',
    '',
  ];
  if (records.length === 0) lines.push('[]');
  for (const one of records) lines.push(...caseOfOpinion(one).lines, '');
  return `${lines.join('\n').trimEnd()}\n`;
}

/** What is added to a file of cases: those that want a person stand as comments, so that the others can be asked meanwhile. */
export const addition = (candidates: readonly CaseCandidate[]): string =>
  candidates.map(({ lines, open }) => `\n${lines.map((line) => (open ? `# ${line}` : line)).join('\n')}\n`).join('');

export const idOf = ({ lines }: CaseCandidate): string => /id: ([\w-]+)/.exec(lines[0] ?? '')?.[1] ?? '';
