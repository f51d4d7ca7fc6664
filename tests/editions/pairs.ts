import { createHash } from 'node:crypto';
import type { Paragraph, ParagraphKind } from '../../src/core/model.ts';
import { sentences } from '../../src/core/text/sentences.ts';

export interface Side {
  text: string;
  headings?: string[];
  kind?: ParagraphKind;
}

/** Two paragraphs of two editions and what of the one became what in the other; nothing where they speak of different things. */
export interface LabelledPair {
  why: string;
  from: string | Side;
  to: string | Side;
  changes: string[];
}

const pair = (why: string, from: string | Side, to: string | Side, ...changes: string[]): LabelledPair => ({ why, from, to, changes });
const under = (heading: string, text: string): Side => ({ headings: [heading], text });

/** One value was replaced by another. */
export const TRUE_CHANGES: LabelledPair[] = [
  pair('plain', 'Norland has 7 harbours.', 'Norland has 9 harbours.', '7 -> 9'),
  pair('spelled out', 'The coast has seven harbours.', 'The coast has nine harbours.', 'seven -> nine'),
  pair('digits and words', 'The coast has seven harbours.', 'The coast has 12 harbours.', 'seven -> 12'),
  pair(
    'the rest of the sentence differs',
    'The country has signed 14 treaties, which include three on fisheries, two on border rivers and nine on trade.',
    'The country has signed 17 treaties and is among the most active members of the northern union.',
    '14 -> 17',
  ),
  pair(
    'colon after the count',
    'Norland has signed 14 treaties: three of them are on fisheries.',
    'Norland has signed 17 treaties.',
    '14 -> 17',
  ),
  pair(
    'a subject named in the sentence before',
    'The Kingdom of Norway joined in 1950. The country has signed 14 treaties.',
    'Norway joined in 1950. Norway has signed 17 treaties.',
    '14 -> 17',
  ),
  pair(
    'ministry and ferries',
    'The Ministry of Transport runs 12 ferries between the islands.',
    'The Ministry of Transport runs 15 ferries between the islands.',
    '12 -> 15',
  ),
  pair('tense', 'The programme reaches 4,000 fishers.', 'The programme reached 6,500 fishers.', '4,000 -> 6,500'),
  pair('passive', '14 treaties have been signed by Norland.', 'Norland has signed 17 treaties.', '14 -> 17'),
  pair(
    'money',
    'The Harbour Fund has a budget of US$ 4 million.',
    'The Harbour Fund has a budget of US$ 6.5 million.',
    'US$ 4 million -> US$ 6.5 million',
  ),
  pair(
    'money, reordered',
    'A contribution of EUR 300,000 supports the lighthouse museum.',
    'The lighthouse museum is supported by a contribution of EUR 450,000.',
    'EUR 300,000 -> EUR 450,000',
  ),
  pair(
    'percent',
    'Unemployment on the islands stands at 5.2 per cent.',
    'Unemployment on the islands stands at 4.8 per cent.',
    '5.2 per cent -> 4.8 per cent',
  ),
  pair(
    'percent sign and words',
    'Women make up 31% of harbour pilots.',
    'Women make up 38 per cent of harbour pilots.',
    '31% -> 38 per cent',
  ),
  pair('as of', 'As of 2019, Norland had signed 14 treaties.', 'As of 2026, Norland had signed 17 treaties.', '14 -> 17'),
  pair(
    'bounds moved',
    'The network links more than 40 schools in the archipelago.',
    'The network links more than 75 schools in the archipelago.',
    '40 -> 75',
  ),
  pair('to date', 'The clinic ship has treated 2,300 patients.', 'The clinic ship has treated 9,100 patients to date.', '2,300 -> 9,100'),
  pair(
    'unit as head',
    'The northern lighthouse shines for 40 kilometres.',
    'The northern lighthouse shines for 46 kilometres.',
    '40 -> 46',
  ),
  pair('duration', 'The ferry crosses the Great Sound in 55 minutes.', 'The ferry crosses the Great Sound in 40 minutes.', '55 -> 40'),
  pair('hyphenated', 'Pilots complete a 12-month course in Ostvik.', 'Pilots complete an 18-month course in Ostvik.', '12 -> 18'),
  pair('list label', under('Members', 'Number of member ports: 12'), under('Members', 'Number of member ports: 15'), '12 -> 15'),
  pair(
    'same project',
    under('Safer harbours (2018-22)', 'The project has trained 140 pilots.'),
    under('Safer harbours (2018-22)', 'The project has trained 310 pilots.'),
    '140 -> 310',
  ),
  pair(
    'project with its end moved',
    under('Safer harbours (2018-20)', 'The project has trained 140 pilots.'),
    under('Safer harbours (2018-24)', 'The project has trained 310 pilots.'),
    '140 -> 310',
  ),
  pair(
    'heading reworded',
    under('Overview', 'The Coast Guard of Norland keeps 22 patrol boats.'),
    under('The Coast Guard of Norland', 'The Coast Guard of Norland keeps 26 patrol boats.'),
    '22 -> 26',
  ),
  pair('two figures, one moved', 'The academy has 41 teachers in 3 towns.', 'The academy has 52 teachers in 3 towns.', '41 -> 52'),
  pair(
    'two figures, both moved',
    'The academy has 41 teachers and 600 students.',
    'The academy has 52 teachers and 800 students.',
    '41 -> 52',
    '600 -> 800',
  ),
  pair(
    'office holder',
    'The Director of the Harbour Agency is Anna Berg.',
    'The Director of the Harbour Agency is Tomas Falk.',
    'Anna Berg -> Tomas Falk',
  ),
  pair(
    'office holder as subject',
    'Anna Berg is the director of the academy.',
    'Tomas Falk is the director of the academy.',
    'Anna Berg -> Tomas Falk',
  ),
  pair(
    'led by',
    'The delegation office in Ostvik is headed by Maria Lund.',
    'The delegation office in Ostvik is headed by Erik Holm.',
    'Maria Lund -> Erik Holm',
  ),
  pair(
    'seat',
    'The headquarters of the union are in North Haven.',
    'The headquarters of the union are in Cape Varde.',
    'North Haven -> Cape Varde',
  ),
  pair('expiry', 'The lease of the museum expires in 2024.', 'The lease of the museum expires in 2031.', '2024 -> 2031'),
  pair(
    'opening moved',
    'The tunnel under the Great Sound is scheduled to open in May 2025.',
    'The tunnel under the Great Sound is scheduled to open in March 2027.',
    'May 2025 -> March 2027',
  ),
  pair('founding corrected', 'The pilot school was founded in 1985.', 'The pilot school was founded in 1958.', '1985 -> 1958'),
  pair('run until', 'The fisheries plan runs until 2025.', 'The fisheries plan runs until 2028.', '2025 -> 2028'),
  pair(
    'heading with its end moved',
    { kind: 'heading', text: 'Safer harbours (2018-20)' },
    { kind: 'heading', text: 'Safer harbours (2018-24)' },
    '2018-20 -> 2018-24',
  ),
  pair('a comma first', ', the coast has 7 lighthouses.', ', the coast has 8 lighthouses.', '7 -> 8'),
  pair('emoji before', '🗼 The coast has 7 lighthouses.', '🗼🗼 The coast has 8 lighthouses.', '7 -> 8'),
];

/** Alike, but not the same thing. */
export const NEAR_MISSES: LabelledPair[] = [
  pair('same', 'Norland has 7 harbours.', 'Norland has 7 harbours.'),
  pair('same value in other words', 'Norland has 7 harbours.', 'Norland has seven harbours.'),
  pair('other thing counted', 'Norland has 7 harbours.', 'Norland has 9 lighthouses.'),
  pair('other place', 'Ostvik has 7 piers.', 'Lindvik has 9 piers.'),
  pair('other country', 'In Cambodia 10,000 workers have benefited.', 'In Pakistan 25,000 workers have benefited.'),
  pair('one of two countries', 'The project reached 500 people in Kenya and Ghana.', 'The project reached 900 people in Kenya and Peru.'),
  pair('narrower', 'Norland has 7 harbours.', 'Norland has 5 harbours in the north.'),
  pair('other side of the compass', 'Norland has 7 harbours in the north.', 'Norland has 9 harbours in the south.'),
  pair('other qualifier', 'Norland has 10 large harbours.', 'Norland has 15 small harbours.'),
  pair('other ministry', 'The Ministry of Transport runs 12 ferries.', 'The Ministry of Health runs 15 ferries.'),
  pair('other verb', 'The Ministry of Transport bought 12 ferries.', 'The Ministry of Transport sold 15 ferries.'),
  pair(
    'other years of an event',
    'In 2018, 250 young experts were trained in Ostvik.',
    'In 2024, 400 young experts were trained in Ostvik.',
  ),
  pair('year on one side', 'In 2018 alone, 250 young experts were trained in Ostvik.', '400 young experts were trained in Ostvik.'),
  pair(
    'other project',
    under('Safer harbours (2018-20)', 'With an allocation of US$ 1 million, this project trains pilots.'),
    under('Greener ferries (2021-25)', 'With an allocation of US$ 4 million, this project trains pilots.'),
  ),
  pair(
    'next phase of a project',
    under('Safer harbours (2018-20)', 'The project trained 140 pilots.'),
    under('Safer harbours (2022-25)', 'The project trained 310 pilots.'),
  ),
  pair(
    'project and no project',
    under('Safer harbours (2018-20)', 'The project trained 140 pilots.'),
    under('Overview', 'The project trained 310 pilots.'),
  ),
  pair(
    'project for other countries',
    under('Skills in Cambodia and Myanmar (2018-20)', 'The project has US$ 1 million.'),
    under('Skills in Kenya and Ghana (2018-20)', 'The project has US$ 5 million.'),
  ),
  pair('committee of another name', under('Committee on Pilots', 'Members: 12'), under('Committee on Lighthouses', 'Members: 15')),
  pair('pronoun without a common subject', under('Harbour Agency', 'It has 12 members.'), under('Lighthouse Board', 'It has 15 members.')),
  pair('additional', 'Another 5 schools were opened on the islands.', 'Another 7 schools were opened on the islands.'),
  pair('new ones', 'The union opened 5 new schools on the islands.', 'The union opened 8 new schools on the islands.'),
  pair('planned and done', 'The union will train 500 pilots.', 'The union trained 450 pilots.'),
  pair('rounded', 'The fund received US$ 4.45 million from Norland.', 'The fund received US$ 4.5 million from Norland.'),
  pair('a bound that holds', 'Over 1,000 participants came to the seminars.', '1,120 participants came to the seminars.'),
  pair('about', 'About 5,000 fishers use the app.', '4,900 fishers use the app.'),
  pair('negated', 'The port does not serve 12 islands.', 'The port does serve 15 islands.'),
  pair('ordinals of different things', 'The third work programme was agreed in Ostvik.', 'The fourth work programme was agreed in Ostvik.'),
  pair('numbers of meetings', 'The minister attended the 108th conference.', 'The minister attended the 114th conference.'),
  pair('references', 'The plan follows Article 5 of the charter.', 'The plan follows Article 7 of the charter.'),
  pair('targets', 'It contributes to SDG Target 1.3 on protection.', 'It contributes to SDG Target 8.5 on protection.'),
  pair('names with numbers', 'The union works with the G20 on ports.', 'The union works with the G7 on ports.'),
  pair('names with numbers after', 'The strategy Vision 2030 guides the ports.', 'The strategy Vision 2040 guides the ports.'),
  pair('both values stated', 'The network grew from 12 to 15 members.', 'The network had 12 members and then 15 members.'),
  pair('from and to', 'Turnover rose from 5 per cent to 7 per cent.', 'Turnover rose from 7 per cent to 9 per cent.'),
  pair('other currency', 'The fund has US$ 4 million.', 'The fund has EUR 5 million.'),
  pair('unit against none', 'The fund has 40 per cent.', 'The fund has 40 members.'),
  pair('other donor', 'Norway contributed US$ 2 million to the fund.', 'Sweden contributed US$ 3 million to the fund.'),
  pair('each of several donors', 'The Pilot Union paid US$ 2 million into the fund.', 'The Ferry Board paid US$ 3 million into the fund.'),
  pair('another agreement', 'A memorandum was signed with the academy in 2016.', 'A memorandum was signed with the academy in 2025.'),
  pair('another year of a meeting', 'In 2024, the forum was held in Ostvik.', 'In 2025, the forum was held in Ostvik.'),
  pair('an annual event', 'The annual regatta starts on 3 May 2024.', 'The annual regatta starts on 6 May 2025.'),
  pair('a new school each', 'A pilot school was opened in 2018.', 'A pilot school was opened in 2024.'),
  pair('same date, more exact', 'The tunnel is scheduled to open in 2027.', 'The tunnel is scheduled to open in March 2027.'),
  pair('speaker of another day', 'The forum was opened by Anna Berg.', 'The forum was opened by Tomas Falk.'),
  pair('another office', 'The Director of the Harbour Agency is Anna Berg.', 'The Director of the Lighthouse Board is Tomas Falk.'),
  pair('shorter name', 'The director of the academy is Anna Berg.', 'The director of the academy is Dr. Anna Berg-Lund.'),
  pair(
    'part of the whole',
    'The union has 41 schools, of which 12 are on the islands.',
    'The union has 41 schools, of which many are on the coast and 15 in town.',
  ),
  pair('group of people', '16 representatives of workers joined.', '20 representatives of employers joined.'),
  pair(
    'other beneficiaries',
    'The project reached over 150 individuals through expert meetings.',
    'The project has reached over 186,000 beneficiaries since its inception.',
  ),
  pair('dates against counts', 'The plan covers the years 2016-2020.', 'The plan covers 5 years.'),
  pair(
    'postal addresses',
    { kind: 'contact', text: 'Harbour Agency\n4 Pier Road\nOstvik 1211' },
    { kind: 'contact', text: 'Harbour Agency\n9 Pier Road\nOstvik 1214' },
  ),
  pair(
    'headings of two phases',
    { kind: 'heading', text: 'Safer harbours (2018-20)' },
    { kind: 'heading', text: 'Safer harbours (2021-24)' },
  ),
  pair('two candidates', 'The union has 12 boats in service.', 'The union has 15 boats in service. The union has 18 boats in service.'),
  pair('per what', 'Each pilot is paid US$ 200 a day.', 'Each pilot is paid US$ 900 a week.'),
  pair('subject of another list', under('Schools', 'Students: 120'), under('Hospitals', 'Students: 45')),
];

let made = 0;

/** A paragraph of its own, with its sentences found. */
export function paragraph(side: string | Side, briefing = 'briefing', number = ++made): Paragraph {
  const { text, headings = [], kind = 'body' } = typeof side === 'string' ? { text: side } : side;
  const length = [...text].length;
  return {
    id: `${briefing}#p${number}`,
    briefing,
    number,
    kind,
    text,
    headings,
    heading: null,
    lead: null,
    page: null,
    start: number * 10_000,
    end: number * 10_000 + length,
    hash: createHash('sha256').update(text).digest('hex').slice(0, 16),
    sentences: sentences(text),
  };
}
