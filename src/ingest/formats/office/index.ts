/** Documents and slides of Office Open XML. */
export { readDocx } from './docx.ts';
export { readPptx } from './pptx.ts';
