import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createVerifier, type Source, type VerifyOptions } from '../../../src/ask/verify/verify.ts';
import { sliceCodePoints } from '../../../src/core/text/codepoints.ts';

const source = (id: string, text: string, more: Partial<Source> = {}): Source => ({
  id,
  text,
  headings: [],
  title: 'Handbook',
  series: 'Handbook',
  edition: '2025-03',
  newest: true,
  language: 'en',
  lead: null,
  ...more,
});
const check = (text: string, sources: Source[], options: Partial<VerifyOptions> = {}, named: string[] = []) =>
  createVerifier(sources, { language: 'en', today: '2025-06-15', ...options }).check({ text, blocks: named.map((id) => [id]) });
const verdict = (text: string, paragraph: string, more: Partial<Source> = {}, options: Partial<VerifyOptions> = {}) => {
  const { refusals, doubts, verdict: found } = check(text, [source('p', paragraph, more)], options);
  return refusals[0]?.kind ?? (doubts[0] ? `doubt: ${doubts[0].kind}` : found);
};

describe('figures', () => {
  test.each([
    ['The pier cost 7 million euros.', 'Building the pier cost EUR 7,000,000 in all.', 'passed'],
    ['The pier cost 8 million euros.', 'Building the pier cost EUR 7,000,000 in all.', 'figure'],
    ['The pier cost 7 million dollars.', 'Building the pier cost EUR 7,000,000 in all.', 'unit'],
    ['Seventeen boats were sold.', 'The harbour sold 17 boats.', 'passed'],
    ['The phases cost US$ 4 million and US$ 2 million.', 'The three phases cost US$ 5 million, 4 million and 2 million.', 'passed'],
    ['The share rose to 44 per cent.', 'The share rose from 31 to 44 per cent.', 'passed'],
    ['The share was 31 per cent.', 'The share rose from 31 to 44 per cent.', 'passed'],
    ['The training takes a year and a half.', 'The training takes eighteen months.', 'passed'],
    ['The training takes two years.', 'The training takes eighteen months.', 'passed'],
    ['The training takes 24 months.', 'The training takes eighteen months.', 'figure'],
    ['About four in ten members voted.', 'Of the members, 41 per cent voted.', 'passed'],
    [
      'Files are kept for six years after the last payment.',
      'Files are kept for a period of six (6) years after the last payment.',
      'passed',
    ],
    [
      'Files are kept for 6 months after the last payment.',
      'Files are kept for a period of six (6) years after the last payment.',
      'figure',
    ],
    ['Notice is given 30 days before.', 'Notice is given thirty (30) days before.', 'passed'],
    ['Notice is given twenty (20) days before.', 'Notice is given 20 days before.', 'passed'],
    ['Notice is given twenty (20) days before.', 'Notice is given 30 days before.', 'figure'],
    ['Send the form ten days ahead.', 'Send the form ten working days ahead.', 'unit'],
    ['Members pay 30 euros a month.', 'Members pay 30 euros.', 'unit'],
    ['Members pay 30 euros a month.', 'The monthly fee for members is 30 euros.', 'passed'],
  ])('%s ← %s', (claim, paragraph, expected) => {
    expect(verdict(claim, paragraph)).toBe(expected);
  });

  test('a unit of time of another language is one', () => {
    expect(
      verdict('Der Antrag läuft 18 Monate.', 'Der Antrag läuft anderthalb Jahre, also 18 Monate.', { language: 'de' }, { language: 'de' }),
    ).toBe('passed');
    expect(verdict('La garantie dure 18 semaines.', 'La garantie est valable 18 mois.', { language: 'fr' }, { language: 'fr' })).not.toBe(
      'passed',
    );
  });
});

describe('dates', () => {
  test.each([
    ['The vote is on 3 May.', 'The vote takes place on 3 May 2025.', 'passed'],
    ['The vote is on 4 May.', 'The vote takes place on 3 May 2025.', 'date'],
    ['The vote is in September.', 'The vote takes place on 3 May 2025.', 'date'],
    ['The vote takes place in 2025.', 'The vote takes place on 3 May 2025.', 'passed'],
    ['The vote takes place on 3 May 2025.', 'The vote takes place in 2025, on 3 May at noon.', 'passed'],
    ['Last year the pier was closed.', 'In 2024 the pier was closed.', 'passed'],
    ['Last year the pier was closed.', 'In 2021 the pier was closed.', 'date'],
    ['In 2024 there were 39 pilots.', 'In 2025 there were 48 pilots, up from 39 the year before.', 'passed'],
  ])('%s ← %s', (claim, paragraph, expected) => {
    expect(verdict(claim, paragraph)).toBe(expected);
  });
});

describe('names', () => {
  test.each([
    ["Norway's fleet has 40 boats.", 'The Norwegian fleet has 40 boats.', 'passed'],
    ["Sweden's fleet has 40 boats.", 'The Norwegian fleet has 40 boats.', 'name'],
    ['The EU pays half of it.', 'The European Union pays half of it.', 'passed'],
    ['The grant came from the Bank of Finland.', 'The Bank of Finland (BoF) gave the grant.', 'passed'],
    ['The grant came from Zedland.', 'The grant came from Finland.', 'name'],
    ['The whole cost of the grant was borne by Zedland.', 'The Bank of Finland gave a grant.', 'doubt: name'],
    ['The grant came from the BoF.', 'The Bank of Finland gave the grant.', 'passed'],
    ['Write to mia@example.org.', 'Write to Mia at jan@example.org.', 'address'],
  ])('%s ← %s', (claim, paragraph, expected) => {
    const forms = { abbreviations: [{ short: 'BoF', long: 'Bank of Finland' }] };
    expect(verdict(claim, paragraph, {}, forms)).toBe(expected);
  });

  test('a thing that the question asks for by another name is refused all the same', () => {
    const chair = [source('p', 'The vice-chair is Ida Roth.')];
    expect(check('The chair is Ida Roth.', chair, { question: 'Who is the chair?' }).refusals.map(({ kind }) => kind)).toEqual(['kind']);
  });

  test('a name that only the question holds is doubtful, no more', () => {
    expect(
      check('Trips to Zedland are not covered.', [source('p', 'Trips within Europe are covered; no other trips are.')], {
        question: 'Is Zedland covered?',
      }).doubts,
    ).toEqual([{ kind: 'name', value: 'Zedland' }]);
  });
});

describe('quotations, scope, denial, kind', () => {
  test.each([
    ['The rule says “no dogs on deck”.', 'The rule says: no dogs on deck, ever.', 'passed'],
    ['The rule says “no cats on deck”.', 'The rule says: no dogs on deck, ever.', 'quotation'],
    ['All boats carry a light.', 'Fishing boats carry a light.', 'scope'],
    ['All boats carry a light.', 'Every boat carries a light.', 'passed'],
    ['Only pilots get a pass.', 'Pilots get a pass.', 'scope'],
    ['Private boats are insured on the water.', 'Private boats are not insured on the water.', 'denial'],
    ['The president is Mia Falk.', 'The vice-president is Mia Falk.', 'kind'],
    ['The president is Mia Falk.', 'The vice-president is Jan Holm, the president Mia Falk.', 'passed'],
    ['The full-time staff number 30.', 'The part-time staff number 30.', 'kind'],
    ['Unregistered boats pay 12 euros a night.', 'Registered boats pay 12 euros a night.', 'kind'],
    ['Registered boats pay 12 euros a night.', 'Unregistered boats pay 12 euros a night.', 'kind'],
    ['Registered boats pay 12 euros a night.', 'Registered boats pay 12 euros per night.', 'passed'],
  ])('%s ← %s', (claim, paragraph, expected) => {
    expect(verdict(claim, paragraph)).toBe(expected);
  });

  test('a plan told as done', () => {
    expect(verdict('The bridge cost 7 million euros.', 'The planned bridge will cost 7 million euros.')).toBe('plan');
    // "Will" of a rule, and beside what was done, is no plan.
    expect(verdict('The holder answers for losses made before the call.', 'The holder will answer for losses made before the call.')).toBe(
      'passed',
    );
    expect(
      verdict(
        'In May the port signed two treaties with the yard.',
        'In May the port signed two treaties with the yard, which will carry more work.',
      ),
    ).toBe('passed');
    expect(verdict('The bridge will cost 7 million euros.', 'The planned bridge will cost 7 million euros.')).toBe('passed');
  });

  test('tags, links and endless sentences are refused', () => {
    expect(verdict('The pier <img src=x> is open.', 'The pier is open.')).toBe('markup');
    expect(verdict('The [pier](https://example.org) is open.', 'The pier is open.')).toBe('markup');
    expect(verdict(`The pier is open ${'and open '.repeat(100)}`, 'The pier is open.')).toBe('long');
    expect(
      verdict(`The piers are ${Array.from({ length: 40 }, (_, at) => at + 100).join(', ')} metres long.`, 'The pier is 300 metres long.'),
    ).toBe('long');
    expect(verdict('Quantum foam oscillates.', 'The pier is open.')).toBe('unsupported');
    // Named or not.
    expect(check('Quantum foam oscillates.', [source('p', 'The pier is open.')], {}, ['p']).refusals[0]?.kind).toBe('unsupported');
  });
});

describe('what is told in other words', () => {
  test.each([
    // An example of a rule, a sum, a share reckoned: the words are not the paragraph's.
    [
      'A hull of 750 crowns goes past Mr Ode first.',
      'Purchases above 600 crowns need the consent of the director, Mr Ode.',
      'doubt: figure',
    ],
    ['Purchases above 800 crowns need consent.', 'Purchases above 600 crowns need the consent of the director.', 'figure'],
    ['Newcomers of April are paid from May on.', 'The allowance is paid from the month after somebody joins.', 'doubt: date'],
    ['All those on the roll are asked for advice as members.', 'The members are consulted.', 'passed'],
    ['All members are consulted.', 'The members are consulted.', 'scope'],
  ])('%s ← %s', (claim, paragraph, expected) => {
    expect(verdict(claim, paragraph)).toBe(expected);
  });

  test('a sentence in another language than its paragraph is doubtful, and its figures are read in its own', () => {
    const text = 'The bank kept its rate at 9.5 per cent in April 2026 and sent 1.3 billion dollars.';
    expect(verdict('Im April 2026 beließ die Bank den Zins bei 9,5 Prozent und überwies 1,3 Milliarden Dollar.', text)).toBe(
      'doubt: language',
    );
    expect(
      check('Il est permis de fumer dans deux abris de la cour.', [source('p', 'Two shelters outside are for smokers.')], {}, ['p']),
    ).toMatchObject({
      verdict: 'passed',
      carriers: [{ paragraph: 'p' }],
    });
  });
});

describe('editions', () => {
  const older = source('old', 'Claims must arrive within 60 days of the return.', { edition: '2023-01', newest: false });
  const newer = source('new', 'Claims must arrive within 30 days of the return.');

  test('the present is told by the newest edition', () => {
    expect(check('Claims must currently arrive within 60 days.', [newer, older]).refusals).toEqual([
      { kind: 'outdated', value: 'currently' },
    ]);
    expect(check('Claims must currently arrive within 30 days.', [newer, older]).verdict).toBe('passed');
  });

  test('an edition named is the edition cited', () => {
    expect(check('In 2023 claims had to arrive within 60 days.', [newer, older]).carriers.map((one) => one.paragraph)).toEqual(['old']);
    expect(check('In 2025 claims had to arrive within 60 days.', [newer, older]).refusals[0]?.kind).toBe('edition');
  });

  test('two editions compared are both cited', () => {
    const found = check('The limit fell from 60 days in 2023 to 30 days in 2025.', [newer, older]);
    expect([found.verdict, found.carriers.map((one) => one.paragraph).sort()]).toEqual(['passed', ['new', 'old']]);
  });
});

describe('what is cited', () => {
  const pier = source('pier', 'The pier was built in 1901. It is 300 metres long. Repairs of the pier cost 2 million euros in 2019.');
  const yard = source('yard', 'The yard employs 45 welders. Apprentices start in autumn.');

  test('the paragraph that carries it, whatever number was given', () => {
    for (const named of [[], ['pier'], ['yard'], ['nowhere']])
      expect(check('The yard has 45 welders.', [pier, yard], {}, named).carriers.map((one) => one.paragraph)).toEqual(['yard']);
  });

  test('a paragraph that only has the name of whoever speaks is no proof, and the second reader sees it', () => {
    const rule = source('rule', 'We lock an account when letters sent to its owner come back.', { title: 'Accounts' });
    const other = source('other', 'Sennheim keeps three ferries in the northern dock.', { title: 'Ferries' });
    const found = check('An account is locked by Sennheim when letters sent to its owner come back.', [rule, other]);
    expect([found.verdict, found.carriers.map((one) => one.paragraph), found.beside]).toEqual(['passed', ['rule'], ['other']]);
    const alike = source('alike', 'Sennheim sends letters to each owner of an account and locks it.', { title: 'Letters' });
    expect(check('An account is locked by Sennheim when letters sent to its owner come back.', [rule, alike]).carriers).toHaveLength(2);
  });

  test('each of two blocks that are named and say it is proof; one that says something else is not', () => {
    const old = source('old', 'Jurors get time off. A copy of the summons goes to the founder.', { title: 'Absences 1' });
    const next = source('new', 'Jurors get three days paid. A copy of the summons goes to the founder.', { title: 'Absences 2' });
    const far = source('far', 'Beer is served on Fridays.', { title: 'Drinks' });
    const cited = (named: string[]) =>
      check('Both versions ask for a copy of the summons for the founder.', [old, next, far], {}, named)
        .carriers.map((one) => one.paragraph)
        .sort();
    expect(cited(['old', 'new'])).toEqual(['new', 'old']);
    expect(cited(['new', 'far'])).toEqual(['new']);
  });

  test('the part of it that carries it', () => {
    const [carrier] = check('Repairing it cost two million euros in 2019.', [pier, yard]).carriers;
    const { span } = carrier!;
    expect(sliceCodePoints(pier.text, span.start, span.end)).toBe('Repairs of the pier cost 2 million euros in 2019.');
  });

  test('spans count code points', () => {
    const marked = source('p', '𝔓𝔦𝔢𝔯 news 🚢. The pier is 300 metres long.');
    const [carrier] = check('The pier has a length of 300 metres.', [marked]).carriers;
    expect(Array.from(marked.text).slice(carrier!.span.start, carrier!.span.end).join('')).toBe('The pier is 300 metres long.');
  });

  test('word for word is a quotation; a part of a sentence is none', () => {
    expect(check('The yard employs 45 welders.', [pier, yard])).toMatchObject({
      verdict: 'quoted',
      carriers: [{ paragraph: 'yard', span: { start: 0, end: 28 } }],
    });
    expect(check('Pilots may enter.', [source('p', 'Not only pilots may enter.')]).verdict).not.toBe('quoted');
  });
});

test('total and quick for any text', () => {
  const any = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 120 }),
    fc.constantFrom('12 '.repeat(200), 'A '.repeat(300), '“'.repeat(600), '1,1,'.repeat(150), 'half a '.repeat(90)),
  );
  fc.assert(
    fc.property(any, any, (claim, paragraph) => {
      const { verdict: found, carriers } = check(claim, [source('p', paragraph), source('q', 'The pier is 300 metres long.')]);
      expect(['quoted', 'passed', 'refused']).toContain(found);
      for (const { span } of carriers) expect(span.start).toBeLessThanOrEqual(span.end);
    }),
    { numRuns: 60 },
  );
});
