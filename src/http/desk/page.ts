import type { SiteConfig } from '../../config.ts';
import { html } from '../../core/html.ts';
import { layout } from '../pages.ts';
import { prose } from '../reference-fields.ts';
import { en } from '../words/desk/en.ts';
import { deskTexts } from '../words/desk/index.ts';
import { serviceTexts } from '../words/service/index.ts';
import type { PageWords } from '../words/words.ts';

const HEAD = html`<link rel="stylesheet" href="/assets/desk.css"><script type="module" src="/assets/desk.js"></script>`;
const STYLE = html`<link rel="stylesheet" href="/assets/desk.css">`;

/** The desk; what it shows its script asks for. */
export function deskPage(site: SiteConfig, words: PageWords): string {
  const texts = deskTexts[words.language] ?? en;
  const main = html`<main id="main" class="desk">
    <div class="desk-head">
      <h1>${texts.desk}</h1>
      <form method="post" action="/desk/sign-out"><button type="submit" class="quiet">${words.say('signOut')}</button></form>
    </div>
    <div id="desk" data-words="${JSON.stringify(texts)}" data-reports="${JSON.stringify(serviceTexts[words.language] ?? {})}"><noscript><p class="notice">${prose(texts.noScript)}</p></noscript></div>
  </main>`;
  return layout(texts.desk, main, HEAD, site, words);
}

/** The form that takes a key. `refused`: the one that was given opens nothing. */
export function signInPage(site: SiteConfig, provider: string | null, refused: boolean, words: PageWords): string {
  const texts = deskTexts[words.language] ?? en;
  const main = html`<main id="main" class="message desk-sign-in">
    <h1>${texts.desk}</h1>
    <p>${prose(texts.signInHow)}</p>
    <form method="post" action="/desk/sign-in">
      ${refused && html`<p class="notice" role="alert" id="refused">${prose(texts.refused)}</p>`}
      <label for="key">${texts.key}</label>
      <input id="key" name="key" type="password" autocomplete="off" spellcheck="false" required${refused && html` aria-invalid="true" aria-describedby="refused"`}>
      <button type="submit" class="button">${texts.openDesk}</button>
    </form>
    ${provider !== null && html`<p><a href="/sign-in?to=/desk">${texts.signInWith.replace('{provider}', () => provider)}</a>, ${texts.signInIf}.</p>`}
  </main>`;
  return layout(texts.desk, main, STYLE, site, words);
}
