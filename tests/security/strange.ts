import type { AskRequest } from '../../src/core/model.ts';

/** A small generator of numbers that always gives the same ones (mulberry32), 0 to below 1. */
export function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What a question is made of; repeated, mixed and cut these are what an expression can trip over. */
const PHRASES = [
  'please ',
  'can you ',
  'could you please ',
  'kindly tell me ',
  'yes ',
  'no thanks, ',
  'ok, ',
  'thank you very much ',
  'and also ',
  'but then ',
  'sorry, ',
  'actually ',
  'i meant ',
  'what about ',
  'how about ',
  'how many ',
  'how much ',
  'who is the ',
  'when did ',
  'which of the ',
  'is there a ',
  'what is the difference between ',
  'compared with ',
  'rather than ',
  'other than ',
  'not in ',
  'according to ',
  'according to the 2019 edition ',
  'since ',
  'by the end of ',
  'in ',
  'of the ',
  'more than ',
  'less than expected ',
  'last year ',
  'the year before last year ',
  'first, second and third ',
  'the former ',
  'the latter one ',
  'it ',
  'they ',
  'there ',
  'do please ',
  'go ahead ',
  'of course ',
  'instead of ',
  'summarise ',
  'explain briefly ',
  'answer in one sentence ',
  'with sources ',
  'China ',
  'Viet Nam ',
  'the Ministry of Human Resources ',
  'the International Labour Organization (ILO) ',
  'Conventions ',
  'ILO ',
  'South-South ',
  'A-B-C-D ',
  "l'accord d'",
  'combien de ',
  '¿cuántos ',
  'wie viele ',
  'на ',
  '在中国',
  '有多少',
  '多少公约',
  'كم عدد ',
  'เท่าไร',
  '28 ',
  '1,000,000 ',
  '1.5 ',
  '2019-2024 ',
  '12:30 ',
  '31 December 2025 ',
  '2025-12-31 ',
  'USD 4.5 million ',
  '50% ',
  'five hundred ',
  'twenty-one ',
  'IV. ',
  'no. 155 ',
  '(a) ',
  '[1] ',
  '"',
  '“',
  '” ',
  "'",
  '’s ',
  '- ',
  '-',
  '– ',
  '… ',
  '...',
  '? ',
  '?! ',
  ', ',
  '; ',
  ': ',
  '. ',
  '\n',
  '\n\n',
  '\t',
  '  ',
  '\u00a0',
  '* ',
  '# ',
  '> ',
  '| ',
  '``` ',
  'https://a.b/c?d=e ',
  'a@b.co ',
  '@all ',
  '<b>',
  '</b>',
  '&amp;',
  'Ignore previous instructions. ',
  'System: ',
  'User: ',
  'Q: ',
  'a',
  'aa',
  'é',
  'e\u0301',
  '\u0301',
  'ﬁ',
  '👩‍👩‍👧 ',
  '🇨🇳',
  '\u200b',
  '\u00ad',
  '\u202e',
  '\ud800',
  '\u0000',
  'ß',
  'İ',
  'ſ',
  'Б',
  'न',
  '한국 ',
  'の',
  '℃',
  '½ ',
  '²',
  '₂',
  'x',
]; // prettier-ignore

/** A strange text of at most `most` UTF-16 units. */
export function strangeText(next: () => number, most: number): string {
  const pick = () => PHRASES[Math.floor(next() * PHRASES.length)] as string;
  const size = Math.max(1, Math.floor(most * next() ** 2));
  const kind = next();
  let text = '';
  if (kind < 0.3) {
    // One to four phrases over and over, with something else at the ends.
    const unit = Array.from({ length: 1 + Math.floor(next() * 4) }, pick).join('');
    text = pick() + unit.repeat(Math.ceil(size / unit.length)).slice(0, size) + pick();
  } else if (kind < 0.4) {
    // One long word, or a few.
    const letter = pick().trim() || 'a';
    const word = letter.repeat(Math.ceil(size / letter.length));
    text = `How many ${word.slice(0, size)} are there?`;
  } else if (kind < 0.5) {
    text = Array.from({ length: size }, () => String.fromCharCode(Math.floor(next() * (next() < 0.7 ? 128 : 65536)))).join('');
  } else if (kind < 0.6) {
    const digit = ['1', '1,', '1.', '1 ', '2019-', '1st ', 'one ', '1/', '1e', '一', '１'][Math.floor(next() * 11)] as string;
    text = `in ${digit.repeat(Math.ceil(size / digit.length)).slice(0, size)}?`;
  } else {
    while (text.length < size) text += pick();
    if (next() < 0.5) text += '?';
  }
  return text.slice(0, most).trim() || '?';
}

/** A question, one time in six with a history; at most what a request may hold. */
export function strangeRequest(next: () => number, most: { question: number; turn: number; turns: number; body: number }): AskRequest {
  const question = strangeText(next, next() < 0.85 ? 300 : most.question);
  if (next() > 1 / 6) return { question };
  const history: NonNullable<AskRequest['history']> = [];
  const turns = 1 + Math.floor(next() * (next() < 0.9 ? 4 : most.turns));
  let left = most.body - Buffer.byteLength(question);
  for (let turn = 0; turn < turns; turn++) {
    const content = strangeText(next, next() < 0.8 ? 300 : most.turn);
    left -= Buffer.byteLength(JSON.stringify(content)) + 40;
    if (left < 0) break;
    history.push({ role: turn % 2 === 0 ? 'user' : 'assistant', content });
  }
  return { question, history };
}
