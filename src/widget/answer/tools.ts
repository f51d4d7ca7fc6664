import { html, nothing, type TemplateResult } from 'lit';
import type { Answer } from '../../core/model.ts';
import type { Exchange } from '../conversation.ts';
import { icons } from '../icons.ts';
import { withFootnotes } from '../text.ts';
import { copyText } from './copy.ts';
import { answerIcons } from './icons.ts';
import type { ToolsContext } from './parts.ts';

/** What can be done with a finished answer: copy, share, print, save, judge. */
export function toolsView(exchange: Exchange, answer: Answer, context: ToolsContext): TemplateResult {
  const { words, busy, did, unheard, page, root, link, tell } = context;
  const { verdict, commented, id, question } = exchange;
  const copy = async (text: string) => tell((await copyText(text, root)) ? 'copied' : 'notCopied');
  const save = async (kind: 'md' | 'docx') => {
    try {
      await (await import(`${context.folder}files.js`)).saveFile(question, answer, words, link, kind, context.folder);
    } catch {
      // A page whose policy loads no further scripts, or a service that cannot be reached.
      tell('notSaved');
    }
  };
  const thumb = (which: 'up' | 'down', label: string) =>
    html`<button type="button" class="icon" title=${label} aria-label=${label} aria-pressed=${verdict === which ? 'true' : 'false'} @click=${() => context.judge(which)}>${answerIcons[which]}</button>`;
  const way = (label: string, act: () => unknown) => html`<li><button type="button" class="icon wide" @click=${act}>${label}</button></li>`;
  return html`<div class="tools" part="tools">
      ${exchange.earlier ? html`<p class="earlier">${words.say('earlier')} <button type="button" class="icon wide" ?disabled=${busy} @click=${context.retry}>${icons.restart} <span>${words.say('again')}</span></button></p>` : nothing}
      <button type="button" class="icon wide" @click=${() => copy(withFootnotes(question, answer, words, link))}>${answerIcons.copy} <span>${words.say('copy')}</span></button>
      <details class="share"><summary class="icon wide">${answerIcons.share} <span>${words.say('share')}</span></summary>
        <ul>
          ${way(words.say('link'), () => copy(page))}
          ${way(words.say('print'), () => print())}
          ${way(words.say('markdown'), () => save('md'))}
          ${way(words.say('word'), () => save('docx'))}
        </ul></details>
      <span class="space"></span>
      <span class="thumbs">${thumb('up', words.say('useful'))}${thumb('down', words.say('notUseful'))}</span>
    </div>
    ${did ? html`<p class="thanks">${words.say(did)}</p>` : nothing}
    ${unheard ? html`<p class="failure">${words.say('feedbackFailed')}</p>` : nothing}
    ${
      verdict && !commented
        ? html`<form class="comment" @submit=${context.comment}>
            <label for="c${id}">${words.say('comment')}</label>
            <textarea id="c${id}" name="comment" rows="2" maxlength="2000" dir="auto"></textarea>
            <button type="submit" class="button quiet">${words.say('sendComment')}</button>
          </form>`
        : nothing
    }
    ${verdict && commented ? html`<p class="thanks">${words.say('thanks')}</p>` : nothing}`;
}
