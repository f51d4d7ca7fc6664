type Json = Record<string, unknown>;

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const replyOf = (name: string, description: string) => ({ description, content: { 'application/json': { schema: ref(name) } } });
const body = (name: string) => ({ required: true, content: { 'application/json': { schema: ref(name) } } });

/** The desk in the OpenAPI document. */
export function deskPaths(failure: (description: string) => Json): Json {
  const refused = {
    '401': failure('No key was sent, or one that is not in force.'),
    '403': failure('The key has another scope than `admin`, or a page of another origin asked.'),
  };
  const wrong = { '400': failure('The request is not valid; `errors` lists every problem with its JSON Pointer.') };
  const ADMIN = 'For keys with the scope `admin`, browsers that brought one to `/desk`, and members of `PILCROW_ADMIN_GROUPS`.';
  return {
    '/v1/desk': {
      get: {
        operationId: 'deskOverview',
        summary: 'What is indexed, what was refused, and what to mind',
        description: ADMIN,
        responses: { '200': replyOf('DeskOverview', 'As it is now.'), ...refused },
      },
    },
    '/v1/desk/ingest': {
      post: {
        operationId: 'deskIngest',
        summary: 'Bring the index up to date with the folder',
        description:
          `${ADMIN} With \`Accept: text/event-stream\` events \`progress\` (\`stage\`, \`done\`, \`total\`, \`file\`) come as it goes, a last ` +
          '`published` whose data is the JSON reply, or a last `error` with a Problem.',
        responses: {
          '200': {
            description: 'What it did.',
            content: { 'application/json': { schema: ref('DeskIngest') }, 'text/event-stream': { schema: { type: 'string' } } },
          },
          ...wrong,
          ...refused,
          '503': failure('Another ingest is under way, or this one failed; what answered before still does.'),
        },
      },
    },
    '/v1/desk/editions': {
      put: {
        operationId: 'deskSetEdition',
        summary: 'Say which edition or series a file is',
        description: `${ADMIN} Noted beside the briefings (\`pilcrow.editions.json\`), over what the file says; it holds from the next ingest on.`,
        requestBody: body('DeskEdition'),
        responses: {
          '200': replyOf('DeskDone', 'It is noted.'),
          ...wrong,
          ...refused,
          '404': failure('No briefing was read from that file.'),
        },
      },
    },
    '/v1/desk/questions': {
      get: {
        operationId: 'deskQuestions',
        summary: 'What people asked and did not find',
        description: `${ADMIN} Where questions are kept (\`PILCROW_QUESTION_LOG_DAYS\`), grouped by likeness, most frequent first.`,
        responses: { '200': replyOf('DeskQuestions', 'Groups of questions.'), ...refused },
      },
    },
    '/v1/desk/opinions': {
      get: {
        operationId: 'deskOpinions',
        summary: 'What readers thought of answers',
        description: `${ADMIN} Grouped by likeness of the questions, those with most complaints first.`,
        responses: { '200': replyOf('DeskOpinions', 'Groups of opinions.'), ...refused },
      },
    },
    '/v1/desk/settled': {
      post: {
        operationId: 'deskSettle',
        summary: 'Mark questions or opinions as dealt with',
        description: `${ADMIN} \`keys\` of a group of questions, ids of opinions.`,
        requestBody: body('DeskSettle'),
        responses: { '200': replyOf('DeskDone', 'It is noted.'), ...wrong, ...refused },
      },
    },
    '/v1/desk/cases': {
      post: {
        operationId: 'deskCases',
        summary: 'Make evaluation cases',
        description: `${ADMIN} Of opinions, and of questions that found nothing. Those that want a person to say what is right stand in the file as comments.`,
        requestBody: body('DeskCases'),
        responses: {
          '200': replyOf('DeskMadeCases', 'The cases as YAML.'),
          '201': replyOf('DeskMadeCases', 'They were added to the file.'),
          ...wrong,
          ...refused,
        },
      },
    },
    '/v1/desk/evaluation': {
      get: {
        operationId: 'deskEvaluation',
        summary: 'How the last evaluation came out',
        description: ADMIN,
        responses: { '200': replyOf('DeskEvaluation', 'Of the last run, and whether one goes.'), ...refused },
      },
      post: {
        operationId: 'deskEvaluate',
        summary: 'Run the evaluation',
        description: `${ADMIN} Over the cases of \`PILCROW_CASES\`, in a process of its own.`,
        responses: {
          '202': replyOf('DeskEvaluation', 'It runs.'),
          ...wrong,
          ...refused,
          '409': failure('One runs already.'),
        },
      },
    },
  };
}
