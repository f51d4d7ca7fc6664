/**
 * Container of named binary sections: 4 bytes magic, uint32 length of the header, JSON header, sections. Everything is
 * aligned to 8 bytes so that typed arrays can be laid over a section without copying it. Little-endian, as every
 * platform Node ships binaries for but s390x and AIX; there the magic would be read as damaged and the file rebuilt.
 */
const pad = (length: number): number => (length + 7) & ~7;

/** Joins a header and sections to one file. */
export function packSections(magic: string, header: Record<string, unknown>, sections: Record<string, ArrayBufferView>): Uint8Array {
  const places: Record<string, [number, number]> = {};
  let at = 0;
  for (const [name, view] of Object.entries(sections)) {
    places[name] = [at, view.byteLength];
    at += pad(view.byteLength);
  }
  const head = new TextEncoder().encode(JSON.stringify({ ...header, sections: places }));
  const start = pad(8 + head.length);
  const file = new Uint8Array(start + at);
  file.set(new TextEncoder().encode(magic).subarray(0, 4), 0);
  new Uint32Array(file.buffer, 4, 1)[0] = head.length;
  file.set(head, 8);
  for (const [name, view] of Object.entries(sections)) {
    file.set(new Uint8Array(view.buffer, view.byteOffset, view.byteLength), start + (places[name] as [number, number])[0]);
  }
  return file;
}

export interface Sections {
  header: Record<string, unknown>;
  bytes(name: string): Uint8Array;
  /** `length`: the number of elements the section must have; any when absent. */
  uint32(name: string, length?: number): Uint32Array;
  float32(name: string, length?: number): Float32Array;
  float64(name: string, length?: number): Float64Array;
}

/** Reads what `packSections` wrote. Throws a plain Error for anything else; never reads outside the file. */
export function unpackSections(magic: string, file: Uint8Array): Sections {
  const aligned = file.byteOffset % 8 === 0 ? file : Uint8Array.from(file);
  const fail = (what: string): never => {
    throw new Error(`Not an intact ${magic} file: ${what}.`);
  };
  if (aligned.length < 8 || new TextDecoder().decode(aligned.subarray(0, 4)) !== magic) fail('magic');
  const headLength = new Uint32Array(aligned.buffer, aligned.byteOffset + 4, 1)[0] as number;
  if (8 + headLength > aligned.length) fail('header length');
  const header = JSON.parse(new TextDecoder().decode(aligned.subarray(8, 8 + headLength))) as Record<string, unknown>;
  const places = new Map(Object.entries((header.sections ?? {}) as Record<string, unknown>));
  const start = pad(8 + headLength);

  const bytes = (name: string): Uint8Array => {
    const place = places.get(name);
    const [from, length] = Array.isArray(place) ? (place as unknown[]) : [];
    if (!Number.isInteger(from) || !Number.isInteger(length)) return fail(`no section ${name}`);
    const [offset, size] = [from as number, length as number];
    if (offset < 0 || size < 0 || offset % 8 !== 0 || start + offset + size > aligned.length) return fail(`section ${name} lies outside`);
    return aligned.subarray(start + offset, start + offset + size);
  };
  const words = (name: string, length?: number, each = 4): Uint8Array => {
    const view = bytes(name);
    const wrong = view.byteLength % each !== 0 || (length !== undefined && view.byteLength !== each * length);
    if (wrong) fail(`section ${name} has a wrong length`);
    return view;
  };
  return {
    header,
    bytes,
    uint32: (name, length) => {
      const view = words(name, length);
      return new Uint32Array(view.buffer, view.byteOffset, view.byteLength / 4);
    },
    float32: (name, length) => {
      const view = words(name, length);
      return new Float32Array(view.buffer, view.byteOffset, view.byteLength / 4);
    },
    float64: (name, length) => {
      const view = words(name, length, 8);
      return new Float64Array(view.buffer, view.byteOffset, view.byteLength / 8);
    },
  };
}
