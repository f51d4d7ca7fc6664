export { type AppOptions, createApp } from './app.ts';
export { listen, type RunningServer } from './server.ts';
export { createWho } from './who.ts';
