/** A run of text that is the same in two texts: where it starts in each, and how long it is. UTF-16 units. */
export type Run = [out: number, source: number, length: number];

/** Normalised text with the way back to the source. Runs ascend on both sides; what they leave out was changed. */
export interface Normalised {
  text: string;
  runs: Run[];
}

/** Spaces of typography and CJK, replaced by an ordinary one. */
const ODD_SPACE = '\\u00a0\\u1680\\u2000-\\u200a\\u202f\\u205f\\u3000';
/** Invisible: controls other than tab and line ends, soft hyphen, zero-width and direction marks, BOM, interlinear marks; tags apart. */
const INVISIBLE =
  '\\u0000-\\u0008\\u000e-\\u001f\\u007f-\\u0084\\u0086-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb';
const LINE_END = '\\r\\n|[\\r\\u000b\\u0085\\u2028\\u2029]';
/** Markdown writers put a backslash before these also in text that is not Markdown ("US\$ 1 million"). */
const ESCAPE = '\\\\(?=[$%&#_*~^{}[\\]<>|])';
/** `<https://…>` and `<name@host>`, as Markdown writers mark bare links; bounded, so that a lone "<" costs nothing. */
const LINK = '<(?=(?:https?://|mailto:)[^\\s<>]{1,500}>|[\\w.+-]{1,64}@[\\w.-]{1,250}>)';
const LIGATURES: Record<string, string> = { ﬀ: 'ff', ﬁ: 'fi', ﬂ: 'fl', ﬃ: 'ffi', ﬄ: 'ffl', ﬅ: 'st', ﬆ: 'st' };
/** Tag characters (U+E0000 to U+E007F): ASCII that nobody sees, as surrogate pairs. */
const TAGS = '\\udb40[\\udc00-\\udc7f]';
const JOINER = /[\u200c\u200d]/;

const CHANGES = `${LINE_END}|[${INVISIBLE}]+|(?:${TAGS})+|[${ODD_SPACE}]|[\\ufb00-\\ufb06]|[\\u200c\\u200d]|[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]`;
const plain = new RegExp(CHANGES, 'g');
const escaped = new RegExp(`${CHANGES}|${ESCAPE}|${LINK}`, 'g');

/**
 * Source text as the readers want it: line ends `\n` (form feeds stay, they are pages), NFC, ordinary spaces, no
 * invisible characters, no typographic ligatures. With `escapes`, `\$` becomes `$` and `<https://…>` loses its brackets.
 * Total and linear for any string.
 */
export function normalise(source: string, options: { escapes?: boolean } = {}): Normalised {
  const parts: string[] = [];
  const runs: Run[] = [];
  let length = 0;
  const copy = (from: number, to: number) => {
    if (to <= from) return;
    parts.push(source.slice(from, to));
    const last = runs.at(-1);
    if (last && last[0] + last[2] === length && last[1] + last[2] === from) last[2] += to - from;
    else runs.push([length, from, to - from]);
    length += to - from;
  };
  const put = (text: string) => {
    parts.push(text);
    length += text.length;
  };
  let at = 0;
  for (const match of source.matchAll(options.escapes ? escaped : plain)) {
    const index = match.index;
    if (index < at) continue;
    const found = match[0];
    copy(at, index);
    at = index + found.length;
    const code = found.charCodeAt(0);
    if (found === '<') {
      // The link itself is copied by the next round; its closing bracket is skipped here.
      const close = source.indexOf('>', at);
      copy(at, close);
      at = close + 1;
    } else if (JOINER.test(found)) {
      // Joiners shape Persian, Indic scripts and emoji; between ASCII or spaces they are litter.
      if (index > 0 && source.charCodeAt(index - 1) > 0x7f && source.charCodeAt(at) > 0x7f) copy(index, at);
    } else if (found in LIGATURES) put(LIGATURES[found] as string);
    else if (/^[\r\u000b\u0085\u2028\u2029]/.test(found)) put('\n');
    else if (code >= 0xd800 && code <= 0xdfff && found.length === 1) put('\ufffd');
    else if (SPACE.test(found)) put(' ');
  }
  copy(at, source.length);
  return compose({ text: parts.join(''), runs });
}

const SPACE = new RegExp(`^[${ODD_SPACE}]`);
/** Where NFC may change something: from one ASCII character to the next. ASCII never joins what stands before it. */
const WIDE = /[\x00-\x7f]?[^\x00-\x7f]+/g;
// Marks are taken 30 at a time (UAX #15, stream-safe text): reordering an unbounded run of them is quadratic.
const CLUSTER = /[\u1100-\u11ff\uac00-\ud7a3]{1,30}|\P{M}?\p{M}{1,30}|\P{M}/gu;

/** NFC, keeping the runs true: a cluster that changes is cut out of them. */
function compose(input: Normalised): Normalised {
  const changes: { from: number; to: number; text: string }[] = [];
  for (const wide of input.text.matchAll(WIDE)) {
    for (const cluster of wide[0].matchAll(CLUSTER)) {
      const composed = cluster[0].normalize('NFC');
      if (composed === cluster[0]) continue;
      const from = wide.index + cluster.index;
      changes.push({ from, to: from + cluster[0].length, text: composed });
    }
  }
  if (changes.length === 0) return input;
  const parts: string[] = [];
  const runs: Run[] = [];
  let at = 0;
  let length = 0;
  let next = 0;
  const copy = (from: number, to: number) => {
    parts.push(input.text.slice(from, to));
    for (; next < input.runs.length; next++) {
      const [out, source, size] = input.runs[next] as Run;
      if (out >= to) break;
      const begin = Math.max(out, from);
      const end = Math.min(out + size, to);
      if (end > begin) runs.push([length + begin - from, source + begin - out, end - begin]);
      if (out + size > to) break;
    }
    length += to - from;
  };
  for (const change of changes) {
    copy(at, change.from);
    parts.push(change.text);
    length += change.text.length;
    at = change.to;
  }
  copy(at, input.text.length);
  return { text: parts.join(''), runs };
}
