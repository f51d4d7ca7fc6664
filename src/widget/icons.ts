import { svg, type TemplateResult } from 'lit';

/** A drawing of 20 × 20 by its strokes. */
export const icon = (path: string): TemplateResult =>
  svg`<svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false"><path d=${path} fill="none" stroke="currentColor" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round"/></svg>`;

export const icons = {
  close: icon('M5 5l10 10M15 5L5 15'),
  restart: icon('M4 10a6 6 0 1 0 2-4.5M4 3v3.5h3.5'),
  send: icon('M10 16V4M5 9l5-5 5 5'),
  stop: icon('M6 6h8v8H6z'),
};
