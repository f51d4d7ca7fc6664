import type { RichReading } from './record.ts';
export async function readPdf(_name: string, _bytes: Uint8Array): Promise<RichReading> {
  throw new Error('not yet');
}
