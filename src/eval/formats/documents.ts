/** A document of another tool's data set as a Markdown briefing. */
export interface ImportedDocument {
  /** Becomes the file name, and so the id of the briefing. */
  name: string;
  title: string;
  date: string | null;
  paragraphs: string[];
}

/** What an import makes: cases, and for data sets that bring their corpus, the briefings to ingest. */
export interface Imported {
  cases: import('../case.ts').EvalCase[];
  documents: ImportedDocument[];
  /** What could not be taken over, in plain sentences. */
  notes: string[];
}

/** A file name that ingest turns into the same briefing id: lower-case letters, digits and single hyphens. */
export function nameOf(id: string): string {
  const name = id
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 80)
    .replace(/-$/, '');
  return name === '' ? 'document' : name;
}

/** A case id made of any text. */
export function caseId(text: string): string {
  const id = text.replace(/[^\p{L}\p{N}._|:-]+/gu, '-').replace(/^[._|:-]+/, '');
  return id === '' ? 'case' : id;
}

/** A briefing as a Markdown file: one paragraph a block, whatever its text looks like. */
export function documentToMarkdown({ title, date, paragraphs }: ImportedDocument): string {
  const meta = [`title: ${JSON.stringify(title)}`, ...(date ? [`edition: ${JSON.stringify(date)}`] : [])];
  const blocks = paragraphs.map((text) => text.replace(/\s+/g, ' ').trim()).filter(Boolean);
  // A first character that Markdown would read as a heading, list, quote, fence or rule is escaped.
  return `---\n${meta.join('\n')}\n---\n\n${blocks.map((text) => text.replace(/^([#>*+=~`|-]|\d+(?=[.)]))/, (mark) => (/\d/.test(mark) ? `${mark}\\` : `\\${mark}`))).join('\n\n')}\n`;
}

/** Shortest run of words, from the start of a paragraph or a span in it, that occurs in `others` nowhere else. */
export function uniqueQuote(paragraph: string, document: string): string | null {
  const text = paragraph.replace(/\s+/g, ' ').trim();
  const words = text.split(' ');
  for (const count of [6, 10, 16, 24, 40, words.length]) {
    const quote = words.slice(0, count).join(' ');
    if (quote !== '' && document.split(quote).length === 2) return quote;
    if (count >= words.length) break;
  }
  return null;
}
