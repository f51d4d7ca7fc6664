import type { css, html, nothing, svg } from 'lit';
import type { Answer, Citation } from '../../core/model.ts';
import type { Exchange } from '../conversation.ts';
import type { MessageKey, Messages, Words } from '../messages/messages.ts';

/**
 * The number of what the first file and that of the answers hand to each other. It goes up with every change a file of the other
 * age could not live with: a page that was opened before the service was renewed asks for the answers by this number.
 */
export const PARTS_VERSION = 1;

/** What an answer's parts can do, and how they speak. */
export interface AnswerContext {
  words: Words;
  /** Prefix that makes ids unique in the element. */
  prefix: string;
  /** Which mark's source is open: `sentence index:number`, note indexes after sentences. */
  openMark: string | null;
  toggle(mark: string, citation: Citation): void;
  link(target: { url: string; start?: number; end?: number }): string | null;
  /** Whether links leave this tab alone. */
  newTab: boolean;
  /** A mail address, or an address with `{question}`, for what is not answered. */
  contact: string | null;
}

/** What can be done with an answer, beyond reading it. */
export interface ToolsContext extends AnswerContext {
  busy: boolean;
  /** Address of the page of the service that asks the same. */
  page: string;
  /** Address of the widget's files, with its slash. */
  folder: string;
  /** The element's root. */
  root: Node;
  /** What was just done, in words; null: nothing. */
  did: MessageKey | null;
  /** Whether an opinion did not arrive. */
  unheard: boolean;
  retry(): void;
  judge(verdict: 'up' | 'down'): void;
  comment(event: SubmitEvent): void;
  /** Says what became of something that was done. */
  tell(words: MessageKey): void;
}

/** What shows answers: a file of its own in the browser, which comes with the first question. */
export interface AnswerParts {
  version: number;
  /** Its texts in English. */
  texts: Partial<Messages>;
  styles: CSSStyleSheet;
  view(exchange: Exchange, context: AnswerContext): unknown;
  tools(exchange: Exchange, answer: Answer, context: ToolsContext): unknown;
  /** A finished answer as it is read aloud. */
  spoken(answer: Answer, words: Words): string;
}

/** What templates are made with: one for both files. */
export interface TemplateMakers {
  css: typeof css;
  html: typeof html;
  nothing: typeof nothing;
  svg: typeof svg;
}

/** Fetches the parts from a service; `attempt` counts from 0. Rejects when they are not to be had. */
export type PartsLoader = (endpoint: string, attempt: number) => Promise<AnswerParts>;
