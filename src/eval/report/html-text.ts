import { htmlTag } from '../../core/html.ts';

// Controls that reorder text could make a quote read as another.
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u202a-\u202e\u2066-\u2069]/g;

/** As `html`, with what nobody would see in a report shown. */
export const reportHtml = htmlTag((text) => text.replace(UNSEEN, '\ufffd'));
