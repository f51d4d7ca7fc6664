import { css, html, nothing, svg } from 'lit';
import { type AnswerParts, PARTS_VERSION, type TemplateMakers } from './answer/parts.ts';
import { cameFrom } from './settings.ts';
import { defineElement } from './tag.ts';

// What a page loads at first: the button, the box and what talks to the service. What shows answers comes with the first question.

/** Name of that file, which has the hash of its content in it; the build fills it in. */
declare const ANSWERS_FILE: string;

// From where this script is, else from the service, for those who keep a copy of the script; after a failure under another address,
// since browsers remember what could not be had.
defineElement(async (endpoint, attempt) => {
  let failure: unknown;
  for (const folder of new Set([cameFrom ?? endpoint, endpoint])) {
    try {
      const { default: make } = await import(`${folder}/widget/${ANSWERS_FILE}${attempt > 0 ? `?${attempt}` : ''}`);
      const { parts } = (make as (lit: TemplateMakers) => { parts: AnswerParts })({ css, html, nothing, svg });
      if (parts.version === PARTS_VERSION) return parts;
      failure = new Error(`parts of version ${parts.version}`);
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
});
