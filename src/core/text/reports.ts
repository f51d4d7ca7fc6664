/**
 * What the service reports in English (warnings, problems of files, refusals), by language: the English sentence, with `{name}` for what is filled
 * in, and what it is in the language. Programs get the English; people who read another language get this.
 */
export type ServiceTexts = Readonly<Record<string, string>>;

/** How much of what was filled in may be said again, characters. */
const LONGEST_REPORT = 2000;

/** What was filled in may be a sentence itself, with something filled in again: a refusal within a failure, and its reason. */
const DEEPEST_REPORT = 3;

/** A sentence of the service in the language of `texts`; null where it is not known there. Time grows with the length of the sentence. */
export const translated = (sentence: string, texts: ServiceTexts): string | null => translatedAt(sentence, texts, 1);

function translatedAt(sentence: string, texts: ServiceTexts, depth: number): string | null {
  if (Object.hasOwn(texts, sentence)) return texts[sentence] as string;
  if (sentence.length > LONGEST_REPORT) return null;
  // The one that leaves least to fill in: "The file is larger than 5 MB." is also "{name} is larger than {limit}."
  let best: { own: string; values: ReadonlyMap<string, string>; filled: number } | null = null;
  for (const [english, own] of Object.entries(texts)) {
    const values = filledIn(english, sentence);
    if (!values) continue;
    const filled = [...values.values()].join('').length;
    if (!best || filled < best.filled) best = { own, values, filled };
  }
  if (!best) return null;
  const { own, values } = best;
  // "It" is the file that is listed beside the sentence; other words are said in the language only whole, as reasons are.
  const said = (value: string) =>
    (depth < DEEPEST_REPORT && (value === 'It' || value.includes(' ')) && translatedAt(value, texts, depth + 1)) || value;
  return own.replace(/\{(\w+)\}/g, (whole, name: string) => said(values.get(name) ?? whole));
}

/** What stands in a sentence where its pattern has places; null where it is another sentence. */
function filledIn(pattern: string, sentence: string): Map<string, string> | null {
  const [start, ...parts] = pattern.split('{');
  if (parts.length === 0 || !sentence.startsWith(start as string)) return null;
  const values = new Map<string, string>();
  let at = (start as string).length;
  for (const [index, part] of parts.entries()) {
    const close = part.indexOf('}');
    const after = part.slice(close + 1);
    const last = index === parts.length - 1;
    const end = last ? sentence.length - after.length : sentence.indexOf(after, at);
    if (end <= at || !sentence.startsWith(after, end)) return null;
    values.set(part.slice(0, close), sentence.slice(at, end));
    at = end + after.length;
  }
  return at === sentence.length ? values : null;
}
