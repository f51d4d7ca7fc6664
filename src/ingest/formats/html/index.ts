/** Web pages, and pieces of HTML that stand in other formats. */
export { declaredCharset, htmlFragment, readHtml } from './html.ts';
export { isHidden } from './parts.ts';
