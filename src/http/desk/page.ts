import type { SiteConfig } from '../../config.ts';
import { html } from '../../core/html.ts';
import { layout } from '../pages.ts';

const HEAD = html`<link rel="stylesheet" href="/assets/desk.css"><script type="module" src="/assets/desk.js"></script>`;
const STYLE = html`<link rel="stylesheet" href="/assets/desk.css">`;

/** The desk; what it shows its script asks for. */
export function deskPage(site: SiteConfig): string {
  const main = html`<main id="main" class="desk">
    <div class="desk-head">
      <h1>Desk</h1>
      <form method="post" action="/desk/sign-out"><button type="submit" class="quiet">Sign out</button></form>
    </div>
    <div id="desk"><noscript><p class="notice">The desk needs JavaScript. <code>pilcrow</code> at the command line does the same without.</p></noscript></div>
  </main>`;
  return layout('Desk', main, HEAD, site);
}

/** The form that takes a key. `refused`: the one that was given opens nothing. */
export function signInPage(site: SiteConfig, provider: string | null, refused: boolean): string {
  const main = html`<main id="main" class="message desk-sign-in">
    <h1>Desk</h1>
    <p>For whoever looks after the briefings. Bring a key with the scope <code>admin</code>; it is not kept, only that it was brought, for ten hours and in this browser.</p>
    <form method="post" action="/desk/sign-in">
      ${refused && html`<p class="notice" role="alert" id="refused">That is no key with the scope admin that is in force. <code>pilcrow key list</code> shows those that are.</p>`}
      <label for="key">Key</label>
      <input id="key" name="key" type="password" autocomplete="off" spellcheck="false" required${refused && html` aria-invalid="true" aria-describedby="refused"`}>
      <button type="submit" class="button">Open the desk</button>
    </form>
    ${provider !== null && html`<p>Or <a href="/sign-in?to=/desk">sign in with ${provider}</a>, if you are in a group that looks after the briefings.</p>`}
  </main>`;
  return layout('Desk', main, STYLE, site);
}
