import type { Item, Reading } from './reading.ts';
import { baseForm } from './verbs.ts';

/** A verb of a text with what stands around it; indexes into the items. English only. */
export interface Clause {
  /** UTF-16 offset at which the verb and its helpers open. */
  start: number;
  /** Item of the verb; -1 for a plain "is" or "has". */
  verb: number;
  voice: 'active' | 'passive' | 'copula';
  /** Everything of the subject, and what of it stands before its first preposition. */
  subject: number[];
  head: number[];
  /** The subject is a pronoun, or nothing before the verb tells it. */
  open: boolean;
  /** The pronoun, where its subject is one. */
  pronoun: string | null;
  /** What follows up to the end of the clause; of it what stands before the first preposition; and what stands further on in the sentence. */
  complement: number[];
  object: number[];
  reach: number[];
  /** A participle after its noun ("an MoU signed in 2001"). */
  reduced: boolean;
  /** What it is done to is "it" or "them". */
  openObject: boolean;
  /** Who does it by a passive's "by". */
  agent: number[];
}

const BE = /^(?:is|are|was|were|be|been|being)$/;
const HAVE = /^(?:has|have|had|having)$/;
const HELPER = /^(?:do|does|did|will|would|can|could|shall|should|may|might|must)$/;
const ADVERB =
  /^(?:not|also|already|yet|now|then|still|never|only|just|once|again|more|both|since|later|jointly|first|newly|to|long|longer|no|likewise|even|so|far|\p{Ll}{3,}ly)$/u;
const PREPOSITION =
  /^(?:in|on|at|of|for|from|to|with|by|under|over|after|before|during|since|until|through|into|among|between|across|within|via|about|against|towards?|along|as|per|without|including|throughout|around|near|beside|besides|despite)$/;
const RELATIVE = /^(?:which|who|that|whom|whose|where|when)$/;
const BREAK = /^(?:while|whereas|because|although|though|but|if|so|until|once|whilst|whether)$/;
const PRONOUN = /^(?:it|they|he|she|this|these|those|we|i|you|them|there|both|one|others?|some|many|its|their)$/;
const DETERMINER =
  /^(?:a|an|the|its|their|his|her|our|each|every|all|some|any|no|these|those|this|several|many|more|most|other|newly|of|s)$/;

type Word = Reading['words'][number];

/** A clause with indexes into the words: its verb, where it begins, where its verb group and its own subject open. */
type Found = Clause & { at: number; from: number; group: number; opens: number | null };

/** The verbs of a text, in order, with who does what by position and voice. */
export function clausesOf(reading: Reading): Clause[] {
  const { words, items, text } = reading;
  const itemAt = new Map<number, number>();
  // A figure may begin before its first word ("$31,000").
  const places = items.map((item) => words.findIndex((one) => one.end > item.start));
  const values = new Set<number>();
  items.forEach((item, i) => {
    itemAt.set(item.start, i);
    if (!item.date && !item.figure) return;
    for (let k = places[i] as number; k < words.length && k >= 0 && (words[k] as Word).start < item.end; k++) values.add(k);
  });
  const gap = (i: number) => text.slice(i > 0 ? (words[i - 1] as Word).end : 0, (words[i] as Word).start);
  const word = (i: number) => words[i]?.word ?? '';
  const capital = (i: number) => i > 0 && words[i] !== undefined && /^\p{Lu}/u.test(text.slice((words[i] as Word).start));
  const itemsIn = (from: number, to: number): number[] => {
    const found: number[] = [];
    places.forEach((place, i) => {
      if (place >= from && place < to) found.push(i);
    });
    return found;
  };
  const out: Found[] = [];
  let start = 0;
  /** Where the subject of the verbs to come stands, once a verb has been seen in this clause. */
  let subject: [number, number] | null = null;
  let before: [number, number] | null = null;
  let gapped: [number, number] | null = null;
  /** Within "when …,": a comma opens the main clause. */
  let subordinate = false;
  /** "The Centre, which …," and "Under a contract that …,": where the subject of the main verb stands before the relative clause. */
  let main: [number, number] | null = null;
  const antecedents = new Map<Clause, [number, number]>();
  let last = null as Found | null;

  const put = (at: number, group: number, verb: number, voice: Clause['voice'], range: [number, number] | null, follows: boolean) => {
    const [from, to] = range ?? [at, at];
    const own = trimmed(from, to);
    const taken = (i: number) => i === verb || (out.some((one) => one.verb === i) && !(items[i] as Item).upper);
    const all = itemsIn(own[0], own[1]).filter((i) => !taken(i));
    let cut = own[0];
    while (
      cut < own[1] &&
      !(cut > own[0] && ((PREPOSITION.test(word(cut)) && word(cut) !== 'of') || out.some((one) => one.reduced && one.at === cut)))
    )
      cut++;
    const head = itemsIn(own[0], cut).filter((i) => !taken(i));
    const pronoun =
      own[1] > own[0] && PRONOUN.test(word(own[0])) && !all.some((i) => (items[i] as Item).start < (words[own[0] + 2]?.start ?? 0));
    last = {
      start: (words[group] as Word).start,
      verb,
      voice,
      subject: all,
      head: head.length > 0 ? head : all,
      open:
        pronoun ||
        all.length === 0 ||
        /^(?:it|they|he|she|we|i|you|there)$/.test(word(own[0])) ||
        (/^(?:its|their|his|her)$/.test(word(own[0])) && !all.some((i) => (items[i] as Item).name >= 0)),
      pronoun: own[1] > own[0] && /^(?:it|they|he|she)$/.test(word(own[0])) ? word(own[0]) : null,
      complement: [],
      object: [],
      reach: [],
      openObject: false,
      reduced: false,
      agent: [],
      at,
      from: start,
      group,
      opens: !follows && range && range[0] > start ? range[0] : null,
    };
    out.push(last);
    if (gapped && range !== null) antecedents.set(last, gapped);
    gapped = null;
    if (!follows) subject = range;
  };
  /** Leaves out "In 2025," and the like before a subject. */
  const trimmed = (from: number, to: number): [number, number] => {
    let a = from;
    while (a < to && /^(?:and|also|but|or|then|that|while|because|although)$/.test(word(a))) a++;
    if (a < to && a === 0 && /(?:ing|ed)$/.test(word(a))) {
      // "Joining the programme in 2024, the Centre …"
      let comma = to - 1;
      while (comma > a && !/,/.test(gap(comma))) comma--;
      if (comma > a && (/^(?:the|a|an|its|their)$/.test(word(comma)) || capital(comma))) return [comma, to];
    }
    if ((PREPOSITION.test(word(a)) && word(a) !== 'of') || /^(?:according|together|based|thanks)$/.test(word(a))) {
      let comma = a + 1;
      while (comma < to && !/,/.test(gap(comma))) comma++;
      if (comma < to) a = comma;
      else {
        // "In 2025 the Centre …", "In the ILO it …"
        let i = a + 1;
        while (i < to && !(i > a + 1 && (/^(?:the|a|an)$/.test(word(i)) || PRONOUN.test(word(i)))) && !dated(i)) i++;
        if (i < to) {
          while (i < to && dated(i)) i++;
          if (i < to) a = i;
        }
      }
    }
    return [a, to];
  };
  const dated = (i: number) => {
    const at = (words[i] as Word).start;
    return items.some((item) => item.date !== null && at >= item.start && at < item.end);
  };
  /** The noun phrase that ends before a word. */
  const phraseBefore = (at: number, least: number, across = false): [number, number] => {
    let a = at;
    while (a > least && (across || !PREPOSITION.test(word(a - 1))) && !(out.at(-1)?.at === a - 1) && !(a < at && /[,;:–—]/.test(gap(a))))
      a--;
    while (across && a < at - 1 && PREPOSITION.test(word(a))) a++;
    return a < at ? [a, at] : [Math.max(least, a - 4), at];
  };

  let i = 0;
  while (i < words.length) {
    const w = word(i);
    const joint = gap(i);
    if (/[.;:!?]\s|[–—]\s|\n/.test(joint) && i > 0) {
      start = i;
      subject = null;
      before = null;
      main = null;
      subordinate = false;
    }
    if (RELATIVE.test(w) && i > start) {
      // "the guide that promotes", "China, which": what stands before is the subject when a verb follows.
      before = phraseBefore(i, start, /,/.test(joint));
      let next = i + 1;
      while (ADVERB.test(word(next)) && word(next) !== 'to' && !verbGroup(next)) next++;
      gapped = null;
      if (verbGroup(next)) subject = before;
      else {
        subject = null;
        next = i + 1;
        if (/^(?:which|whom)$/.test(w) && /,/.test(joint) && !out.some((one) => one.at >= start && !one.reduced)) main = [start, i];
        subordinate = w === 'when' || w === 'where';
        // "the contributions which China makes": what it is done to stands before.
        if (/^(?:which|that|whom)$/.test(w) && !PREPOSITION.test(word(i - 1))) gapped = before;
      }
      const relative = subject;
      if (relative && w !== 'where' && !out.some((one) => one.from === start && !one.reduced && one.at >= start)) main = [start, i];
      start = next;
      const group = verbGroup(next);
      if (relative && group) {
        put(group.verb, next, itemAt.get((words[group.verb] as Word).start) ?? -1, group.voice, relative, false);
        i = Math.max(group.end, next + 1);
        continue;
      }
      i++;
      continue;
    }
    if (BREAK.test(w)) {
      start = i + 1;
      subject = null;
      subordinate = true;
      i++;
      continue;
    }
    const group = verbGroup(i);
    if (group) {
      const item = itemAt.get((words[group.verb] as Word).start) ?? -1;
      const previous = i > 0 ? word(i - 1) : '';
      const coordinated = /^(?:and|or|but|then|also)$/.test(previous) || /,/.test(joint);
      const resumed = main && last && w !== 'to' && last.at < i - 1 ? resume(main, last.at + 1, i) : null;
      if (resumed) {
        main = null;
        put(group.verb, i, item, group.voice, resumed, false);
        i = Math.max(group.end, i + 1);
        continue;
      }
      if (w === 'to' && subject === null) put(group.verb, i, item, 'active', null, true);
      else if (group.bare && subject !== null && !coordinated && last && newSubject(last.at + 1, i, group.participle)) {
        put(group.verb, i, item, group.voice, newSubject(last.at + 1, i, group.participle), false);
      } else if (group.bare && !group.participle && !group.past && subject !== null && !coordinated) {
        i++;
        continue;
      } else if (subject && last && (coordinated || w === 'to' || last.at === i - 1) && !(group.bare && /,/.test(joint))) {
        const voice = group.bare && last.voice === 'passive' && !last.reduced && group.participle ? 'passive' : group.voice;
        put(group.verb, i, item, voice, subject, true);
      } else if (group.bare && group.participle && subject !== null && subordinate && commaBefore(i)) {
        put(group.verb, i, item, group.voice, afterAnd(start, i), false);
        subordinate = false;
      } else if (
        group.bare &&
        group.participle &&
        (subject !== null || (/,/.test(joint) && finiteAfter(group.end)) || (i > start && verbFollows(group.end)))
      ) {
        // "an MoU signed in 2001": a participle.
        put(group.verb, i, item, 'passive', phraseBefore(i, start), true);
        (last as Found).reduced = true;
      } else if (subject !== null && !group.bare) {
        // A second finite verb in a row: what stands between has a subject of its own.
        put(group.verb, i, item, group.voice, afterAnd((last?.at ?? start) + 1, i), false);
      } else put(group.verb, i, item, group.voice, [start, i], false);
      // "Having held it twice, China …": the clause before the comma is not the main one.
      if (w === 'having') subordinate = true;
      i = Math.max(group.end, i + 1);
      continue;
    }
    i++;
  }

  out.forEach((clause, nth) => {
    const next = out[nth + 1];
    let end = clause.at + 1;
    // What stands before the next verb as its subject is no complement of this one.
    const stop = next ? Math.max(end, next.opens ?? next.group) : words.length;
    while (
      end < stop &&
      !(/[.;:!?]\s|\n/.test(gap(end)) || RELATIVE.test(word(end)) || (BREAK.test(word(end)) && !/^(?:again|more)$/.test(word(end + 1))))
    )
      end++;
    clause.complement = itemsIn(clause.at + 1, end);
    let far = clause.at + 1;
    while (far < words.length && !/[.;!?]\s|\n/.test(gap(far)) && word(far) !== 'while' && word(far) !== 'whereas') far++;
    clause.reach = itemsIn(clause.at + 1, far);
    clause.openObject =
      /^(?:it|them|him|her|this|these|others?|one|both)$/.test(word(clause.at + 1)) &&
      (clause.at + 2 >= words.length || /^[,.;]/.test(gap(clause.at + 2).trim()) || isWord(clause.at + 2));
    let cut = clause.at + 1;
    while (cut < end && !PREPOSITION.test(word(cut))) cut++;
    clause.object = itemsIn(clause.at + 1, cut);
    const antecedent = antecedents.get(clause);
    if (antecedent) {
      const own = itemsIn(antecedent[0], antecedent[1]);
      clause.object = [...own, ...clause.object];
      clause.reach = [...own, ...clause.reach];
    }
    if (clause.voice === 'passive')
      for (let k = clause.at + 1; k < end; k++) {
        if (word(k) !== 'by') continue;
        let to = k + 1;
        while (to < end && !(PREPOSITION.test(word(to)) && word(to) !== 'of')) to++;
        clause.agent.push(...itemsIn(k + 1, to).filter((at) => (items[at] as Item).date === null));
      }
  });
  return out;

  /** The subject of the verb that follows a relative clause and its comma. */
  function resume([from, to]: [number, number], after: number, at: number): [number, number] | null {
    if (/,/.test(gap(at))) return PREPOSITION.test(word(from)) && !/,/.test(gap(to)) ? null : [from, to];
    if (!PREPOSITION.test(word(from))) return null;
    for (let k = at - 1; k >= after; k--) if (/,/.test(gap(k))) return [k, at];
    return null;
  }

  /** "A study carried out in 2025 looked at …": another verb of the same clause follows. */
  function verbFollows(from: number): boolean {
    if (
      /^(?:how|what|why)$/.test(word(from + 1)) ||
      (!PREPOSITION.test(word(from)) && !(word(from) === 'out' && PREPOSITION.test(word(from + 1))))
    )
      return false;
    for (let k = from + 1; k < words.length && k < from + 18; k++) {
      if (/[.;:]\s|,/.test(gap(k)) || RELATIVE.test(word(k)) || BREAK.test(word(k)) || /^(?:to|how|what|why)$/.test(word(k))) return false;
      const next = verbGroup(k);
      if (next && !/^(?:and|or)$/.test(word(k - 1))) return !next.bare || next.past === true || baseForm(word(k))?.sure === true;
    }
    return false;
  }

  /** Whether a comma parts a subordinate clause from the noun phrase right before a verb. */
  function commaBefore(at: number): boolean {
    for (let k = at - 1; k > at - 7 && k > start; k--) if (/,/.test(gap(k))) return true;
    return false;
  }

  /** ", and Nordfjord Lines employs": a noun phrase after "and" that has a verb of its own. */
  function newSubject(from: number, to: number, participle: boolean): [number, number] | null {
    for (let k = to - 1; k > from; k--) {
      if (/^(?:after|before|since|until|as|how|what|that)$/.test(word(k)) && k + 1 < to && k + 4 >= to && last?.verb !== -1)
        return [k + 1, to];
      if (!/^(?:and|but|while|whereas)$/.test(word(k))) continue;
      return k + 1 < to && (/,/.test(gap(k)) || !participle) ? [k + 1, to] : null;
    }
    return null;
  }

  function afterAnd(from: number, to: number): [number, number] {
    for (let k = to - 1; k > from; k--) if (/,/.test(gap(k)) || BREAK.test(word(k))) return [k, to];
    for (let k = to - 1; k > from; k--) if (word(k) === 'and') return [k, to];
    return [from, to];
  }

  function finiteAfter(from: number): boolean {
    for (let k = from; k < words.length; k++) {
      if (/[.;]\s/.test(gap(k)) || (/,/.test(gap(k)) && /^(?:and|but)$/.test(word(k)))) return false;
      const group = verbGroup(k);
      if (group && !(group.bare && group.participle && !/,/.test(gap(k)))) return true;
    }
    return false;
  }

  /** The verb group that opens at a word, or null. `bare`: without a helper. */
  function verbGroup(
    at: number,
  ): { verb: number; end: number; voice: Clause['voice']; bare: boolean; participle: boolean; past?: boolean } | null {
    const w = word(at);
    // "May 2018" is no verb.
    if (w === '' || values.has(at) || (w === 'may' && capital(at))) return null;
    if (BE.test(w) || HAVE.test(w) || HELPER.test(w)) {
      let k = at;
      let be = false;
      let have = false;
      while (k < words.length && (BE.test(word(k)) || HAVE.test(word(k)) || HELPER.test(word(k)) || ADVERB.test(word(k)))) {
        if (k > at && /[,;:.]/.test(gap(k))) break;
        if (word(k) === 'to' && !(baseForm(word(k + 1)) !== null || /^(?:be|have|not)$/.test(word(k + 1)))) break;
        be = BE.test(word(k)) || (be && ADVERB.test(word(k)) && word(k) !== 'to');
        have = HAVE.test(word(k)) || (have && ADVERB.test(word(k)) && word(k) !== 'to');
        k++;
      }
      const next = word(k);
      const form = /[,;:.]/.test(k < words.length ? gap(k) : '.') ? null : formOf(k);
      if (be && (form?.participle || next === 'open')) return { verb: k, end: k + 1, voice: 'passive', bare: false, participle: true };
      if (be && /ing$/.test(next) && baseForm(next) !== null)
        return { verb: k, end: k + 1, voice: 'active', bare: false, participle: false };
      if (have && form?.participle) return { verb: k, end: k + 1, voice: 'active', bare: false, participle: false };
      if (!be && !have && baseForm(next) !== null) return { verb: k, end: k + 1, voice: 'active', bare: false, participle: false };
      return { verb: Math.max(at, k - 1), end: k, voice: be ? 'copula' : 'active', bare: false, participle: false };
    }
    if (w === 'to') {
      const base = baseForm(word(at + 1));
      return base !== null && base.form === 'base' && !DETERMINER.test(word(at + 1)) && !capital(at + 1)
        ? { verb: at + 1, end: at + 2, voice: 'active', bare: false, participle: false }
        : null;
    }
    if (at === 0 && !/(?:ed|^set|^held|^built)$/.test(w)) return null;
    const form = formOf(at);
    if (
      !form ||
      capital(at) ||
      (at > 0 && /-$/.test(gap(at))) ||
      (DETERMINER.test(word(at - 1)) &&
        at > 0 &&
        /^\s+$/.test(gap(at)) &&
        !(/^this$/.test(word(at - 1)) && form.past && /^(?:that|the|a|an|how|in|to)$/.test(word(at + 1))))
    )
      return null;
    const previous = at > 0 ? word(at - 1) : '';
    if (PREPOSITION.test(previous) && /^\s+$/.test(gap(at))) return null;
    if (form.past) {
      const by =
        word(at + 1) === 'by' && !(words[at + 2] && items.some((item) => item.figure && item.start === (words[at + 2] as Word).start));
      return { verb: at, end: at + 1, voice: by ? 'passive' : 'active', bare: true, participle: form.participle, past: true };
    }
    // "leads", "hosts": a verb where a noun phrase follows a noun phrase; else a plural.
    const next = word(at + 1);
    const opens =
      /^(?:the|a|an|its|their|his|her|to|that|in|on|from|for|with|at|as|not|no|all|more|over|up|into|around|about|under|by|also|through|it|them)$/.test(
        next,
      ) ||
      capital(at + 1) ||
      /^\d/.test(next) ||
      words[at + 1] === undefined ||
      itemIs(at + 1);
    if (form.third && at > 0 && !form.sure && items.some((one) => one.figure?.kind === 'number' && one.end === (words[at - 1] as Word).end))
      return null;
    if (form.third) return opens || baseForm(w)?.sure ? { verb: at, end: at + 1, voice: 'active', bare: true, participle: false } : null;
    if (
      form.base &&
      form.sure &&
      (opens || /^(?:they|we|you|\d+)$|[^s]s$/.test(previous)) &&
      at > 0 &&
      !/^(?:a|an|the|and|or|to)$/.test(previous)
    )
      return { verb: at, end: at + 1, voice: 'active', bare: true, participle: false };
    if (form.base && /^(?:who|which)$/.test(previous) && !/^(?:the|a|an)$/.test(w))
      return { verb: at, end: at + 1, voice: 'active', bare: true, participle: false };
    if (form.base && /(?:s|people|who|which|they|and|children|women|men)$/.test(previous) && !/['’]$/.test(gap(at)) && opens)
      return { verb: at, end: at + 1, voice: 'active', bare: true, participle: false };
    return null;
  }

  function isWord(at: number): boolean {
    return PREPOSITION.test(word(at)) || /^(?:and|out|up|down|off|when|while|if)$/.test(word(at)) || itemIs(at);
  }

  function itemIs(at: number): boolean {
    const begin = words[at]?.start;
    return items.some((item) => item.start === begin && item.figure !== null);
  }

  function formOf(at: number): { sure: boolean; past: boolean; participle: boolean; third: boolean; base: boolean } | null {
    const found = baseForm(word(at));
    if (!found) return null;
    return {
      sure: found.sure,
      past: found.form === 'past' || found.form === 'both' || found.form === 'participle',
      participle: found.form === 'participle' || found.form === 'both',
      third: found.form === 'third',
      base: found.form === 'base',
    };
  }
}
