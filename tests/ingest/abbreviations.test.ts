import { describe, expect, it } from 'vitest';
import { abbreviations } from '../../src/ingest/abbreviations.ts';

const pairs = (...texts: string[]) => abbreviations(texts).map(({ short, long }) => `${short}: ${long}`);

describe('abbreviations', () => {
  it.each([
    ['by the Lindara Federation of Dock Workers (LFDW), which', 'LFDW: Lindara Federation of Dock Workers'],
    ['(signed by the Ministry of Harbours and Coastal Waters - MHCW)', 'MHCW: Ministry of Harbours and Coastal Waters'],
    ['a Memorandum of Understanding (MoU) for', 'MoU: Memorandum of Understanding'],
    ['the Memoranda of Understanding (MoUs) of', 'MoU: Memoranda of Understanding'],
    ['on sister-port and tidal cooperation (SPTC) in', 'SPTC: sister-port and tidal cooperation'],
    ['harbour safety and health (HSH), which', 'HSH: harbour safety and health'],
    ['the LTS (Lindara Tide Survey) said', 'LTS: Lindara Tide Survey'],
    ['the Dock Labour Convention, 2006 (as amended, DLC, 2006)', null],
    ['the Port Library (“PL”) has', 'PL: Port Library'],
  ])('%s', (text, expected) => {
    expect(pairs(text)).toEqual(expected === null ? [] : [expected]);
  });

  it.each([
    'ports (including Moro and Teluk)',
    'in May (2019)',
    'the fee (US$ 5)',
    'see (B) below',
    'all ships. The Tide (ATT) is',
    'Phase (II)',
    'the great wide sea (OK)',
  ])('finds nothing in %j', (text) => {
    expect(pairs(text)).toEqual([]);
  });

  it('puts the most frequent long form first and reads capitals by how the texts write them', () => {
    expect(
      pairs(
        'THE PORT TRAINING CENTRE (PTC)',
        'At the Port Training Centre all is well.',
        'Pilot Trust Coast (PTC)',
        'the Port Training Centre (PTC)',
      ),
    ).toEqual(['PTC: Port Training Centre', 'PTC: Pilot Trust Coast']);
  });

  it('stays quick on long input', () => {
    const started = process.cpuUsage();
    abbreviations(['Alpha Beta Alpha Beta (AAAAAAAAAAAA) '.repeat(10_000), '(AB) '.repeat(50_000), '('.repeat(200_000)]);
    // Of the processor: the clock says how busy the machine is.
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(10_000);
  });
});
