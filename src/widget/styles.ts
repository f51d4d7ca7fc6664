import { css } from 'lit';
import tokens from './tokens.css';

/* Everything stands inside `.frame`, which takes nothing over from the page but its direction. */
const sheet = css`
:host {
  display: contents !important;
  visibility: visible !important;
  opacity: 1 !important;
}
:host([mode='inline']) {
  display: block !important;
}
:host([hidden]) {
  display: none !important;
}
.frame {
  all: initial;
  color-scheme: light dark;
  --offset: var(--pilcrow-offset, 20px);
  display: block;
  font: var(--pilcrow-font-size, max(16px, 1rem)) / 1.55 var(--ui);
  color: var(--ink);
  overflow-wrap: anywhere;
  -webkit-text-size-adjust: 100%;
  text-size-adjust: 100%;
}
.frame[dir='rtl'] {
  direction: rtl;
}
.frame[data-theme='light'] {
  color-scheme: light;
}
.frame[data-theme='dark'] {
  color-scheme: dark;
}
*,
*::before,
*::after {
  box-sizing: border-box;
}
[hidden] {
  display: none !important;
}
button,
textarea,
select {
  font: inherit;
  color: inherit;
  letter-spacing: inherit;
}
button {
  cursor: pointer;
}
h2,
h3,
h4,
p,
ul,
ol,
blockquote {
  margin: 0;
  padding: 0;
  font: inherit;
}
ul,
ol {
  list-style: none;
}
a {
  color: var(--accent);
  text-underline-offset: 0.2em;
}
:focus-visible {
  outline: 3px solid var(--accent);
  outline-offset: 2px;
  border-radius: 4px;
}
svg {
  flex: none;
}
.unseen {
  position: absolute;
  width: 1px;
  height: 1px;
  margin: -1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}
.pilcrow {
  color: var(--accent);
  font: 700 1.45em / 1 var(--reading);
}

/* The button in the corner */
.launcher {
  position: fixed;
  inset-block-end: var(--offset);
  inset-inline-end: var(--offset);
  z-index: var(--pilcrow-z-index, 2147483000);
  display: flex;
  align-items: center;
  gap: 10px;
  min-height: 52px;
  padding: 8px 22px 8px 18px;
  border: 1px solid transparent;
  border-radius: 26px;
  background: var(--accent);
  color: var(--on-accent);
  font-weight: 600;
  box-shadow: 0 2px 6px rgb(0 0 0 / 0.16), 0 10px 30px rgb(0 0 0 / 0.18);
}
.frame[dir='rtl'] .launcher {
  padding: 8px 18px 8px 22px;
}
.launcher .pilcrow {
  color: inherit;
}
.launcher:hover {
  filter: brightness(1.1);
}
.launcher:focus-visible {
  border-radius: 26px;
}

/* The panel */
.panel {
  display: flex;
  flex-direction: column;
  margin: 0;
  padding: 0;
  border: 1px solid var(--line);
  background: var(--paper);
  color: var(--ink);
}
dialog.panel {
  position: fixed;
  inset: auto;
  inset-block-end: var(--offset);
  inset-inline-end: var(--offset);
  z-index: var(--pilcrow-z-index, 2147483000);
  width: var(--pilcrow-width, 430px);
  max-width: calc(100vw - 2 * var(--offset));
  height: var(--pilcrow-height, 680px);
  max-height: calc(100dvh - 2 * var(--offset));
  border-radius: calc(var(--radius) + 6px);
  box-shadow: 0 2px 8px rgb(0 0 0 / 0.1), 0 18px 60px rgb(0 0 0 / 0.24);
  overflow: hidden;
}
dialog:not([open]) {
  display: none;
}
dialog::backdrop {
  background: rgb(0 0 0 / 0.4);
}
:host([position='start']) :is(.launcher, dialog.panel) {
  inset-inline: var(--offset) auto;
}
@media (max-width: 480px), (max-height: 420px) {
  :host dialog.panel.panel {
    inset: 0;
    width: 100%;
    max-width: none;
    height: 100%;
    max-height: none;
    border: 0;
    border-radius: 0;
  }
}
@media (prefers-reduced-motion: no-preference) {
  dialog[open] {
    animation: rise 0.18s ease-out;
  }
  .progress::before,
  .progress::after {
    animation: breathe 1.4s ease-in-out infinite;
  }
}
@keyframes rise {
  from {
    opacity: 0;
    translate: 0 12px;
  }
}
@keyframes breathe {
  50% {
    opacity: 0.35;
  }
}
.header {
  display: flex;
  align-items: center;
  gap: 10px;
  padding: 8px 8px 8px 18px;
  border-block-end: 1px solid var(--line);
}
.frame[dir='rtl'] .header {
  padding: 8px 18px 8px 8px;
}
.header h2 {
  flex: 1;
  min-width: 0;
  font-weight: 650;
  line-height: 1.3;
}
.icon {
  display: inline-flex;
  align-items: center;
  justify-content: center;
  gap: 8px;
  min-width: 44px;
  min-height: 44px;
  flex: none;
  padding: 0;
  border: 0;
  border-radius: var(--radius);
  background: none;
  color: var(--soft);
}
.icon:hover {
  background: var(--tint);
  color: var(--accent);
}
.icon.wide {
  padding: 0 10px;
  margin-inline-start: -10px;
  font-size: 0.875em;
}
.icon[aria-pressed='true'] {
  background: var(--tint);
  color: var(--accent);
}
.icon[aria-pressed='true'] svg path {
  fill: currentcolor;
  fill-opacity: 0.25;
}

/* What was said */
.log {
  padding: 0 20px;
}
.launched .log:has(article),
.launched .welcome {
  flex: 1;
  min-height: 0;
  overflow-y: auto;
  overscroll-behavior: contain;
  scroll-padding: 8px;
}
.log:focus-visible {
  outline-offset: -3px;
}
.exchange {
  padding: 20px 0 12px;
  scroll-margin-top: 4px;
}
.exchange + .exchange {
  border-block-start: 1px solid var(--line);
}
.launched .exchange:last-child {
  min-height: 100%;
}
.question {
  margin-block-end: 12px;
  font: 600 1.2em / 1.35 var(--reading);
  text-wrap: pretty;
}
.question span[dir] {
  display: block;
}
.progress {
  display: flex;
  align-items: center;
  gap: 10px;
  color: var(--soft);
  font-size: 0.94em;
}
.progress::before {
  content: '¶' / '';
  color: var(--accent);
  font: 700 1.3em / 1 var(--reading);
}
.progress.more {
  padding-block: 6px;
}
.failure {
  margin-block: 10px;
  padding: 12px 16px;
  border-inline-start: 3px solid var(--bad);
  border-radius: 2px;
  background: var(--card);
  font-size: 0.94em;
}
.failure.stopped {
  border-color: var(--edge);
}
.failure .button {
  margin-block-start: 8px;
}
.button {
  display: inline-flex;
  align-items: center;
  justify-content: center;
  gap: 8px;
  min-width: 44px;
  min-height: 44px;
  padding: 6px 18px;
  border: 1px solid var(--accent);
  border-radius: var(--radius);
  background: var(--accent);
  color: var(--on-accent);
  font-weight: 600;
}
.button.quiet {
  background: none;
  color: var(--accent);
}
.button:hover {
  filter: brightness(1.1);
}
.button:disabled {
  opacity: 0.55;
  cursor: default;
}

/* Before the first question */
.welcome {
  padding: 22px 20px 12px;
}
.welcome p,
.welcome ::slotted(p) {
  color: var(--soft);
}
.welcome h3 {
  margin-block: 22px 8px;
  color: var(--soft);
  font-size: 0.875em;
  font-weight: 600;
}
.welcome ul,
.next ul {
  display: flex;
  flex-direction: column;
  gap: 8px;
}
.suggestion {
  width: 100%;
  min-height: 48px;
  padding: 10px 16px;
  border: 1px solid var(--line);
  border-radius: var(--radius);
  background: var(--card);
  color: var(--ink);
  height: 100%;
  font: 1.02em / 1.4 var(--reading);
  text-align: start;
}
.suggestion:hover {
  border-color: var(--accent);
  color: var(--accent);
}

.history summary {
  min-height: 44px;
  margin-block-start: 10px;
  padding-block: 10px;
  color: var(--soft);
  font-size: 0.875em;
  font-weight: 600;
  cursor: pointer;
}
.history li {
  display: flex;
  gap: 4px;
}
.history .button {
  margin-block: 10px;
}

/* Where a question is typed */
.panel {
  container-type: inline-size;
}
.composer {
  display: grid;
  grid-template-columns: minmax(0, 1fr) auto;
  align-items: end;
  gap: 0 6px;
  margin: 8px 12px 12px;
  padding: 5px;
  border: 1px solid var(--edge);
  border-radius: calc(var(--radius) + 5px);
  background: var(--card);
}
.composer:focus-within {
  border-color: var(--accent);
  box-shadow: 0 0 0 1px var(--accent);
}
#field {
  width: 100%;
  min-height: 44px;
  max-height: 160px;
  padding: 9px 6px 9px 11px;
  border: 0;
  outline: 0;
  background: none;
  resize: none;
  line-height: 1.55;
}
#field::placeholder {
  color: var(--soft);
  opacity: 1;
}
.send {
  width: 44px;
  padding: 0;
}
.scopes {
  grid-column: 1 / -1;
  display: flex;
  gap: 0 18px;
  margin: 4px 6px -4px 11px;
  border-block-start: 1px solid var(--line);
  color: var(--soft);
  font-size: 0.875em;
}
.scopes:not(:has(div)) {
  display: none;
}
.scope {
  display: flex;
  align-items: center;
  gap: 4px;
  min-width: 0;
}
.scope label {
  white-space: nowrap;
}
/* Two choices on one line: what is chosen says by itself what it is about. */
@container (max-width: 460px) {
  .scope:has(+ .scope) label,
  .scope + .scope label {
    position: absolute;
    clip-path: inset(50%);
  }
}
.scope select {
  field-sizing: content;
  min-height: 44px;
  min-width: 0;
  max-width: 100%;
  padding: 4px;
  text-overflow: ellipsis;
  border: 0;
  border-radius: var(--radius);
  background: var(--card);
  color: var(--accent);
  font-weight: 600;
  cursor: pointer;
}
.footer {
  color: var(--soft);
  font-size: 0.8em;
}
.footer p,
.footer ::slotted(*) {
  margin: -4px 20px 12px !important;
}

/* In the page instead of over it */
.inline {
  height: 100%;
}
.inline .composer {
  position: sticky;
  inset-block-end: 12px;
  z-index: 1;
  margin-inline: 0;
  box-shadow: 0 0 0 12px var(--paper);
}
.inline .composer:focus-within {
  box-shadow: 0 0 0 1px var(--accent), 0 0 0 12px var(--paper);
}
.inline .welcome {
  padding: 12px 0;
}
.inline .welcome h3 {
  margin-block-start: 8px;
}
.inline .welcome ul,
.inline .next ul {
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(280px, 100%), 1fr));
}
.inline .log,
.inline .header {
  padding-inline: 0;
}
.inline .header {
  justify-content: flex-end;
  padding-block: 0 4px;
}
.inline .panel {
  height: var(--pilcrow-height, auto);
  padding: var(--pilcrow-inline-padding, 12px 16px 0);
  border: var(--pilcrow-inline-border, 1px solid var(--line));
  border-radius: calc(var(--radius) + 6px);
}
.inline .log:has(article) {
  flex: 1;
  min-height: 0;
  overflow-y: auto;
}
.inline .exchange {
  scroll-margin-top: 16px;
}
/* What has the focus stands above the composer, not behind it. */
.inline .log :is(a, button, summary, textarea, [tabindex]) {
  scroll-margin-block-end: 150px;
}
/* On a low screen, or at 400 %, everything goes by: nothing stands over what is read or has the focus */
@media (max-height: 420px) {
  .inline .composer {
    position: static;
  }
  .inline .log :is(a, button, summary, textarea, [tabindex]) {
    scroll-margin-block-end: 0;
  }
  dialog.panel[open] {
    display: block;
    overflow-y: auto;
  }
  .launched .log:has(article),
  .launched .welcome {
    overflow: visible;
  }
  .launched .exchange:last-child {
    min-height: 0;
  }
}
/* On paper: what was asked and answered, in black on white, with the sources written out */
@media print {
  .frame,
  .frame[data-theme] {
    color-scheme: light;
    --paper: #ffffff;
    --card: #ffffff;
    --ink: #000000;
    --soft: #444444;
    --accent: #000000;
    --tint: #ffffff;
    --mark: #eeeeee;
  }
  .launcher,
  .header,
  .composer,
  .footer,
  .welcome,
  .next,
  .progress {
    display: none !important;
  }
  dialog.panel[open],
  .inline .panel {
    position: static;
    display: block;
    width: auto;
    max-width: none;
    height: auto;
    max-height: none;
    padding: 0;
    border: 0;
    border-radius: 0;
    box-shadow: none;
    overflow: visible;
  }
  /* Below a page of somebody else's, whose paper may have no margin. */
  dialog.panel[open] {
    padding: 16px;
    border-block-start: 1px solid #bbbbbb;
  }
  .log,
  .launched .log:has(article),
  .inline .log:has(article) {
    padding: 0;
    overflow: visible;
  }
  .launched .exchange:last-child {
    min-height: 0;
  }
}
@media (forced-colors: active) {
  .launcher,
  .icon[aria-pressed='true'],
  .suggestion {
    border: 1px solid ButtonText;
  }
  .failure {
    border: 1px solid CanvasText;
  }
}
`;

const shared = new CSSStyleSheet();
shared.replaceSync(tokens);
export const styles = [shared, sheet];
