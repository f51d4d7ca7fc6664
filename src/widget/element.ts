import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Citation } from '../core/model.ts';
import type { AnswerParts, PartsLoader, ToolsContext } from './answer/parts.ts';
import { daysKept, type Failure, type Site, siteOf } from './client.ts';
import { type Conversation, createConversation, type Exchange } from './conversation.ts';
import { createHistory, type History, sameQuestion } from './history.ts';
import { icons } from './icons.ts';
import { firstTexts } from './messages/english.ts';
import { LOADED, loadMessages, type MessageKey, type Messages, primaryOf, type Words, widgetWords } from './messages/messages.ts';
import { endpointOf } from './settings.ts';
import { styles } from './styles.ts';
import { linkTo, shown } from './text.ts';

/** How long nothing is shown for want of the texts of a language, milliseconds. */
const PATIENCE = 4000;
/** From here down the panel fills the screen and is modal: a phone, or 400 % zoom of a desktop. */
const SMALL = '(max-width: 480px), (max-height: 420px)';
/** Properties that hold lists, and what stands between their entries where they come as text: as attributes, and as React and Vue set them. */
const LISTS = { suggestions: /\||\n/, editions: /[\s,]+/, allowedHosts: /[\s,]+/, briefings: /[\s,]+/ };
const list = (given: unknown, separator: RegExp): string[] =>
  (Array.isArray(given) ? given : String(given ?? '').split(separator)).map((one) => String(one).trim()).filter(Boolean);

/** The class behind `<pilcrow-chat>`; `docs/widget.md` describes attributes, events, parts, slots and custom properties. */
export class PilcrowChat extends LitElement {
  static override styles = styles;
  static override properties = {
    endpoint: {},
    token: {},
    lang: {},
    theme: {},
    mode: {},
    open: { type: Boolean, reflect: true },
    heading: {},
    placeholder: {},
    suggestions: {},
    edition: {},
    editions: {},
    question: {},
    allowedHosts: { attribute: 'allowed-hosts' },
    maxLength: { attribute: 'max-length', type: Number },
    briefings: {},
    contact: {},
    about: {},
    addressed: { type: Boolean },
    history: {},
    position: { reflect: true },
    opener: {},
    messages: { attribute: false },
  };
  declare endpoint: string;
  declare token: string;
  declare lang: string;
  declare theme: string;
  declare mode: string;
  declare open: boolean;
  declare heading: string;
  declare placeholder: string;
  declare suggestions: string[];
  declare edition: string;
  declare editions: string[];
  declare question: string;
  declare allowedHosts: string[];
  declare maxLength: number;
  declare briefings: string[];
  declare contact: string;
  declare about: string;
  declare addressed: boolean;
  declare history: string;
  declare position: string;
  declare opener: string;
  declare messages: Partial<Messages>;

  /** Whether it comes back when the page takes away all there was. */
  stays = false;
  /** Where what shows answers comes from. */
  declare protected bring: PartsLoader;

  #conversation: Conversation | null = null;
  #words: Words = widgetWords('en', firstTexts);
  /** The language that is spoken, and its texts where they are not English. */
  #language: { tag: string; texts: Partial<Messages> | null } = { tag: 'en', texts: null };
  #parts: AnswerParts | null = null;
  #bringing: Promise<AnswerParts | null> | null = null;
  /** How often what shows answers could not be had. */
  #missed = 0;
  #openMark = '';
  #announced = '';
  /** What was just done with an answer: the answer, and the words that say so. */
  #did: { id: string; words: MessageKey } | null = null;
  #history: History | null = null;
  #judged = '';
  #small: MediaQueryList | null = null;
  #follow = '';
  /** For how many days questions are kept; undefined until the service has said so. */
  #kept: number | null | undefined;
  /** Language whose texts are on their way. */
  #loading = '';
  /** What of the page opened it. */
  #opened: HTMLElement | null = null;
  /** What the service says of itself, once it was asked. */
  #site: Site | null = null;
  #asking: Promise<void> | null = null;

  constructor() {
    super();
    this.endpoint = '';
    this.token = '';
    this.theme = 'auto';
    this.mode = 'launcher';
    this.open = false;
    this.heading = '';
    this.placeholder = '';
    this.suggestions = [];
    this.edition = 'latest';
    this.editions = [];
    this.question = '';
    this.allowedHosts = [];
    this.maxLength = 2000;
    this.briefings = [];
    this.contact = '';
    this.about = '';
    this.addressed = false;
    this.history = 'on';
    this.position = '';
    this.opener = '';
    this.messages = {};
  }

  /** Puts a question, as if it had been typed; resolves when it is answered or has failed. */
  async ask(question: string): Promise<void> {
    const text = question.trim();
    if (!text || !this.#conversation) return;
    this.#openMark = '';
    void this.#learnKept();
    void this.#bringParts();
    const put = [...text].slice(0, this.maxLength).join('');
    this.#address(put);
    const asked = this.#conversation.ask(put, this.edition, this.about);
    this.#startFollowing();
    this.#announce(this.#words.say('reading'));
    await asked;
  }

  show(): void {
    this.open = true;
  }

  close(): void {
    this.open = false;
  }

  /** Forgets the conversation. */
  clear(): void {
    this.#conversation?.clear();
    this.#openMark = '';
    this.#address('');
    this.#announce('');
    this.#field?.focus();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('click', this.#onPage);
    this.#small = matchMedia(SMALL);
    this.#small.addEventListener('change', this.#fit);
    if (this.#conversation) {
      // A dialog that was moved is no longer modal.
      this.#fit();
      return;
    }
    // Two on one page keep two conversations.
    const name = this.id || String([...document.querySelectorAll(this.localName)].indexOf(this));
    const store = `${endpointOf(this.endpoint)} ${name}`;
    this.#history = createHistory(store);
    this.#conversation = createConversation({
      store,
      service: () => ({ endpoint: endpointOf(this.endpoint), token: this.token || null }),
      briefings: () => this.#chosen,
      changed: () => this.requestUpdate(),
      onAnswer: (exchange, answer) => {
        // Not before the service has said that it may be.
        if (this.#site && this.#keeps && answer.status !== 'talk') this.#history?.add(exchange);
        this.#tell('pilcrow-answer', { answer });
        void this.#bringParts().then((parts) => {
          this.#announce(parts ? parts.spoken(answer, this.#words) : this.#words.say('unloaded'));
        });
      },
      onFailure: (_exchange, failure) => {
        this.#announce(failure ? this.#failureWords(failure) : this.#words.say('stopped'));
        if (failure) this.#tell('pilcrow-error', { kind: failure.kind, message: this.#failureWords(failure) });
      },
    });
    if (this.#conversation.open && this.#launched) this.open = true;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#small?.removeEventListener('change', this.#fit);
    document.removeEventListener('click', this.#onPage);
    // Not at once: what is moved is there again by then.
    setTimeout(() => {
      if (this.isConnected) return;
      // A page that swaps its body (Turbo, htmx, Astro) takes away what the script tag put there.
      if (this.stays && !document.querySelector(this.localName)) document.body.append(this);
      else this.#conversation?.stop();
    });
  }

  /** Takes it away for good. */
  override remove(): void {
    this.stays = false;
    super.remove();
  }

  protected override willUpdate(changed: PropertyValues): void {
    for (const name of Object.keys(LISTS) as (keyof typeof LISTS)[]) if (changed.has(name)) this[name] = list(this[name], LISTS[name]);
    if (changed.has('lang') || changed.has('messages') || !this.hasUpdated) {
      const nearest = this.lang || (this.closest('[lang]') as HTMLElement | null)?.lang || navigator.language || 'en';
      const primary = primaryOf(nearest);
      this.#speakNow(nearest, null);
      if (LOADED.includes(primary)) void this.#speak(nearest, primary);
    }
  }

  protected override firstUpdated(): void {
    if (this.question.trim()) void this.#given(this.question.trim());
  }

  /** A link brings its question once: coming back to it shows the answer that is there, and asks again only when told to. */
  async #given(question: string): Promise<void> {
    // The service knows which briefings a series has.
    if (this.about || this.briefings.length > 0) await this.#askSite();
    const asked = { question, edition: this.edition, about: this.about };
    const here = this.#conversation?.exchanges.findLast((one) => sameQuestion(one, asked));
    const before = this.#keeps ? this.#history?.all.find((one) => sameQuestion(one, asked)) : undefined;
    if (!here && !before) return this.ask(question);
    if (!here && before) this.#conversation?.recall(before);
    this.#startFollowing(here);
  }

  /** Whether this browser may keep what was asked. */
  get #keeps(): boolean {
    return this.history !== 'off' && this.#site?.history !== false;
  }

  /** The address of the page says what was asked last, where the page wants that. */
  #address(question: string): void {
    if (!this.addressed) return;
    const url = new URL(location.href);
    for (const [name, value] of Object.entries(this.#scopeOf(question, this.edition, this.about))) {
      if (value) url.searchParams.set(name, value);
      else url.searchParams.delete(name);
    }
    window.history.replaceState(window.history.state, '', url);
  }

  #scopeOf(question: string, edition: string, about: string) {
    return { q: question, edition: question && edition !== 'latest' ? edition : '', about: question ? about : '' };
  }

  protected override updated(changed: PropertyValues): void {
    this.toggleAttribute('data-answered', (this.#conversation?.exchanges.length ?? 0) > 0);
    if ((this.open || !this.#launched) && this.isConnected) void this.#askSite();
    if (changed.has('open') && this.#launched) {
      this.#fit();
      if (this.#conversation) {
        this.#conversation.open = this.open;
        if (this.hasUpdated) this.#conversation.save();
      }
      // A panel that was open on the last page, or that the page opens itself, takes no focus away.
      if (this.open && changed.get('open') === false) this.#field?.focus();
      else if (changed.get('open')) (this.#opened ?? this.#find('.launcher'))?.focus();
      this.#opened?.setAttribute('aria-expanded', String(this.open));
    }
    if (!this.#launched || this.open) {
      void this.#learnKept();
      // Answers of an earlier page.
      if (!this.#missed && (this.#conversation?.exchanges.length ?? 0) > 0) void this.#bringParts();
    }
    const field = this.#field;
    const draft = this.#conversation?.draft ?? '';
    if (field && field.value !== draft) field.value = draft;
    this.#grow();
    if (this.#follow) {
      const id = this.#follow;
      this.#follow = '';
      this.#find(`#${id}`)?.scrollIntoView({ block: 'start', behavior: this.#calm ? 'auto' : 'smooth' });
    }
  }

  /** Shows nothing until the texts of a language are there, or English has to do until they come. */
  async #speak(language: string, primary: string): Promise<void> {
    this.#loading = language;
    const coming = loadMessages(endpointOf(this.endpoint), primary);
    const texts = await Promise.race([coming, new Promise<null>((done) => setTimeout(done, PATIENCE, null))]);
    if (this.#loading !== language) return;
    this.#speakNow(language, texts);
    // As if it had just been opened: the panel is there only now.
    this.requestUpdate('open', undefined);
    const late = texts ? null : await coming;
    if (!late || this.#loading || this.#language.tag !== language) return;
    this.#speakNow(language, late);
    this.requestUpdate();
  }

  #speakNow(tag: string, texts: Partial<Messages> | null): void {
    this.#language = { tag, texts };
    this.#words = widgetWords(tag, { ...firstTexts, ...this.#parts?.texts }, this.messages, texts);
    this.#loading = '';
  }

  /** What shows answers, brought once; null when it could not be had: then the next call tries again. */
  #bringParts(): Promise<AnswerParts | null> {
    this.#bringing ??= this.bring(endpointOf(this.endpoint), this.#missed).then(
      (parts) => {
        this.#parts = parts;
        (this.renderRoot as ShadowRoot).adoptedStyleSheets.push(parts.styles);
        if (!this.#loading) this.#speakNow(this.#language.tag, this.#language.texts);
        this.requestUpdate();
        return parts;
      },
      () => {
        this.#missed += 1;
        this.#bringing = null;
        this.requestUpdate();
        return null;
      },
    );
    return this.#bringing;
  }

  override render(): TemplateResult | typeof nothing {
    if (this.#loading) return nothing;
    const words = this.#words;
    const theme = this.theme === 'light' || this.theme === 'dark' ? this.theme : 'auto';
    const panel = this.#launched
      ? html`${this.#header()}${this.#transcript()}${this.#welcome()}${this.#composer()}`
      : html`${this.#header()}${this.#transcript()}${this.#composer()}${this.#welcome()}`;
    return html`<div class="frame ${this.#launched ? 'launched' : 'inline'}" data-theme=${theme} dir=${words.direction} lang=${words.language} @keydown=${this.#onKey}>
      ${
        this.#launched
          ? html`<button type="button" class="launcher" part="launcher" aria-haspopup="dialog" aria-expanded=${this.open ? 'true' : 'false'} ?hidden=${this.open || this.opener !== ''} @click=${this.show}>
                <slot name="launcher"><slot name="icon"><span class="pilcrow" aria-hidden="true">¶</span></slot><span>${words.say('launcher')}</span></slot>
              </button>
              <dialog class="panel" part="panel" aria-labelledby="heading" @cancel=${this.#onCancel}>${panel}</dialog>`
          : html`<section class="panel" part="panel" aria-labelledby="heading">${panel}</section>`
      }
      <p class="unseen" role="status">${this.#announced}</p>
    </div>`;
  }

  #header(): TemplateResult {
    const words = this.#words;
    const some = (this.#conversation?.exchanges.length ?? 0) > 0;
    // In a page the page itself says what this is, until there is something to begin anew.
    return html`<div class="header ${some || this.#launched ? '' : 'unseen'}" part="header">
      ${this.#launched ? html`<span class="pilcrow" aria-hidden="true">¶</span>` : nothing}
      <h2 id="heading" part="heading" class=${this.#launched ? nothing : 'unseen'}><slot name="heading">${this.heading || words.say('heading')}</slot></h2>
      ${some ? html`<button type="button" class="icon ${this.#launched ? '' : 'wide'}" title=${words.say('restart')} aria-label=${words.say('restart')} @click=${this.clear}>${icons.restart}${this.#launched ? nothing : html` <span>${words.say('restart')}</span>`}</button>` : nothing}
      ${this.#launched ? html`<button type="button" class="icon" title=${words.say('close')} aria-label=${words.say('close')} @click=${this.close}>${icons.close}</button>` : nothing}
    </div>`;
  }

  #transcript(): TemplateResult {
    const words = this.#words;
    const exchanges = this.#conversation?.exchanges ?? [];
    // What happens is said by the status line, once and whole: a log that spoke too would repeat it piece by piece.
    return html`<div class="log" part="transcript" role="log" aria-live="off" aria-label=${words.say('conversation')} tabindex=${exchanges.length > 0 ? 0 : nothing} aria-busy=${this.#conversation?.busy ? 'true' : 'false'}>
        ${exchanges.map((exchange) => this.#exchange(exchange))}
      </div>`;
  }

  #welcome(): TemplateResult | typeof nothing {
    const words = this.#words;
    if ((this.#conversation?.exchanges.length ?? 0) > 0) return nothing;
    return html`<div class="welcome" part="welcome">
      <slot name="welcome"><p dir="auto">${shown(this.#site?.introduction ?? words.say('welcome'))}</p></slot>
      ${this.#questions(this.suggestions.length > 0 ? this.suggestions : (this.#site?.suggestions ?? []), 'suggestions')}
      ${this.#earlier()}
    </div>`;
  }

  /** What was asked in this browser before. */
  #earlier(): TemplateResult | typeof nothing {
    const words = this.#words;
    const history = this.#history;
    if (!history || history.all.length === 0 || !this.#site || !this.#keeps) return nothing;
    const forget = (exchange: Exchange) => {
      history.forget(exchange);
      this.requestUpdate();
      this.#find('.history summary')?.focus();
    };
    const clear = () => {
      history.clear();
      this.requestUpdate();
      this.#field?.focus();
    };
    const recall = (exchange: Exchange) => {
      this.#conversation?.recall(exchange);
      this.#startFollowing();
      this.#field?.focus();
    };
    return html`<details class="history" part="history"><summary>${words.say('history')}</summary>
      <ul>${history.all.map((one) => html`<li><button type="button" class="suggestion" dir="auto" @click=${() => recall(one)}>${shown(one.question)}</button><button type="button" class="icon" aria-label=${words.say('forget', { question: shown(one.question) })} @click=${() => forget(one)}>${icons.close}</button></li>`)}</ul>
      <button type="button" class="button quiet" @click=${clear}>${words.say('forgetAll')}</button></details>`;
  }

  /** Questions as buttons. */
  #questions(questions: readonly string[], id: string): TemplateResult | typeof nothing {
    if (questions.length === 0) return nothing;
    return html`<h3 id=${id}>${this.#words.say('suggestions')}</h3>
      <ul class="questions" aria-labelledby=${id}>${questions.slice(0, 12).map((text) => html`<li><button type="button" class="suggestion" part="suggestion" dir="auto" ?disabled=${this.#conversation?.busy} @click=${() => this.#suggested(text)}>${shown(text)}</button></li>`)}</ul>`;
  }

  #askSite(): Promise<void> {
    this.#asking ??= siteOf({ endpoint: endpointOf(this.endpoint), token: this.token || null }).then((site) => {
      this.#site = site;
      // What was kept before that was switched off is not kept on.
      if (site && !this.#keeps) this.#history?.clear();
      this.requestUpdate();
    });
    return this.#asking;
  }

  /** The briefings that are asked: of the series that was chosen, of the attribute, or all. */
  get #chosen(): readonly string[] {
    return this.#site?.series.find(({ id }) => id === this.about)?.briefings ?? this.#ofAttribute;
  }

  /** The attribute names briefings or series. */
  get #ofAttribute(): readonly string[] {
    return this.briefings.flatMap((name) => this.#site?.series.find(({ id }) => id === name)?.briefings ?? [name]);
  }

  #exchange(exchange: Exchange): TemplateResult {
    const words = this.#words;
    const { state, failure } = exchange;
    const some = exchange.sentences.length > 0;
    const shows = exchange.answer !== null || some;
    const parts = this.#parts;
    // What came and cannot be shown is not lost: only what shows it has to be fetched once more.
    const missing = shows && !parts && !this.#bringing;
    const waits = shows ? !parts && !missing : state === 'asking';
    const again = missing ? () => this.#bringParts() : () => this.#retry(exchange);
    const failed = missing ? words.say('unloaded') : failure ? this.#failureWords(failure) : words.say('stopped');
    return html`<article class="exchange" id="x${exchange.id}" aria-busy=${state === 'asking' || waits ? 'true' : 'false'}>
      <h3 class="question" part="question"><span class="unseen">${words.say('asked')}: </span><span dir="auto">${shown(exchange.question)}</span></h3>
      ${waits ? html`<p class="progress">${exchange.passages === null ? words.say('reading') : words.say('checking', { count: exchange.passages })}</p>` : nothing}
      ${shows && parts ? parts.view(exchange, this.#context(exchange)) : nothing}
      ${state === 'asking' && some && parts ? html`<p class="progress more"><span class="unseen">${words.say('reading')}</span></p>` : nothing}
      ${
        missing || state === 'failed' || state === 'stopped'
          ? html`<div class="failure ${state}" part="failure">
              <p>${failed}</p>
              <button type="button" class="button quiet" ?disabled=${!missing && this.#conversation?.busy} @click=${again}>${icons.restart} ${words.say('retry')}</button>
            </div>`
          : nothing
      }
      ${parts && exchange.answer && exchange.answer.status !== 'talk' ? parts.tools(exchange, exchange.answer, this.#context(exchange)) : nothing}
      ${parts && exchange.answer && exchange === this.#conversation?.exchanges.at(-1) ? html`<div class="next">${this.#questions(exchange.answer.suggestions, `n${exchange.id}`)}</div>` : nothing}
    </article>`;
  }

  #composer(): TemplateResult {
    const words = this.#words;
    const busy = this.#conversation?.busy === true;
    const label = words.say((this.#conversation?.exchanges.length ?? 0) > 0 ? 'followUp' : 'question');
    return html`<form class="composer" part="composer" @submit=${this.#onSubmit}>
        <label class="unseen" for="field">${label}</label>
        <textarea id="field" part="input" rows="1" maxlength=${this.maxLength} dir="auto" autocomplete="off" enterkeyhint="send" placeholder=${this.placeholder || (label === words.say('followUp') ? label : words.say('placeholder'))} @focus=${this.#bringParts} @input=${this.#onInput} @keydown=${this.#onFieldKey}></textarea>
        <button type="submit" class="button send" part="send" @click=${this.#onSubmit} aria-label=${words.say(busy ? 'stop' : 'send')} title=${words.say(busy ? 'stop' : 'send')}>${busy ? icons.stop : icons.send}</button>
        <div class="scopes">
        ${
          this.editions.length > 0
            ? html`<div class="scope"><label for="edition">${words.say('from')}</label>
                <select id="edition" @change=${this.#onEdition}>
                  ${['latest', 'all', ...this.editions].map((value) => html`<option value=${value} ?selected=${value === this.edition}>${value === 'latest' || value === 'all' ? words.say(value) : words.say('only', { date: words.date(value) })}</option>`)}
                </select></div>`
            : nothing
        }
        ${this.#choice()}</div>
      </form>
      <div class="footer" part="footer">${this.#kept ? html`<p>${words.say('kept', { count: this.#kept })}</p>` : nothing}<slot name="footer"></slot></div>`;
  }

  /** Asked when there is somebody to tell; again with the next question when the service could not be reached. */
  async #learnKept(): Promise<void> {
    if (this.#kept !== undefined) return;
    this.#kept = null;
    this.#kept = await daysKept(endpointOf(this.endpoint));
    if (this.#kept) this.requestUpdate();
  }

  /** One series to ask, where there are several and the page has not chosen. */
  #choice(): TemplateResult | typeof nothing {
    const series = this.#site?.series ?? [];
    if (series.length < 2 || this.briefings.length > 0) return nothing;
    const words = this.#words;
    return html`<div class="scope"><label for="series">${words.say('about')}</label>
      <select id="series" @change=${this.#onSeries}>
        ${[{ id: '', title: words.say('everything') }, ...series].map(({ id, title }) => html`<option value=${id} ?selected=${id === this.about}>${shown(title)}</option>`)}
      </select></div>`;
  }

  #context(exchange: Exchange): ToolsContext {
    const endpoint = endpointOf(this.endpoint);
    const prefix = `x${exchange.id}`;
    return {
      words: this.#words,
      prefix,
      openMark: this.#openMark.startsWith(`${prefix} `) ? this.#openMark.slice(prefix.length + 1) : null,
      toggle: (mark, citation) => this.#toggle(exchange, mark, citation),
      link: (target) =>
        // The pages keep the language that their address names.
        linkTo(target, endpoint, this.allowedHosts, this.addressed ? new URLSearchParams(location.search).get('lang') : null),
      newTab: new URL(endpoint).origin !== location.origin || window.top !== window,
      contact: this.contact || (this.#site?.contact ?? null),
      busy: this.#conversation?.busy === true,
      page: this.#linkOf(exchange),
      folder: `${endpoint}/widget/`,
      root: this.renderRoot,
      did: this.#did?.id === exchange.id ? this.#did.words : null,
      unheard: this.#judged === exchange.id,
      retry: () => this.#retry(exchange),
      judge: (verdict) => void this.#judge(exchange, verdict),
      comment: (event) => void this.#comment(event, exchange),
      tell: (words) => this.#tellOf(exchange, words),
    };
  }

  #toggle(exchange: Exchange, mark: string, citation: Citation): void {
    const key = `x${exchange.id} ${mark}`;
    const opening = this.#openMark !== key;
    // The page may show sources its own way instead.
    if (opening && !this.#tell('pilcrow-citation', { citation, question: exchange.question })) return;
    const inside = this.renderRoot.querySelector('[data-source]')?.contains(this.#active);
    this.#openMark = opening ? key : '';
    this.requestUpdate();
    void this.updateComplete.then(() => {
      if (opening) this.#find('[data-source]')?.scrollIntoView({ block: 'nearest', behavior: this.#calm ? 'auto' : 'smooth' });
      else if (inside) this.#find<HTMLElement>(`#x${exchange.id} [data-mark='${mark}']`)?.focus();
    });
  }

  #retry(exchange: Exchange): void {
    const again = this.#conversation?.retry(exchange);
    this.#startFollowing();
    this.#announce(this.#words.say('reading'));
    this.#field?.focus();
    void again;
  }

  async #judge(exchange: Exchange, verdict: 'up' | 'down'): Promise<void> {
    if (exchange.verdict === verdict) return;
    this.#judged = '';
    const sent = this.#conversation?.judge(exchange, verdict);
    await this.updateComplete;
    this.#find(`#c${exchange.id}`)?.focus();
    if (!(await sent)) this.#judged = exchange.id;
    this.#announce(this.#words.say(this.#judged ? 'feedbackFailed' : 'thanks'));
  }

  async #comment(event: SubmitEvent, exchange: Exchange): Promise<void> {
    event.preventDefault();
    const text = (this.#find(`#c${exchange.id}`) as HTMLTextAreaElement | null)?.value ?? '';
    this.#judged = '';
    if (!exchange.verdict) return;
    if (!(await this.#conversation?.judge(exchange, exchange.verdict, text))) {
      this.#judged = exchange.id;
      await this.updateComplete;
      const field = this.#find(`#c${exchange.id}`) as HTMLTextAreaElement | null;
      if (field) field.value = text;
    }
    this.#announce(this.#words.say(this.#judged ? 'feedbackFailed' : 'thanks'));
    this.#field?.focus();
  }

  /** The page of the service that asks the same. */
  #linkOf({ question, edition, about }: Exchange): string {
    const given = Object.entries(this.#scopeOf(question, edition, about)).filter(([, value]) => value);
    return `${endpointOf(this.endpoint)}/?${new URLSearchParams(given)}`;
  }

  /** Says what became of something that was done with an answer, for a while. */
  #tellOf({ id }: Exchange, words: MessageKey): void {
    const did = { id, words };
    this.#did = did;
    this.#announce(this.#words.say(words));
    setTimeout(() => {
      if (this.#did !== did) return;
      this.#did = null;
      this.requestUpdate();
    }, 4000);
  }

  #suggested(text: string): void {
    this.#field?.focus();
    void this.ask(text);
  }

  #onSubmit(event: Event): void {
    event.preventDefault();
    const conversation = this.#conversation;
    if (!conversation) return;
    if (conversation.busy) {
      conversation.stop();
      return;
    }
    const text = conversation.draft.trim();
    this.#field?.focus();
    if (!text) return;
    conversation.draft = '';
    void this.ask(text);
  }

  #onInput(event: Event): void {
    if (!this.#conversation) return;
    this.#conversation.draft = (event.target as HTMLTextAreaElement).value;
    this.#conversation.save();
    this.#grow();
  }

  #onFieldKey(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    // Not by way of the form: a sandboxed frame that allows no forms would swallow it.
    if (!this.#conversation?.busy) this.#onSubmit(event);
  }

  #onEdition(event: Event): void {
    this.edition = (event.target as HTMLSelectElement).value;
  }

  #onSeries(event: Event): void {
    this.about = (event.target as HTMLSelectElement).value;
  }

  /** Escape closes what is innermost: an open source, then the panel. */
  #onKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.isComposing) return;
    const source = this.renderRoot.querySelector('[data-source]');
    const active = this.#active;
    if (source && (source.contains(active) || active?.matches('.mark[aria-expanded=true]'))) {
      const mark = this.#find('.mark[aria-expanded=true]');
      this.#openMark = '';
      this.requestUpdate();
      mark?.focus();
    } else if (this.#launched && this.open) this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** An opener of the page was pressed. */
  #onPage = (event: MouseEvent): void => {
    const opener = this.opener && this.#launched && (event.target as Element).closest?.<HTMLElement>(this.opener);
    if (!opener) return;
    event.preventDefault();
    this.#opened = opener;
    this.open = !this.open;
  };

  #onCancel(event: Event): void {
    event.preventDefault();
    this.close();
  }

  /** Shows or hides the dialog; modal only where it fills the screen. */
  #fit = (): void => {
    const dialog = this.#find('dialog') as HTMLDialogElement | null;
    if (!dialog || !this.isConnected) return;
    const modal = this.#small?.matches === true;
    if (dialog.open && (!this.open || dialog.matches(':modal') !== modal)) dialog.close();
    if (!this.open || dialog.open) return;
    // `show` would move the focus into the panel; who opened it by hand gets it from `updated`.
    if (modal) dialog.showModal();
    else dialog.setAttribute('open', '');
  };

  #announce(text: string): void {
    this.#announced = text;
    this.requestUpdate();
  }

  #failureWords({ kind, detail }: Failure): string {
    const words = this.#words;
    if (kind === 'invalid') return detail ? shown(detail) : words.say('invalid');
    return words.say(kind);
  }

  /** Brings the newest question to the top, and leaves the reader alone after that. */
  #startFollowing(exchange?: Exchange): void {
    const last = exchange ?? this.#conversation?.exchanges.at(-1);
    if (last) this.#follow = `x${last.id}`;
    this.requestUpdate();
  }

  #grow(): void {
    const field = this.#field;
    if (!field) return;
    field.style.height = 'auto';
    field.style.height = `${field.scrollHeight}px`;
  }

  #tell(name: string, detail: object): boolean {
    return this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable: true }));
  }

  #find<E extends HTMLElement = HTMLElement>(selector: string): E | null {
    return this.renderRoot?.querySelector<E>(selector) ?? null;
  }

  get #field(): HTMLTextAreaElement | null {
    return this.#find<HTMLTextAreaElement>('#field');
  }

  get #active(): Element | null {
    return (this.renderRoot as ShadowRoot).activeElement;
  }

  get #launched(): boolean {
    return this.mode !== 'inline';
  }

  get #calm(): boolean {
    return matchMedia('(prefers-reduced-motion: reduce)').matches;
  }
}
