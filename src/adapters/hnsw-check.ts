/**
 * Walks a saved graph of hnswlib 0.8 (64-bit, little-endian) and throws a plain Error unless every size adds up, every
 * link leads to a node that exists on its level, and the nodes that are not deleted are those that `places` has a chunk for.
 * Returns the number of nodes, and how many of them are deleted.
 *
 * Native code follows these numbers without looking: one wrong offset ends the process. The layout, in order: six
 * size_t (start of level 0, capacity, nodes, bytes a node, place of the label, place of the vector), int32 top level,
 * uint32 entry node, three size_t (links above, links on level 0, M), float64 level factor, size_t efConstruction; the
 * nodes of level 0 (uint16 number of links, a byte whose lowest bit says deleted, a byte, links as uint32, vector, label as
 * size_t); then for each node uint32 byte length and its links on the levels above.
 */
export function checkHnswFile(bytes: Uint8Array, places: Uint32Array, dimensions: number): { nodes: number; dead: number } {
  const labels = places.length;
  const fail = (what: string): never => {
    throw new Error(`Not an intact graph: ${what}.`);
  };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEADER_BYTES) fail('truncated');
  const size = (at: number): number => {
    const value = Number(view.getBigUint64(at, true));
    return Number.isSafeInteger(value) ? value : fail('a size is absurd');
  };
  const capacity = size(8);
  const nodes = size(16);
  const nodeBytes = size(24);
  const top = view.getInt32(48, true);
  const entry = view.getUint32(52, true);
  const linksAbove = size(56);
  const linksBelow = size(64);
  const vectorAt = 4 + 4 * linksBelow;
  const labelAt = vectorAt + 4 * dimensions;
  if (linksAbove < 1 || linksAbove > 4096 || linksBelow < linksAbove || linksBelow > 8192) fail('numbers of links');
  if (size(0) !== 0 || size(32) !== labelAt || size(40) !== vectorAt || nodeBytes !== labelAt + 8) fail('layout of a node');
  if (nodes > labels || capacity < nodes || capacity > Math.max(1, labels)) fail('number of nodes');
  if (!(view.getFloat64(80, true) > 0)) fail('level factor');
  if (nodes > 0 && (entry >= nodes || top < 0)) fail('entry node');

  const upper = HEADER_BYTES + nodes * nodeBytes;
  if (upper + 4 * nodes > bytes.length) fail('truncated');
  const levelBytes = 4 + 4 * linksAbove;
  const levels = new Uint16Array(nodes);
  const linksAt = new Float64Array(nodes);
  let at = upper;
  for (let node = 0; node < nodes; node++) {
    if (at + 4 > bytes.length) fail('truncated');
    const length = view.getUint32(at, true);
    if (length % levelBytes !== 0 || at + 4 + length > bytes.length) fail('links above');
    levels[node] = length / levelBytes;
    linksAt[node] = at + 4;
    at += 4 + length;
  }
  if (at !== bytes.length) fail('length');
  if (nodes > 0 && levels[entry] !== top) fail('entry level');

  const seen = new Uint8Array(labels);
  const checkLinks = (from: number, most: number, level: number) => {
    const count = view.getUint16(from, true);
    if (count > most) fail('number of links');
    for (let link = 0; link < count; link++) {
      const to = view.getUint32(from + 4 + 4 * link, true);
      if (to >= nodes || (levels[to] as number) < level) fail('a link leads nowhere');
    }
  };
  let dead = 0;
  for (let node = 0; node < nodes; node++) {
    const from = HEADER_BYTES + node * nodeBytes;
    checkLinks(from, linksBelow, 0);
    for (let level = 1; level <= (levels[node] as number); level++) {
      checkLinks((linksAt[node] as number) + (level - 1) * levelBytes, linksAbove, level);
    }
    const label = size(from + labelAt);
    if (label >= labels || seen[label] === 1) fail('a label');
    seen[label] = 1;
    const deleted = ((bytes[from + 2] as number) & 1) === 1;
    if (deleted) dead++;
    if (deleted !== (places[label] === 0)) fail('a deleted node');
  }
  if (places.some((place, label) => place !== 0 && seen[label] === 0)) fail('a chunk without a node');
  return { nodes, dead };
}

const HEADER_BYTES = 96;
