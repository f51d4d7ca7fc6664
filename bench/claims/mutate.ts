import { createHash } from 'node:crypto';
import type { ClaimSource } from '../../src/ask/claims/check.ts';
import { type Entity, type Item, type Reading, read } from '../../src/ask/claims/reading.ts';
import { fold } from '../../src/core/text/tokens.ts';
import type { ClaimData, TrueClaim } from './data.ts';
import { recombined } from './recombine.ts';

/** A sentence that its sources do not say, made by rule from one they do. */
export interface Mutant {
  kind: string;
  text: string;
  /** The true sentence. */
  from: TrueClaim;
  sources: ClaimSource[];
}

const hash = (text: string) => createHash('sha256').update(text).digest().readUInt32BE(0);
const pick = <T>(list: readonly T[], seed: string): T | undefined => list[hash(seed) % Math.max(1, list.length)];
const replace = (text: string, start: number, end: number, by: string) => text.slice(0, start) + by + text.slice(end);
const sourceText = (sources: readonly ClaimSource[]) =>
  sources.map(({ paragraph, title, lead }) => [paragraph.text, title, ...paragraph.headings, lead ?? ''].join('\n')).join('\n');

const SPELLED =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'.split(
    ' ',
  );
const ORDINALS = 'first second third fourth fifth sixth seventh'.split(' ');

/** Another number in the same dress: "28" -> "29", "twenty" -> "eleven", "1,340" -> "1,430". */
function otherNumber(text: string, seed: string): string | null {
  const spelled = SPELLED.indexOf(text.toLowerCase());
  if (spelled > 1) return SPELLED[spelled > 10 ? spelled - 3 : spelled + 3] as string;
  const ordinal = ORDINALS.indexOf(text.toLowerCase());
  if (ordinal >= 0) return null;
  const digits = /\d[\d,.]*\d|\d/.exec(text);
  if (!digits) return null;
  const plain = digits[0];
  const at = [...plain].map((char, i) => (/\d/.test(char) ? i : -1)).filter((i) => i >= 0);
  const i = pick(at, seed) as number;
  const old = Number(plain[i]);
  const fresh = i === 0 ? (old % 9) + 1 : (old + 1 + (hash(seed) % 8)) % 10;
  const changed = replace(plain, i, i + 1, String(fresh === old ? (old % 9) + 1 : fresh));
  return changed === plain ? null : replace(text, digits.index, digits.index + plain.length, changed);
}

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

const UNITS: [RegExp, string][] = [
  [/\bmillion\b/, 'billion'],
  [/\bUS\$\s?/, '€'],
  [/(?<!US)\$(?=\d)/, '€'],
  [/€(?=\d)/, 'US$ '],
  [/\bdollars\b/, 'euros'],
  [/\beuros\b/, 'pounds'],
  [/(\d)(?:%| percent\b)/, '$1 percentage points'],
  [/ percentage points/, '%'],
  [/\bConventions\b/, 'Protocols'],
  [/\byears\b/, 'months'],
  [/\bdays\b/, 'weeks'],
  [/\bhours\b/, 'minutes'],
  [/\bmegawatts\b/, 'gigawatts'],
  [/(\d|y|n|teen) countries\b/, '$1 cities'],
  [/(\d,?\d*) workers\b/, '$1 employers'],
  [/(\d|teen) universities\b/, '$1 hospitals'],
  [/\binstitutions\b/, 'ministries'],
  [/(\d|teen) (electric )?buses\b/, '$1 $2trains'],
  [/(\d|ten) videos\b/, '$1 books'],
  [/\bMOUs\b/, 'Conventions'],
  [/(\d) flats\b/, '$1 offices'],
  [/(\d) doctors\b/, '$1 teachers'],
  [/(\d) (intensive care )?beds\b/, '$1 $2ambulances'],
  [/\bvotes\b/, 'points'],
];

const OPPOSITES: [RegExp, string][] = (
  [
    ['increased', 'decreased'],
    ['rose', 'fell'],
    ['declined', 'increased'],
    ['fell', 'rose'],
    ['fallen', 'risen'],
    ['grew', 'shrank'],
    ['go up', 'go down'],
    ['cut', 'raised'],
    ['reduced', 'increased'],
    ['reduce', 'increase'],
    ['increase', 'reduce'],
    ['strengthens', 'weakens'],
    ['strengthened', 'weakened'],
    ['joined', 'left'],
    ['opened', 'closed'],
    ['close', 'open'],
    ['before', 'after'],
    ['more', 'less'],
    ['adopted', 'rejected'],
    ['passed', 'rejected'],
    ['rejected', 'accepted'],
    ['deficit', 'surplus'],
    ['surplus', 'deficit'],
    ['largest', 'smallest'],
    ['won', 'lost'],
    ['dismissed', 'upheld'],
    ['sold', 'bought'],
    ['improved', 'worsened'],
    ['expanded', 'reduced'],
    ['extended', 'shortened'],
    ['intensified', 'weakened'],
    ['deepened', 'weakened'],
    ['longer', 'shorter'],
    ['shorter', 'longer'],
    ['shortened', 'lengthened'],
    ['first', 'last'],
    ['started', 'ended'],
    ['launched', 'ended'],
    ['supports', 'opposes'],
    ['supported', 'opposed'],
    ['voluntary', 'mandatory'],
    ['bilateral', 'multilateral'],
    ['inclusive', 'exclusive'],
    ['faster', 'slower'],
    ['free', 'at full price'],
    ['girls', 'boys'],
    ['outpatients', 'inpatients'],
    ['low', 'high'],
    ['in favour', 'against'],
    ['local', 'foreign'],
    ['growing', 'shrinking'],
    ['better', 'worse'],
    ['developing', 'developed'],
  ] as [string, string][]
).map(([from, to]) => [new RegExp(`\\b${from}\\b`, 'i'), to]);

const AUXILIARY = /\b(is|are|was|were|has|have|had|will|can|could|should)\b(?! not\b)/;
const PAST: Record<string, string> = Object.fromEntries(
  'signed sign|set set|opened open|committed commit|launched launch|joined join|attended attend|visited visit|contributed contribute|proposed propose|held hold|renewed renew|reached reach|strengthened strengthen|supported support|established establish|received receive|produced produce|compiled compile|addressed address|spoke speak|trained train|paid pay|succeeded succeed|lent lend|sold sell|won win|dismissed dismiss|concluded conclude|increased increase|rose rise|fell fall|adopted adopt|passed pass|rejected reject|provided provide|gave give|took take|presented present|made make|employs employ|supports support|covers cover|promotes promote|includes include|receives receive|receive receive|runs run|sponsor sponsor|sponsors sponsor|benefit benefit|strengthens strengthen|links link|connects connect'
    .split('|')
    .map((pair) => pair.split(' ') as [string, string]),
);

const DENIALS: [RegExp, string][] = [
  [/\bdid not (\w+)/, 'did $1'],
  [/\bdoes not (\w+)/, 'does $1'],
  [/\b(has|was|were|could|is|are|had) not (?:yet )?/, '$1 '],
  [/\bno longer /, 'still '],
  [/\bcould not /, 'could '],
  [/\bNone of the\b/, 'Each of the'],
  [/\bhad no\b/, 'had'],
  [/\bhas stopped serving\b/, 'serves'],
  [/\bremained unfilled\b/, 'were filled'],
];

const QUANTIFIERS: [RegExp, string][] = [
  [/\bSome\b/, 'All'],
  [/\bsome\b/, 'all'],
  [/\bMost of the\b/, 'All of the'],
  [/\bup to\b/, 'more than'],
  [/\bat least\b/i, 'at most'],
  [/\bat most\b/, 'more than'],
  [/\b(?:more than|over)(?= (?:US\$ ?)?\$?\d)/i, 'fewer than'],
  [/\b(?:more than|over) (?=(?:US\$ ?)?\$?\d)/i, ''],
  [/\b(?:almost|nearly|around|approximately)(?= (?:\d|sixty))/i, 'more than'],
  [/\b(?:almost|nearly|around|approximately) (?=(?:\d|sixty))/i, ''],
  [/\bseveral\b/, 'all'],
  [/\bvarious\b/, 'all'],
];

const MODALITY: [RegExp, string][] = [
  [/\bplans to recruit\b/, 'has recruited'],
  [/\bwill hold\b/, 'held'],
  [/\bwill support\b/, 'supported'],
  [/\bwill be implemented\b/, 'was implemented'],
  [/\bshould have\b/, 'already have'],
  [/\bshould start\b/, 'started'],
  [/\bcould bring\b/, 'brought'],
  [/\bwill build\b/, 'has built'],
  [/\bwill close\b/, 'closed'],
  [/\bwill open\b/, 'opened'],
  [/\bwill be covered\b/, 'was covered'],
  [/\bis expected to bring\b/, 'has brought'],
  [/\bis meant to raise\b/, 'has raised'],
  [/\bwas meant to make\b/, 'made'],
  [/\baimed to accelerate\b/, 'accelerated'],
  [/\baimed to promote\b/, 'promoted'],
  [/\bsigned\b(?=.*\b(?:20\d\d)\b)/, 'will sign'],
  [/\bwas launched\b/, 'will be launched'],
  [/\blaunched\b(?= their)/, 'plan to launch'],
  [/\bopened\b(?= the)/, 'will open'],
];

const ADDED = [
  ', and doubled its staff in the following year',
  ' after long negotiations with the European Commission',
  ', making it the most successful office in the region',
  ', according to an independent audit',
  ' despite strong criticism from journalists and parliament',
  ', which attracted several hundred private investors',
  ' and won an international prize for innovation',
  ', although many farmers protested against it',
];

const MADE_UP: Record<string, string[]> = {
  country: ['Brazil', 'Nigeria', 'Iceland', 'Peru', 'Uzbekistan', 'Portugal'],
  acronym: ['XRTU', 'BQLP', 'IVANO', 'KMDS'],
  person: ['Marta Kowalczyk', 'Tomas Ferreira', 'Ingrid Solberg', 'Paul Okonkwo'],
  body: ['the Ministry of Fisheries', 'the Velden Institute', 'the National Railway Agency', 'Kranjec Foundation'],
};

const ACRONYM = /^[A-Z][A-Za-z]*[A-Z][A-Za-z]*$/;
const PERSON =
  /^(?:Dr |Professor |President |Minister |Mayor |Director |Councillor |Governor )?(?:Shen Yiqin|Xi Jinping|Song Yuanming|António Guterres|Guterres|Helena Brandt|Oskar Lindqvist|Lindqvist|Ruth Adeyemi|Dana Whitfield|Luis Ortega|Amina Koffi|Livia Moreau|Jonas Ekberg|Agnes Halloran|Piotr Malec|Malec|Irena Dobosz|Hanna Wilk|Wilk|Ruth Castellan|Edwin Marsh|Amara Diallo|Marit Solheim|Bjarne Lund|Tor Aasen|Carla Nunes|Henrik Aalto|Signe Falk|Falk)$/;

function classOf(name: Entity): 'country' | 'acronym' | 'person' | 'body' {
  if (name.country) return 'country';
  if (ACRONYM.test(name.text)) return 'acronym';
  return PERSON.test(name.text) ? 'person' : 'body';
}

/** Names in a sentence that can be replaced: no parts of titles in quotation marks, no adjectives, no single common words. */
function replaceable(claim: Reading): Entity[] {
  return claim.names.filter((name) => {
    if (/[“"][^”"]*$/.test(claim.text.slice(0, name.start)) && /^[^“"]*[”"]/.test(claim.text.slice(name.end))) return false;
    if (name.country && /(?:ese|ian|an)$/.test(name.text)) return false;
    if (name.initial && name.first === name.last && !name.country && !ACRONYM.test(name.text) && !PERSON.test(name.text)) return false;
    if (/^\s*\(/.test(claim.text.slice(name.end)) || /\($/.test(claim.text.slice(0, name.start))) return false;
    return (
      claim.text[name.start - 1] !== '-' &&
      claim.text[name.end] !== '-' &&
      !/^(?:Conventions?|MoU|MOU|MOUs|Dialogue|Belt|Phase|Phase II|SDGs?|OSH)$/.test(name.text)
    );
  });
}

/** Whether two names stand in one list somewhere: to exchange them would change nothing. */
function listed(text: string, a: string, b: string): boolean {
  const body = text.replace(/\s+/g, ' ');
  const near = (x: string, y: string) => {
    for (let at = body.indexOf(x); at >= 0; at = body.indexOf(x, at + 1)) {
      const rest = body.slice(at + x.length, at + x.length + 60);
      const to = rest.indexOf(y);
      if (to >= 0 && /^(?:’s|'s)?(?:[\s,&/–-]|and|with|the|as well as|or|by|both|In|in|\p{Lu}[\p{L}.’']*)*$/u.test(rest.slice(0, to)))
        return true;
    }
    return false;
  };
  return near(a, b) || near(b, a);
}

/** Names that mean one thing in the documents used here. */
const ALIASES = [
  ['MOHRSS', 'Ministry of Human Resources and Social Security', 'Ministry of Human Resources', 'Social Security'],
  ['ACFTU', 'All-China Federation of Trade Unions'],
  ['ILO', 'International Labour Organization'],
  ['Laos', 'Lao PDR', 'Lao'],
  ['GDI', 'Global Development Initiative'],
  ['BRI', 'Belt and Road Initiative', 'Belt', 'Road Initiative'],
  ['MEM', 'Ministry of Emergency Management'],
  ['CEC', 'China Enterprise Confederation'],
  ['IECC', 'International Exchange and Cooperation Center', 'International Exchange', 'Cooperation Center'],
  ['ASB', 'African Solar Bank'],
  ['ITC', 'International Training Centre', 'Centre'],
  ['SAMR', 'State Administration for Market Regulation'],
  ['China', 'Government of China', 'Chinese', 'People’s Republic of China', "People's Republic of China"],
  ['SSTC', 'South-South'],
  ['Dr Helena Brandt', 'Helena Brandt'],
  ['Councillor Dana Whitfield', 'Dana Whitfield'],
  ['Governor Piotr Malec', 'Piotr Malec', 'Malec'],
  ['Professor Hanna Wilk', 'Hanna Wilk', 'Wilk'],
  ['Director Agnes Halloran', 'Agnes Halloran'],
  ['Director Amina Koffi', 'Amina Koffi'],
  ['Dr Signe Falk', 'Signe Falk', 'Falk'],
  ['Mayor Henrik Aalto', 'Henrik Aalto'],
  ['Superintendent Carla Nunes', 'Carla Nunes'],
  ['EU', 'European Union'],
  ['Professor Oskar Lindqvist', 'Oskar Lindqvist', 'Lindqvist'],
  ['UNDESA', 'UN Department of Economic and Social Affairs', 'Department of Economic', 'UN'],
];
const aliases = (name: string) => ALIASES.find((list) => list.includes(name)) ?? [name];

/** All mutants of the true sentences, or of some of them, in order; deterministic. */
export function mutants(data: ClaimData, of: (claim: TrueClaim) => boolean = () => true): Mutant[] {
  const truths = new Set(data.claims.map((claim) => fold(claim.text)));
  const names = namesByClass(data);
  const out: Mutant[] = [];
  const seen = new Set<string>();
  data.claims.forEach((from, index) => {
    if (!of(from)) return;
    const claim = read(from.text);
    const stated = sourceText(from.sources);
    const add = (kind: string, text: string | null, sources = from.sources) => {
      if (text === null) return;
      const upper = text.replace(/\s{2,}/g, ' ').replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
      if (fold(upper) === fold(from.text) && sources === from.sources) return;
      if (sources === from.sources && (truths.has(fold(upper)) || fold(stated).includes(fold(upper).replace(/\.$/, '')))) return;
      const key = `${kind} ${upper}`;
      if (seen.has(key)) return;
      seen.add(key);
      out.push({ kind, text: upper, from, sources });
    };
    const item = (at: number) => claim.items[at] as Item;

    for (const at of claim.figures) {
      const { start, end, word } = item(at);
      const other = otherNumber(word, from.text + at);
      add('figure changed', other && replace(from.text, start, end, other));
    }
    // Another figure of the same paragraph, in the same dress.
    for (const at of claim.figures.slice(0, 2)) {
      const one = item(at);
      const rivals = from.sources.flatMap(({ paragraph }) => {
        const there = read(paragraph.text);
        return there.figures.map((i) => there.items[i] as Item);
      });
      const others = rivals.filter(
        (rival) =>
          rival.figure?.kind === one.figure?.kind &&
          rival.figure?.value !== one.figure?.value &&
          rival.figure?.unit === one.figure?.unit &&
          !claim.figures.some((i) => item(i).figure?.value === rival.figure?.value),
      );
      const rival = pick(others, from.text + at);
      if (rival) add('figure of another thing', replace(from.text, one.start, one.end, rival.word.trim()));
    }
    const pairs = <T>(list: readonly T[]): [T, T][] => list.flatMap((a, i) => list.slice(i + 1).map((b): [T, T] => [a, b]));
    for (const [a, b] of /\+\d|\d-\d/.test(from.text) ? [] : pairs(claim.figures).slice(0, 3)) {
      const [x, y] = [item(a), item(b)];
      if (x.figure?.value === y.figure?.value || x.figure?.kind !== y.figure?.kind) continue;
      add('figures swapped', replace(replace(from.text, y.start, y.end, x.word), x.start, x.end, y.word));
    }

    for (const at of claim.dates) {
      const { start, end, word } = item(at);
      const year = /(?:19|20)\d\d/.exec(word);
      if (year) {
        const old = Number(year[0]);
        const fresh = String(old + ([-1, 1, -2, 3][hash(from.text + at) % 4] as number));
        add('year changed', replace(from.text, start + year.index, start + year.index + 4, fresh));
      }
      const month = MONTHS.findIndex((one) => word.includes(one));
      if (month >= 0) {
        const fresh = MONTHS[(month + 1 + (hash(from.text) % 10)) % 12] as string;
        // "April and June 2019" keeps its other month.
        if (!word.includes(fresh)) add('month changed', replace(from.text, start, end, word.replace(MONTHS[month] as string, fresh)));
      } else if (/^(?:19|20)\d\d$/.test(word) && /\bin $/i.test(from.text.slice(0, start))) {
        const fresh = MONTHS[hash(from.text) % 12] as string;
        if (!stated.includes(`${fresh} ${word}`)) add('month made up', replace(from.text, start, end, `${fresh} ${word}`));
      }
    }
    for (const [a, b] of pairs(claim.dates).slice(0, 2)) {
      const [x, y] = [item(a), item(b)];
      const between = from.text.slice(x.end, y.start);
      if (x.word === y.word || /^\s*(?:and|to|until|,|-|–)\s*(?:in\s*|from\s*)?$/.test(between)) continue;
      add('dates swapped', replace(replace(from.text, y.start, y.end, x.word), x.start, x.end, y.word));
    }

    const own = replaceable(claim);
    own.forEach((name, nth) => {
      const kind = classOf(name);
      const foreign = names[kind].filter(
        (other) => !aliases(other).some((alias) => stated.includes(alias)) && !aliases(name.text).includes(other),
      );
      const other = pick(foreign, from.text + name.text);
      const article = kind === 'body' && !/^the /i.test(name.text) && !/\bthe $/i.test(from.text.slice(0, name.start));
      // One name of a sentence, so that names do not outweigh the rest.
      const chosen = nth === hash(`name ${from.text}`) % own.length;
      if (other && chosen) add('name of the corpus', replace(from.text, name.start, name.start + name.text.length, other));
      const invented = pick(MADE_UP[kind] as string[], from.text + name.text) as string;
      if (chosen)
        add(
          'name made up',
          replace(from.text, name.start, name.start + name.text.length, article ? invented : invented.replace(/^the /, '')),
        );
      // Another name of the same paragraph that is neither in a list with this one nor in the sentence.
      const near = from.sources
        .flatMap(({ paragraph }) => read(paragraph.text).names)
        .filter((rival) => {
          if (
            /^(?:In|The|This|At|By|From) /.test(rival.text) ||
            /^(?:SSTC|TVET|OSH|BRI|GDI|JPO|SDGs?)$/.test(rival.text) ||
            PERSON.test(rival.text) !== PERSON.test(name.text)
          )
            return false;
          if (rival.initial && rival.first === rival.last && !rival.country && !ACRONYM.test(rival.text)) return false;
          return (
            classOf(rival) === kind &&
            !aliases(name.text).some((one) => aliases(rival.text).includes(one)) &&
            !aliases(rival.text).some((one) => from.text.includes(one)) &&
            !listed(stated, name.text, rival.text) &&
            !aliases(name.text).some((one) => aliases(rival.text).some((two) => listed(stated, one, two)))
          );
        });
      const rival = kind === 'body' ? undefined : pick(near, from.text + name.text);
      if (rival) add('name of another', replace(from.text, name.start, name.start + name.text.length, rival.text));
    });
    const [a, b] = own;
    if (own.length === 2 && a && b && classOf(a) !== 'country' && classOf(b) !== 'country') {
      const between = from.text.slice(a.end, b.start);
      const even =
        /\b(?:and|with|between|together|jointly|partners?|relations?|or|both)\b/i.test(from.text.slice(0, b.start)) ||
        /^\s*[,(]/.test(between);
      if (!even && /\p{Ll}{3}/u.test(between) && !listed(stated, a.text, b.text))
        add(
          'names swapped',
          replace(replace(from.text, b.start, b.start + b.text.length, a.text), a.start, a.start + a.text.length, b.text),
        );
    }

    const byTable = (kind: string, table: readonly [RegExp, string][], most = 2) => {
      let made = 0;
      for (const [pattern, to] of table) {
        if (made >= most || !pattern.test(from.text)) continue;
        made++;
        add(kind, from.text.replace(pattern, to));
      }
    };
    byTable('unit changed', UNITS);
    byTable('opposite', OPPOSITES);
    byTable('negation dropped', DENIALS, 1);
    byTable('quantity or bound', QUANTIFIERS);
    byTable('plan told as done, or done as plan', MODALITY);
    if (!/\b(?:not|no|none|never|instead|rather|unfilled|stopped)\b/i.test(from.text)) {
      const auxiliary = AUXILIARY.exec(from.text);
      const verb = claim.words.find((word) => PAST[word.word] && from.text.slice(word.start, word.end) === word.word);
      if (auxiliary && index % 2 === 0) add('negation added', from.text.replace(AUXILIARY, '$1 not'));
      else if (verb && index % 2 === 0) {
        const plain = PAST[verb.word] as string;
        const past = /ed$/.test(verb.word) || !/s$/.test(verb.word);
        // Only a finite verb right after its subject: participles keep out.
        if (
          /(?:\p{L}|\)) $/u.test(from.text.slice(0, verb.start)) &&
          !/\b(?:was|were|is|are|been|be|has|have|had|and|of|to|by|which|sites|dialogue|agreement|programme|votes)\s$/i.test(
            from.text.slice(0, verb.start),
          ) &&
          !auxiliary
        )
          add('negation added', replace(from.text, verb.start, verb.end, `${past ? 'did' : 'does'} not ${plain}`));
      } else if (auxiliary) add('negation added', from.text.replace(AUXILIARY, '$1 never'));
    }
    for (const text of recombined(from, claim, data.claims, aliases)) add('recombined', text);
    const quoted = /[“"]([^”"]{12,})[”"]/.exec(from.text);
    if (quoted) {
      const words = (quoted[1] as string).split(' ');
      const at = 1 + (hash(from.text) % Math.max(1, words.length - 2));
      add('quotation forged', from.text.replace(quoted[1] as string, words.map((word, i) => (i === at ? 'regional' : word)).join(' ')));
      add('quotation forged', from.text.replace(quoted[1] as string, words.filter((_, i) => i !== at).join(' ')));
    } else if (index % 9 === 0) {
      const words = from.text.replace(/\.$/, '').split(' ');
      add('quotation forged', `The briefing says “${words.slice(-4).join(' ')} without any delay”.`);
    }
    if (index % 4 === 1) add('clause made up', from.text.replace(/\.$/, `${pick(ADDED, from.text)}.`));
    // The sentence with the citation of another one of its document.
    if (index % 4 === 3) {
      const others = data.claims.filter(
        (other) =>
          other.document === from.document &&
          !other.sources.some((source) => from.sources.some((one) => one.paragraph.id === source.paragraph.id)),
      );
      const other = pick(others, `cite ${from.text}`);
      if (other && !saysTheSame(other.sources, claim)) add('cited elsewhere', from.text, other.sources);
    }
  });
  for (const from of data.recombined)
    if (of(from)) out.push({ kind: from.wrong ?? 'recombined by hand', text: from.text, from, sources: from.sources });
  return out;
}

/** Whether another paragraph holds all values and most long words of a sentence, and so may say it as well. */
function saysTheSame(sources: readonly ClaimSource[], claim: Reading): boolean {
  const there = fold(sourceText(sources));
  const words = claim.items.filter((item) => !item.figure && !item.date && item.word.length > 4);
  return words.filter((item) => there.includes(item.term.slice(0, 5))).length >= words.length * 0.8;
}

function namesByClass(data: ClaimData): Record<'country' | 'acronym' | 'person' | 'body', string[]> {
  const found = { country: new Set<string>(), acronym: new Set<string>(), person: new Set<string>(), body: new Set<string>() };
  for (const claim of data.claims) for (const name of replaceable(read(claim.text))) if (!name.initial) found[classOf(name)].add(name.text);
  return { country: [...found.country], acronym: [...found.acronym], person: [...found.person], body: [...found.body] };
}
