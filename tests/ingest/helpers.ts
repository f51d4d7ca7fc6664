import { readFileSync } from 'node:fs';
import { readDocument } from '../../src/ingest/document.ts';

const folder = new URL('../fixtures/ingest/', import.meta.url);
/** A day after every date in the fixtures. */
export const now = new Date('2026-08-01T00:00:00Z');

export const fixture = (name: string) => readDocument(name, readFileSync(new URL(name, folder)), { now });
export const fixtureFolder = folder.pathname;
export const fromText = (text: string, name = 'note.txt') => readDocument(name, new TextEncoder().encode(text), { now });
export const outline = (text: string, name?: string) => fromText(text, name).paragraphs.map(({ kind, text }) => `${kind}: ${text}`);

/** Whether a text holds no half of a surrogate pair. */
export const isWellFormed = (text: string) => !/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text);
