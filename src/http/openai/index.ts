/** What clients of OpenAI's API speak. */
export { baseOf } from './base.ts';
export { conversation, readConversation, textOfContent } from './conversation.ts';
export { chatComponents, chatPaths } from './describe.ts';
export { openaiRoutes } from './routes.ts';
export { chatSchemas } from './schemas.ts';
export { citedTitle, createTextWriter, type MarkedText, sourceUrl, tellInText } from './text.ts';
