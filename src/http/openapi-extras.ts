type Json = Record<string, unknown>;

/** Chapters of the reference, and which paths belong there; the first that fits counts. */
const CHAPTERS: { name: string; description: string; paths: RegExp }[] = [
  { name: 'Asking', description: 'Questions, passages, and what answers were worth.', paths: /^\/v1\/(?:ask|search|feedback)$/ },
  { name: 'Briefings', description: 'What was indexed, and what changed between editions.', paths: /^\/v1\/(?:briefings|series)/ },
  {
    name: 'Other protocols',
    description: 'The same answers for clients of OpenAI and of the AI SDK: point them at `/v1`.',
    paths: /^\/v1\/(?:chat|responses|models|ui-messages)/,
  },
  { name: 'Desk', description: 'For whoever looks after the briefings, with a key of the scope `admin`.', paths: /^\/v1\/desk(?:\/|$)/ },
  { name: 'Service', description: 'For those who run it.', paths: /^\/(?:healthz|readyz)$/ },
];
const REST = { name: 'Further', description: 'What belongs nowhere else.' };

const QUESTION = 'How many Conventions has China ratified?';
/** A body to try for each operation that takes one, and values for what stands in paths. */
const BODIES: Record<string, unknown> = {
  ask: { question: QUESTION, edition: 'latest' },
  search: { query: 'South-South cooperation', limit: 3 },
  giveFeedback: {
    id: '0123456789abcdef0123456789abcdef',
    verdict: 'up',
    question: QUESTION,
    answer: 'China has ratified 28 Conventions. [1]',
    status: 'answered',
    mode: 'extractive',
    snapshot: '20260701-1',
    citations: [{ paragraph: 'china-ilo-cooperation-2026-07#p3', edition: '2026-07', quote: 'China has ratified 28 Conventions.' }],
  },
  deskSetEdition: { source: 'china-ilo-cooperation.md', edition: '2026-07' },
  deskSettle: { keys: ['q-0123456789abcdef01234567'], settled: true },
  deskCases: { questions: [{ question: QUESTION, rightly: true }], keep: false },
  createChatCompletion: { model: 'pilcrow', messages: [{ role: 'user', content: QUESTION }] },
  createResponse: { model: 'pilcrow', input: QUESTION },
  streamUiMessage: { messages: [{ role: 'user', parts: [{ type: 'text', text: QUESTION }] }] },
};
const VALUES: Record<string, Record<string, string | number>> = {
  '/v1/briefings': { id: 'china-ilo-cooperation-2026-07', number: 3 },
  '/v1/series': { id: 'china-ilo-cooperation', from: '2019', to: '2026-07' },
  '/v1/models': { id: 'pilcrow' },
};

/**
 * The document with chapters (`tags`), a body to try for each operation that takes one and a value for each parameter, and
 * the page where people can read it.
 */
export function withExtras<Document extends { paths: Json }>(document: Document): Document & { tags: Json[]; externalDocs: Json } {
  const used = new Set<string>();
  const paths = Object.fromEntries(
    Object.entries(document.paths as Record<string, Record<string, Json>>).map(([path, operations]) => {
      const chapter = CHAPTERS.find((one) => one.paths.test(path)) ?? REST;
      used.add(chapter.name);
      return [
        path,
        Object.fromEntries(
          Object.entries(operations).map(([method, operation]) => [method, { tags: [chapter.name], ...tried(path, operation) }]),
        ),
      ];
    }),
  );
  const tags = [...CHAPTERS, REST].filter((one) => used.has(one.name)).map(({ name, description }) => ({ name, description }));
  return { ...document, paths, tags, externalDocs: { description: 'The same, to be read', url: '/reference' } };
}

function tried(path: string, operation: Json): Json {
  const values = VALUES[path.split('/').slice(0, 3).join('/')] ?? {};
  const parameters = (operation.parameters as Json[] | undefined)?.map((one) => {
    const value = values[one.name as string];
    return value === undefined ? one : { example: value, ...one };
  });
  const example = BODIES[operation.operationId as string];
  const body = operation.requestBody as { content: Record<string, Json> } | undefined;
  const requestBody =
    body && example !== undefined
      ? { ...body, content: Object.fromEntries(Object.entries(body.content).map(([type, media]) => [type, { example, ...media }])) }
      : body;
  return { ...operation, ...(parameters ? { parameters } : {}), ...(requestBody ? { requestBody } : {}) };
}
