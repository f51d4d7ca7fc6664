import { type Html, html } from '../core/html.ts';

/** Where a page lists the languages it can be read in; the language is that of the page. Nothing of a document can look like it: text in pages is escaped. */
const PLACE = /<!--languages ([a-z]{2})-->/;
export const languagesPlace = (language: string): Html => ({ markup: `<!--languages ${language}-->` });

/** Languages of the pages, each by its own name. */
export const LANGUAGES: Readonly<Record<string, string>> = {
  ar: 'العربية',
  de: 'Deutsch',
  en: 'English',
  es: 'Español',
  fr: 'Français',
  zh: '中文',
};

/**
 * A page with the same page in every language, in place of `languagesPlace`. `url`: its address as it was asked for; null for what cannot be
 * asked for again, such as the page after a form.
 */
export const withLanguages = (page: string, url: URL | null): string =>
  page.replace(PLACE, (_, current: string) => {
    if (url === null) return '';
    const link = ([language, name]: [string, string]) => {
      const query = new URLSearchParams(url.search);
      query.set('lang', language);
      const address = `${url.pathname}?${query}`;
      return html`<li><a href="${address}" lang="${language}" hreflang="${language}"${language === current && html` aria-current="true"`}>${name}</a></li>`;
    };
    return html`<ul>${Object.entries(LANGUAGES).map(link)}</ul>`.markup;
  });

/** What is no page: there is one of it for all languages. */
const FILES = /^\/(?:assets|v1|logo|openapi\.json|widget)(?:[/.]|$)/;

/**
 * Markup whose links and forms keep the language that the address of the page names. What is put in quotation marks of attributes is
 * escaped, so that only attributes of our own are met.
 */
export function inLanguage(page: string, language: string | undefined): string {
  if (language === undefined) return page;
  return page
    .replace(/ (href|action)="(\/[^"?#]*)(\?[^"#]*)?(#[^"]*)?"/g, (whole, name: string, path: string, query = '', fragment = '') => {
      if (FILES.test(path) || /[?;]lang=/.test(query)) return whole;
      return ` ${name}="${path}${query === '' ? '?' : `${query}&amp;`}lang=${language}${fragment}"`;
    })
    .replace(/<form\b[^>]*\bmethod="get"[^>]*>/g, (form) => `${form}<input type="hidden" name="lang" value="${language}">`);
}
