import type { Answer, Citation } from '../core/model.ts';
import { parts } from './answer/index.ts';
import type { FailureKind } from './client.ts';
import type { Messages } from './messages/messages.ts';
import { defineElement } from './tag.ts';

export type { FailureKind, Messages };

/** `<pilcrow-chat>` as a script sees it. Every property but `messages` is an attribute too (`allowed-hosts`, `max-length`). */
export interface PilcrowChatElement extends HTMLElement {
  /** Address of the service; default: where the script came from. */
  endpoint: string;
  /** Public site token (`pilcrow token create`); needed on another origin than the service's. */
  token: string;
  theme: 'auto' | 'light' | 'dark';
  mode: 'launcher' | 'inline';
  open: boolean;
  heading: string;
  placeholder: string;
  /** As an attribute: separated by `|`. */
  suggestions: string[];
  /** `latest` (default), `all` or an edition date. */
  edition: string;
  /** Edition dates to choose from; none: no choice is shown. */
  editions: string[];
  /** Asked as soon as the element is there. */
  question: string;
  /** Hosts besides the service's that sources may link to. */
  allowedHosts: string[];
  /** Longest question, characters. Default 2000, as the service's. */
  maxLength: number;
  /** Ids of briefings or series to ask; none: all, and people may choose. */
  briefings: string[];
  /** Where people turn whose question is not answered: a mail address, or an address with `{question}`. Default: the service's. */
  contact: string;
  /** Id of a series to ask, chosen beforehand; people may choose another. */
  about: string;
  /** Whether the address of the page says what was asked last (`q`, `edition`, `about`), for a page that is about asking. */
  addressed: boolean;
  /** `off`: what was asked is not kept in this browser. Default `on`, where the service allows it. */
  history: 'on' | 'off';
  /** Corner of the button and the panel: `start` is where lines begin; default: where they end. */
  position: '' | 'start' | 'end';
  /** CSS selector of what opens and closes the panel, instead of its own button. */
  opener: string;
  /** Texts of another language, or other texts. */
  messages: Partial<Messages>;
  ask(question: string): Promise<void>;
  show(): void;
  close(): void;
  clear(): void;
}

export interface PilcrowChatEvents {
  'pilcrow-answer': CustomEvent<{ answer: Answer }>;
  /** Cancel it to show the source in your own way. */
  'pilcrow-citation': CustomEvent<{ citation: Citation; question: string }>;
  'pilcrow-error': CustomEvent<{ kind: FailureKind; message: string }>;
}

declare global {
  interface HTMLElementTagNameMap {
    'pilcrow-chat': PilcrowChatElement;
  }
  interface HTMLElementEventMap extends PilcrowChatEvents {}
}

/** The class of the element, defined as `pilcrow-chat` by importing this module, once however often it is loaded. */
export const PilcrowChat = defineElement(async () => parts) as unknown as new () => PilcrowChatElement;
