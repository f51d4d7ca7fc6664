import { svg, type TemplateResult } from 'lit';

const icon = (path: string): TemplateResult =>
  svg`<svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false"><path d=${path} fill="none" stroke="currentColor" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round"/></svg>`;

export const icons = {
  close: icon('M5 5l10 10M15 5L5 15'),
  restart: icon('M4 10a6 6 0 1 0 2-4.5M4 3v3.5h3.5'),
  send: icon('M10 16V4M5 9l5-5 5 5'),
  stop: icon('M6 6h8v8H6z'),
  copy: icon('M7.5 7.5h8v9h-8zM12.5 7.5v-4h-8v9h3'),
  share: icon('M10 12V3.5M6.500 6.500L10 3l3.500 3.500M4 10.500v6h12v-6'),
  up: icon(
    'M6.5 9v7.5M6.5 9l3.2-5.6c1.2 0 2 .9 1.8 2.1L11 8.500h4.200c.9 0 1.500.8 1.300 1.700l-1.200 5c-.2.8-.8 1.300-1.600 1.300H6.500M6.500 9H3.500v7.500h3',
  ),
  down: icon(
    'M13.500 11V3.500M13.500 11l-3.200 5.600c-1.200 0-2-.9-1.800-2.100L9 11.500H4.800c-.9 0-1.500-.8-1.300-1.700l1.200-5c.2-.8.8-1.300 1.600-1.300h7.200M13.500 11h3V3.500h-3',
  ),
};
