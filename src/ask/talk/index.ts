/** 0: what is said to the service, not asked of the briefings. */
export { unsaid } from './follow-up.ts';
export { withoutTalk } from './recognise.ts';
export { isBare, says } from './repeats.ts';
export type { ServiceFacts, TalkTools } from './reply.ts';
export { doubtOf, isTalk, talk, talkInDoubt } from './talk.ts';
