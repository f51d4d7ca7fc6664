/** The desk over HTTP. */
export { deskPaths } from './describe.ts';
export { type DeskOptions, deskRoutes } from './routes.ts';
export { deskReplies, deskRequests } from './schemas.ts';
export { createDeskSessions } from './session.ts';
