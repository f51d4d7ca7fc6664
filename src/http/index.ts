export { type AppOptions, createApp } from './app.ts';
export { createDeskSessions } from './desk/index.ts';
export { listen, type RunningServer } from './server.ts';
export { createSessions } from './sessions.ts';
export { addressList, createWho } from './who.ts';
