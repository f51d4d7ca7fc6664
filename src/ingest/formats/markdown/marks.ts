/**
 * Marks of Markdown dialects that CommonMark knows nothing of. They are masked before the text is parsed: every masked unit
 * becomes one private-use unit, so that all offsets stay those of the source.
 */
export interface Masked {
  text: string;
  /** Stands for a mark that is dropped. */
  drop: string;
  /** What a masked unit is read as. */
  read: Map<string, string>;
}

const FENCE = /^ {0,3}(?:> ?){0,9}(`{3,}|~{3,})/;
/** `[[target|label]]`, `[[target]]`, `![[embedded]]`. */
const WIKI = /(!?)\[\[([^[\]\n|]{1,300})(?:\|([^[\]\n]{1,300}))?\]\]/g;
const CODE = /(`{1,9})(?!`)([^`\n]{1,500})\1(?!`)/g;
const HIGHLIGHT = /(?<![=\w])==(?=[^\s=])([^=\n]{1,500})(?<=[^\s=])==(?![=\w])/g;
const REMARK = /(?<![\w%])%%(?!%)([^%]{1,2000})%%(?![\w%])/g;
const CALLOUT = /^( {0,3}(?:> ?){1,9})(\[![\p{L}-]{1,40}\][+-]?)/gmu;
const FENCED_DIV = /^( {0,9}:{3,})([^\n]{0,200})$/gm;
/** MkDocs: `!!! note "Title"`, `??? tip`, and below it what is set in by four columns. */
const ADMONITION =
  /^([ \t]{0,12})(?:!!!|\?\?\?\+?)[ \t]?[\w-]{1,30}(?:[ \t]{1,9}[\w-]{1,30}){0,3}[ \t]{0,9}(?:"([^"\n]{0,200})")?[ \t]*$/gm;
/** Titles that say no more than what kind of remark it is. */
const KIND_OF_REMARK = /^(?:attention|caution|danger|example|hint|important|info|note|tip|warning)$/i;
const HEADING_ATTRIBUTES = /^( {0,3}#{1,6} [^\n]{1,300}?)([ \t]\{:?[ \t]?[#.][^{}\n]{1,100}\})[ \t]*$/gm;
const INLINE_NOTE = /\^\[((?:[^[\]\n]|\[[^[\]\n]{0,200}\]){1,1000})\]/g;
const NOTE_MARK = /\[\^([^[\]\s]{1,100})\](?!:)/g;
/** A link definition right below a line of text, where CommonMark takes it for more of that text. */
const GLUED_DEFINITION =
  /(?<=[^\n]\n)( {0,3}\[[^[\]^\n]{1,200}\]:[ \t]{0,9}(?:<[^<>\n]{0,500}>|[^\s<]\S{0,500})(?:[ \t]{1,9}(?:"[^"\n]{0,300}"|'[^'\n]{0,300}'|\([^()\n]{0,300}\)))?)[ \t]*$/gm;
const NOTE_DEFINITION = /^[ \t>]{0,12}\[\^([^[\]\s]{1,100})\]:/gm;

/** A comment longer than this is no remark inside a sentence. UTF-16 units. */
const LONG_COMMENT = 1000;

/** Masks the marks outside fenced code. Linear: every pattern is bounded and begins with a mark. */
export function maskMarks(source: string): Masked {
  const units = privateUnits(source, 4);
  const [drop, bar, open, close] = units as [string, string, string, string];
  const code = fencedRanges(source);
  const changes: { from: number; to: number; put: string }[] = [];
  const change = (from: number, to: number, unit: string) => {
    if (to > from) changes.push({ from, to, put: unit.repeat(to - from) });
  };
  const each = (pattern: RegExp, act: (match: RegExpExecArray) => void) => {
    for (const match of source.matchAll(pattern)) if (!within(code, match.index)) act(match as RegExpExecArray);
  };
  for (let at = source.indexOf('<!--'); at >= 0; ) {
    const end = source.indexOf('-->', at);
    if (end < 0) break;
    // Long ones are taken out beforehand: the parser is slow on them, and nothing of them is text.
    if (end - at > LONG_COMMENT && !within(code, at)) {
      changes.push({ from: at, to: end + 3, put: ' '.repeat(end + 3 - at) });
    }
    at = source.indexOf('<!--', end);
  }
  each(CODE, (match) => {
    const at = match.index + (match[1] as string).length;
    const inside = match[2] as string;
    for (let bar_ = inside.indexOf('|'); bar_ >= 0; bar_ = inside.indexOf('|', bar_ + 1)) {
      if (inside[bar_ - 1] !== '\\') change(at + bar_, at + bar_ + 1, bar);
    }
  });
  each(WIKI, ({ index, 0: whole, 1: embedded, 3: label }) => {
    if (embedded) change(index, index + whole.length, drop);
    else {
      const end = index + whole.length;
      change(index, label === undefined ? index + 2 : end - 2 - label.length, drop);
      change(end - 2, end, drop);
    }
  });
  each(HIGHLIGHT, ({ index, 0: whole }) => {
    change(index, index + 2, drop);
    change(index + whole.length - 2, index + whole.length, drop);
  });
  each(REMARK, ({ index, 0: whole }) => {
    // Line ends stay: they keep paragraphs apart.
    whole.split('\n').reduce((at, line) => {
      change(at, at + line.length, drop);
      return at + line.length + 1;
    }, index);
  });
  each(CALLOUT, ({ index, 1: before, 2: mark }) => {
    const at = index + (before as string).length;
    change(at, at + (mark as string).length, drop);
  });
  each(FENCED_DIV, ({ index, 0: whole, 1: colons, 2: rest }) => {
    const type = /^[ \t]*(?:\{[^{}]*\}|[\w-]*)/.exec(rest as string)?.[0] ?? '';
    const title = (rest as string).slice(type.length).replace(/^\s*\[(.*)\]\s*$/, ' $1');
    if (title.trim() === '') changes.push({ from: index, to: index + whole.length, put: ' '.repeat(whole.length) });
    else {
      // With a title it reads as a small heading.
      const lead = (colons as string).length + type.length;
      changes.push({ from: index, to: index + lead, put: `${'#'.repeat(Math.min(6, lead))}`.padEnd(lead) });
    }
  });
  each(ADMONITION, ({ index, 0: whole, 1: indent }) => {
    const from = index + (indent as string).length;
    const title = boxTitle(whole);
    const end = index + whole.length;
    // It reads as a quotation; whoever reads it tells by the source that it is none.
    changes.push({ from, to: from + 1, put: '>' });
    if (title !== '') {
      const at = source.indexOf('"', from) + 1;
      change(from + 1, at, drop);
      change(at + title.length, end, drop);
    } else changes.push({ from: from + 1, to: end, put: ' '.repeat(end - from - 1) });
    for (const at of linesSetIn(source, end + 1, indent as string)) changes.push({ from: at, to: at + 1, put: '>' });
  });
  each(HEADING_ATTRIBUTES, ({ index, 1: heading, 2: attributes }) => {
    const at = index + (heading as string).length;
    changes.push({ from: at, to: at + (attributes as string).length, put: ' '.repeat((attributes as string).length) });
  });
  each(INLINE_NOTE, ({ index, 0: whole }) => {
    change(index, index + 1, drop);
    change(index + 1, index + 2, open);
    change(index + whole.length - 1, index + whole.length, close);
  });
  const definitions: string[] = [];
  each(GLUED_DEFINITION, ({ index, 0: whole, 1: definition }) => {
    if (!/:[ \t]*<?(?:[a-z][a-z0-9+.-]{1,20}:|\/|#|\.{1,2}\/|www\.|\S+\.(?:md|html?|pdf)\b)/i.test(whole)) return;
    changes.push({ from: index, to: index + whole.length, put: ' '.repeat(whole.length) });
    definitions.push((definition as string).trim());
  });
  const defined = new Set([...source.matchAll(NOTE_DEFINITION)].map((match) => (match[1] as string).toLowerCase()));
  each(NOTE_MARK, ({ index, 0: whole, 1: label }) => {
    if (!defined.has((label as string).toLowerCase())) change(index, index + whole.length, drop);
  });
  const read = new Map([
    [drop, ''],
    [bar, '|'],
    [open, ' ('],
    [close, ')'],
  ]);
  // At the end they hold for the whole document and move no offset.
  const moved = definitions.map((definition) => `\n\n${definition}`).join('');
  return { text: apply(source, changes) + moved, drop, read };
}

/** The title in the first line of a box; empty where it has none, or one that names its kind. */
export function boxTitle(line: string): string {
  const [box] = line.matchAll(ADMONITION);
  const title = box?.[2] ?? '';
  return KIND_OF_REMARK.test(title.trim()) ? '' : title;
}

/** Where lines that are set in by four columns more than `indent`, or a tab, leave it, up to the first that is not; blank lines are passed over. */
function linesSetIn(source: string, from: number, indent: string): number[] {
  const found: number[] = [];
  for (let at = from; at < source.length; ) {
    const newline = source.indexOf('\n', at);
    const end = newline < 0 ? source.length : newline;
    const line = source.slice(at, end);
    const inside = line.startsWith(indent) && /^(?: {4}|\t)/.test(line.slice(indent.length));
    if (inside) found.push(at + indent.length);
    else if (line.trim() !== '') break;
    at = end + 1;
  }
  return found;
}

/** Private-use units that the text does not hold. */
function privateUnits(source: string, count: number): string[] {
  const taken = new Set(source.match(/[\ue000-\uf8ff]/g) ?? []);
  const free: string[] = [];
  for (let code = 0xe100; code < 0xf8ff && free.length < count; code++) {
    const unit = String.fromCharCode(code);
    if (!taken.has(unit)) free.push(unit);
  }
  // A text that uses every private character is none; its own are then read as marks.
  while (free.length < count) free.push(String.fromCharCode(0xf800 + free.length));
  return free;
}

/** Ranges of fenced code, fences included; one that is never closed runs to the end. */
function fencedRanges(source: string): [number, number][] {
  const ranges: [number, number][] = [];
  let fence = '';
  let from = 0;
  for (let at = 0; at <= source.length; ) {
    const newline = source.indexOf('\n', at);
    const to = newline < 0 ? source.length : newline;
    const line = source.slice(at, Math.min(to, at + 60));
    const mark = FENCE.exec(line)?.[1];
    if (mark && fence === '') {
      fence = mark;
      from = at;
    } else if (mark?.startsWith(fence) && fence !== '' && source.slice(at, to).trim().endsWith(mark)) {
      ranges.push([from, to]);
      fence = '';
    }
    at = to + 1;
  }
  if (fence !== '') ranges.push([from, source.length]);
  return ranges;
}

function within(ranges: readonly [number, number][], at: number): boolean {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle] as [number, number])[1] < at) low = middle + 1;
    else high = middle;
  }
  const range = ranges[low];
  return range !== undefined && range[0] <= at;
}

/** Applies changes of equal length; of two that overlap the first stands. */
function apply(source: string, changes: { from: number; to: number; put: string }[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { from, to, put } of changes.sort((a, b) => a.from - b.from)) {
    if (from < at) continue;
    parts.push(source.slice(at, from), put);
    at = to;
  }
  parts.push(source.slice(at));
  return parts.join('');
}
