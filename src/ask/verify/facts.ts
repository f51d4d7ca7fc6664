import { fold } from '../../core/text/tokens.ts';
import { dateSupport, partialSupport } from './dates.ts';
import { addressesIn, nameIsIn } from './names.ts';
import { quantityMatch, reckoned } from './quantities.ts';
import { standsIn } from './quotations.ts';
import type { Ground, SourceReading } from './reading.ts';
import type { Finding } from './records.ts';
import { PRESENT } from './words.ts';

/** What is put between quotation marks and does not stand there. */
export function quotationFindings(quoted: readonly { text: string }[], sources: readonly SourceReading[]): Finding[] {
  const texts = sources.map((one) => one.quotable);
  return quoted.filter(({ text }) => !standsIn(text, texts)).map(({ text }) => ({ kind: 'quotation', value: text }));
}

/** Figures in digits that no carrier states, and figures stated with another unit. In words they may count what is listed. */
export function figureFindings({ claim, sources }: Ground): Finding[] {
  const there = sources.flatMap((one) => one.quantities);
  return claim.quantities.flatMap((quantity): Finding[] => {
    const value = claim.text.slice(quantity.start, quantity.end).trim();
    const matches = there.map((other) => quantityMatch(quantity, other));
    if (matches.includes('same') || reckoned(quantity, there)) return [];
    const kind = matches.includes('unit') ? 'unit' : 'figure';
    return kind === 'figure' && !/\p{N}/u.test(value) ? [] : [{ kind, value }];
  });
}

/** Dates that no carrier states as precisely. */
export function dateFindings({ claim: { dates, text }, sources }: Ground): Finding[] {
  return [
    ...dates.full.filter((date) => !sources.some((one) => dateSupport(date, one.dated))),
    ...dates.partial.filter((date) => !sources.some((one) => partialSupport(date, one.dated))),
  ].map(({ start, end }) => ({ kind: 'date', value: text.slice(start, end) }));
}

/** Names and addresses that no carrier holds. */
export function nameFindings({ claim, names, sources, forms, language }: Ground): Finding[] {
  return [
    ...names
      .filter((name) => !sources.some((one) => nameIsIn(name, one.names, forms, language)))
      .map((name): Finding => ({ kind: 'name', value: name.words.join(' ') })),
    ...addressesIn(claim.text)
      .filter((address) => !sources.some((one) => one.names.folded.includes(fold(address))))
      .map((value): Finding => ({ kind: 'address', value })),
  ];
}

/** What is said of the present out of older editions alone. */
export function presentFindings({ claim, sources, language }: Ground, all: readonly SourceReading[]): Finding[] {
  const present = PRESENT[language]?.exec(claim.text);
  const outdated = sources.every(
    ({ source }) => !source.newest && all.some((other) => other.source.newest && other.source.series === source.series),
  );
  return present && outdated ? [{ kind: 'outdated', value: present[0] }] : [];
}
