import { randomFrom } from '../../src/eval/metrics/statistics.ts';

export interface MadeDocument {
  title: string;
  date: string;
  paragraphs: string[];
}

const FUNCTION_WORDS = 'the of and to in a for is on that by with as was are at from it be has which were or an this have its been'.split(
  ' ',
);
/** How steeply words thin out (Zipf's law has an exponent near 1). */
const EXPONENT = 1.05;
/** In running English about 45 words of 100 are function words. */
const FUNCTION_SHARE = 0.45;
/** Content words a document is about, and the share of its content words that are of its subject. */
const SUBJECT_WORDS = 120;
const SUBJECT_SHARE = 0.4;

/**
 * Documents of random words with the statistics of English reports, and questions that ask for things said in them.
 * `vocabulary` holds content words, the most frequent first. The same input gives the same text.
 */
export function makeText(
  vocabulary: readonly string[],
  { documents, paragraphs, questions, seed = 1 }: { documents: number; paragraphs: number; questions: number; seed?: number },
): { documents: MadeDocument[]; questions: string[] } {
  const random = randomFrom(seed);
  const below = (count: number) => Math.floor(random() * count);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const size = vocabulary.length;
  const sums = new Float64Array(size);
  let total = 0;
  for (let rank = 0; rank < size; rank++) {
    total += 1 / (rank + 2.7) ** EXPONENT;
    sums[rank] = total;
  }
  const byFrequency = (): string => {
    const wanted = random() * total;
    let [low, high] = [0, size - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] as number) < wanted) low = middle + 1;
      else high = middle;
    }
    return vocabulary[low] as string;
  };
  const capital = (word: string) => word.slice(0, 1).toUpperCase() + word.slice(1);
  const special = (): string => {
    switch (below(5)) {
      case 0:
        return `${(1 + below(900)).toLocaleString('en')}`;
      case 1:
        return `in ${1990 + below(36)}`;
      case 2:
        return `US$ ${1 + below(90)}.${below(10)} million`;
      case 3:
        return `${1 + below(99)} per cent`;
      default:
        return `${capital(byFrequency())} ${capital(byFrequency())}`;
    }
  };
  const list = Array.from({ length: documents }, () => {
    const subject = Array.from({ length: SUBJECT_WORDS }, () => vocabulary[200 + below(size - 200)] as string);
    const content = () => (random() < SUBJECT_SHARE ? (subject[Math.floor(SUBJECT_WORDS * random() ** 2)] as string) : byFrequency());
    const sentence = () => {
      const parts: string[] = [];
      for (let left = 9 + below(18); left > 0; left--) {
        const chance = random();
        parts.push(
          chance < FUNCTION_SHARE
            ? (FUNCTION_WORDS[Math.floor(FUNCTION_WORDS.length * random() ** 2)] as string)
            : chance < 0.95
              ? content()
              : special(),
        );
      }
      return `${capital(parts.join(' '))}.`;
    };
    return {
      title: Array.from({ length: 3 }, () => capital(content())).join(' '),
      date: `${2018 + below(8)}-0${1 + below(9)}`,
      paragraphs: Array.from({ length: paragraphs }, () => Array.from({ length: 2 + below(5) }, sentence).join(' ')),
    };
  });
  const asks = Array.from({ length: questions }, () => {
    const said = pick(pick(list).paragraphs).replace(/[.$,]/g, '').split(' ');
    const telling = said.filter((word) => word.length > 4 && !/\d/.test(word) && !FUNCTION_WORDS.includes(word.toLowerCase()));
    const [a = 'this', b = 'that', c = 'those', d = 'them'] = Array.from({ length: 4 }, () => pick(telling)?.toLowerCase());
    return pick([
      `How many ${a} ${b} did the ${c} have?`,
      `When was the ${a} of the ${b} ${c}?`,
      `What does the ${a} ${b} say about ${c} and ${d}?`,
      `Which ${a} is responsible for ${b} ${c}?`,
      `How much was spent on ${a} for the ${b} ${c}?`,
      `Who ${a} the ${b} in ${2000 + below(26)}?`,
      `${a} ${b} ${c}`,
    ]);
  });
  return { documents: list, questions: asks };
}
