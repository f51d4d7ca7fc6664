import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ClaimProblem, type ClaimSource, checkClaim, findSupport, type Support } from '../../../src/ask/claims/check.ts';
import type { Paragraph, Span } from '../../../src/core/model.ts';
import { codePointLength, sliceCodePoints } from '../../../src/core/text/codepoints.ts';
import { sentences } from '../../../src/core/text/sentences.ts';

function source(text: string, more: Partial<ClaimSource> & { headings?: string[] } = {}): ClaimSource {
  const paragraph: Paragraph = {
    id: 'harbours#p1',
    briefing: 'harbours',
    number: 1,
    kind: 'body',
    text,
    headings: more.headings ?? [],
    heading: null,
    lead: null,
    page: null,
    start: 0,
    end: codePointLength(text),
    hash: '',
    sentences: sentences(text),
  };
  return { paragraph, title: more.title ?? 'Harbours of Norland', edition: more.edition ?? null, lead: more.lead ?? null };
}

const english = { language: 'en' };
const HARBOURS = source(
  'In May 2018 the Norland Port Authority (NPA) opened 12 harbours and closed two old piers. Minister Ada Berg had promised US$ 3.5 million for the work. ' +
    'Traffic rose from 31 to 44 per cent of capacity, and over 80 ferries called every week. The harbour at Ostvik has not been dredged. ' +
    'The Authority plans to build a lighthouse that will be “the tallest in the north”. Some ferries run on batteries.',
  { headings: ['Sea traffic (2016-19)'], edition: '2020-03' },
);
const problemOf = (text: string, sources = [HARBOURS]): ClaimProblem | null => {
  const check = checkClaim(text, sources, english);
  return check.supported ? null : check.problem;
};

describe('checkClaim', () => {
  it.each([
    'The Norland Port Authority opened twelve harbours in May 2018.',
    'In 2018, 12 harbours were opened by the NPA.',
    'Minister Ada Berg had promised $3,500,000 for the work.',
    'Ada Berg promised 3.5 million US dollars.',
    'Traffic increased from 31% to 44% of capacity.',
    'More than eighty ferries called every week.',
    'The harbour at Ostvik has not yet been dredged.',
    'The Port Authority plans to build a lighthouse.',
    'The lighthouse will be "the tallest in the north".',
    'Some ferries run on batteries.',
    'The NPA closed two old piers.',
  ])('passes what the paragraph says in other words: %s', (text) => {
    expect(checkClaim(text, [HARBOURS], english)).toMatchObject({ supported: true });
  });

  it.each<[string, ClaimProblem]>([
    ['The NPA opened 13 harbours in May 2018.', 'figure'],
    ['About 12,000 harbours were opened.', 'figure'],
    ['80 ferries called every week.', 'figure'],
    ['Nearly 80 ferries called every week.', 'figure'],
    ['Minister Ada Berg had promised US$ 3.5 billion for the work.', 'figure'],
    ['Minister Ada Berg had promised €3.5 million for the work.', 'unit'],
    ['The NPA opened 12 airports in May 2018.', 'unit'],
    ['The NPA opened 12 harbours in June 2018.', 'date'],
    ['The NPA opened 12 harbours on 3 May 2018.', 'date'],
    ['Minister Eva Lund had promised US$ 3.5 million for the work.', 'name'],
    ['The NPA opened 12 harbours in Denmark.', 'name'],
    ['The lighthouse will be “the tallest in the world”.', 'quotation'],
    ['The harbour at Ostvik has been dredged.', 'negation'],
    ['The Norland Port Authority did not open 12 harbours.', 'negation'],
    ['The Authority has built a lighthouse.', 'modality'],
    ['All ferries run on batteries.', 'quantifier'],
    ['Only ferries run on batteries.', 'quantifier'],
    ['Traffic fell from 31 to 44 per cent of capacity.', 'opposite'],
    ['Traffic rose from 44 to 31 per cent of capacity.', 'swapped'],
    ['The NPA opened two harbours and closed 12 old piers.', 'swapped'],
    ['The ferries are popular with tourists from overseas.', 'support'],
  ])('withholds what it does not: %s (%s)', (text, problem) => {
    expect(problemOf(text)).toBe(problem);
  });

  it('says why in a sentence a reader understands', () => {
    const check = checkClaim('The NPA opened 13 harbours.', [HARBOURS], english);
    expect(check).toMatchObject({ reason: { kind: 'figure', values: ['13'] } });
  });

  it.each<[string, string]>([
    ['In May 2021 the port of Selby opened its new quay. Ferries cross the bay.', 'The port is open.'],
    ['Heliovia won the tender; its competitor Sunmark lodged a complaint, which the court dismissed.', 'Sunmark won the tender.'],
    ['The wing was opened by Ruth Adeyemi. The Tarn Foundation gave the rest.', 'The Tarn Foundation opened the wing.'],
  ])('withholds what is joined from the words of several statements: %s', (text, claim) => {
    expect(checkClaim(claim, [source(text)], english)).toMatchObject({ supported: false });
  });

  it.each<[string, string, string]>([
    [
      'another subject',
      'The council passed the budget in May by 12 votes to 5. Reserves fell.',
      'Reserves adopted the budget by 12 votes to 5.',
    ],
    [
      'another subject of “has”',
      'The yard employs 310 people. In March Eva Lund followed Olav Dahl as director.',
      'Eva Lund has 310 employees.',
    ],
    [
      'who was named later',
      'The first boats sail in May. They will replace the steamers. Sundby had asked for more money.',
      'Sundby will replace the steamers.',
    ],
    ['one firm for “they”', 'The port ordered two boats from Sundby. They will replace the steamers.', 'Sundby will replace the steamers.'],
    ['giver for receiver', 'The port and its tenants have received advice from Norland.', 'The port has given Norland advice.'],
    [
      'a verb of another statement',
      'The grants total $5 million for boats. The port and the city have signed new leases.',
      'Boats signed $5 million.',
    ],
    ['who it was given to', 'In May the Lund family gave the port 40 maps.', 'The port gave the Lund family 40 maps.'],
  ])('withholds what is told of somebody else: %s', (_, text, claim) => {
    expect(checkClaim(claim, [source(text)], english)).toMatchObject({ supported: false });
  });

  it.each<[string, string]>([
    ['The port is the largest in Norland.', 'superlative'],
    ['More boats call at Ostvik than at Selby.', 'comparison'],
    ['The pier was closed because boats call at Selby.', 'cause'],
    ['Both harbours were dredged, and all three boats are new.', 'universal'],
  ])('withholds a superlative, comparison or cause of its own: %s', (claim) => {
    const port = source(
      'The port of Ostvik lies in Norland. Boats call at Ostvik and at Selby. The pier was closed in 2019. Two of the three boats are new.',
    );
    expect(checkClaim(claim, [port], english)).toMatchObject({ supported: false });
  });

  it('lets the greatest figure of a sentence be called so', () => {
    const grants = source('The grants come to $5 million for boats, $4 million for piers and $2 million for maps.');
    expect(problemOf('The largest grant, $5 million, is for boats.', [grants])).toBeNull();
    expect(problemOf('The largest grant, $4 million, is for piers.', [grants])).toBe('quantifier');
  });

  it('tells an announcement from a report, whatever the verb', () => {
    const plans = source(
      'In 2027 the port will hold the regatta. It held the regatta in 2019. By then 500 more people should have access to the quay.',
    );
    expect(problemOf('The port held the regatta in 2027.', [plans])).toBe('modality');
    expect(problemOf('The port held the regatta in 2019.', [plans])).toBeNull();
    expect(problemOf('500 more people have gained access to the quay.', [plans])).toBe('modality');
  });

  it.each<[string, string]>([
    ['Ada Berg opened the wing. She praised the builders.', 'Ada Berg praised the builders.'],
    ['The firm Lund won the tender in May. It builds 12 boats.', 'Lund, which won the tender in May, builds 12 boats.'],
    ['Norland was supported in drafting a law on boats.', 'Support was given to Norland in the drafting of a law on boats.'],
    ['The study looked at how Norland collects fees. It was made in 2024.', 'A study made in 2024 looked at how Norland collects fees.'],
    ['The police get $54 million and the fire service $29 million.', 'The fire service is given $29 million.'],
    ['Construction begins in May 2026, not in 2025 as planned.', 'Construction will not begin until May 2026.'],
    ['An official partner joined the league in 2024: it is the Boat Centre.', 'The Boat Centre joined the league in 2024.'],
    ['Berth fees are one reason. The other is the weather.', 'Two reasons are berth fees and the weather.'],
    ['The wing was opened by Ada Berg.', 'Ada Berg opened the wing.'],
    ['The contributions which Norland makes to the fund are voluntary.', 'Norland makes voluntary contributions to the fund.'],
    ['The Union gave €85 million, the Crown €32 million.', 'The Crown gave €32 million.'],
  ])('binds pronouns, voices and shortened clauses: %s', (text, claim) => {
    expect(checkClaim(claim, [source(text)], english)).toMatchObject({ supported: true });
  });

  it('counts what stands above the paragraph: headings, title, the line that introduces a list, the edition', () => {
    const item = source('12 ferries', { lead: 'In 2021 the company Nordfjord Lines bought:' });
    expect(checkClaim('Nordfjord Lines bought 12 ferries in 2021.', [item], english)).toMatchObject({ supported: true });
    expect(problemOf('As of March 2020, over 80 ferries called every week.')).toBeNull();
    expect(problemOf('In March 2020 over 80 ferries called every week.')).toBe('date');
  });

  it('tells which figure belongs to what', () => {
    const states = source('The State has signed 28 Conventions, six of them fundamental, and three Protocols.');
    expect(problemOf('The State has signed 28 Conventions, of which 6 are fundamental.', [states])).toBeNull();
    expect(problemOf('The State has signed six Conventions, 28 of them fundamental.', [states])).toBe('swapped');
  });

  it('tells who did it to whom, in active and passive voice', () => {
    const deed = source('Heliovia sued Sunmark in 2019 because of a patent.');
    expect(problemOf('In 2019 Sunmark was sued by Heliovia.', [deed])).toBeNull();
    expect(problemOf('In 2019 Sunmark sued Heliovia.', [deed])).toBe('swapped');
    expect(problemOf('Heliovia was sued by Sunmark because of a patent.', [deed])).toBe('swapped');
  });

  it('returns the sentences that carry the claim, by source', () => {
    const other = source('The ferry company Nordfjord Lines employs 140 people.');
    const text = 'The NPA opened 12 harbours, and Nordfjord Lines employs 140 people.';
    const check = checkClaim(text, [HARBOURS, other], english);
    if (!check.supported) throw new Error(check.reason.kind);
    expect(check.support.map((one) => one.source)).toEqual([0, 1]);
    const { start, end } = (check.support[0] as Support).spans[0] as Span;
    expect(sliceCodePoints(HARBOURS.paragraph.text, start, end)).toMatch(/^In May 2018 .* piers\.$/);
    expect(problemOf(text, [HARBOURS])).not.toBeNull();
  });

  it('knows abbreviations that the briefings introduce elsewhere', () => {
    const short = source('MARIT and the State signed a treaty in 2012.');
    const long = 'The Maritime Institute and the State signed a treaty in 2012.';
    expect(checkClaim(long, [short], english)).toMatchObject({ supported: false });
    const abbreviations = [{ short: 'MARIT', long: 'Maritime Institute' }];
    expect(checkClaim(long, [short], { ...english, abbreviations })).toMatchObject({ supported: true });
  });

  it('supports nothing without a source', () => {
    expect(checkClaim('Anything at all.', [], english)).toMatchObject({ supported: false, problem: 'support' });
  });

  it('reads figures and dates in the language of the paragraph', () => {
    const french = source('La subvention de 2,5 millions d’euros date du 3 mars 2021.', { title: 'Ports' });
    expect(checkClaim('La subvention de 2,5 millions d’euros date de mars 2021.', [french], { language: 'fr' })).toMatchObject({
      supported: true,
    });
    expect(checkClaim('La subvention de 3,5 millions d’euros date de mars 2021.', [french], { language: 'fr' })).toMatchObject({
      problem: 'figure',
    });
  });

  it('is total and gives the same answer twice, whatever the text', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('“', '12', 'from 3 to', 'May 2018', 'not', '(NPA)').chain((x) => fc.string().map((y) => `${x}${y} Ostvik`)),
    );
    fc.assert(
      fc.property(text, text, (claim, paragraph) => {
        const sources = [source(paragraph), HARBOURS];
        expect(checkClaim(claim, sources, english)).toEqual(checkClaim(claim, sources, english));
      }),
      { numRuns: 300 },
    );
  });

  it('stays quick over hostile and very long text', () => {
    const long = source(`${'12 and 13 ferries (NPA) from May 2018 to '.repeat(5000)}.`);
    const started = performance.now();
    for (const text of ['“'.repeat(2000), '1 '.repeat(900), 'A '.repeat(900), 'not '.repeat(400), 'Ada and '.repeat(200)])
      checkClaim(text, [HARBOURS], english);
    checkClaim('The NPA runs 12 ferries.', [long], english);
    // Under a second on an idle machine; with a quadratic step over the long paragraph it would be minutes.
    expect(performance.now() - started).toBeLessThan(15_000);
  });
});

describe('findSupport', () => {
  it('finds the source of a sentence that came without a citation', () => {
    const other = source('The ferry company Nordfjord Lines employs 140 people.');
    expect(findSupport('Nordfjord Lines has 140 employees.', [HARBOURS, other], english)).toMatchObject({
      source: 1,
      check: { supported: true },
    });
  });

  it('finds none for what nobody says', () => {
    expect(findSupport('Norland has 400 swimming pools.', [HARBOURS], english)).toBeNull();
  });
});
