import { describe, expect, it } from 'vitest';
import { abbreviations } from '../../src/ingest/abbreviations.ts';
import { FEW_PASSES, passesOver } from '../fixtures/characters-read.ts';

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

  it.each(['Alpha Beta Alpha Beta (AAAAAAAAAAAA) ', '(AB) ', '('])('goes over much of %j a few times', async (unit) => {
    expect(await passesOver(unit.repeat(80_000 / unit.length), (text) => abbreviations([text]))).toBeLessThan(FEW_PASSES);
  });
});
