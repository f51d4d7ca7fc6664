import type { PartsLoader } from './answer/parts.ts';
import { PilcrowChat } from './element.ts';
import { given } from './settings.ts';

const NAME = 'pilcrow-chat';

/**
 * Defines the element, once however often a script is loaded, and returns its class. One tag is enough: a script tag with data-
 * attributes makes an element too. `bring`: where what shows answers comes from.
 */
export function defineElement(bring: PartsLoader): CustomElementConstructor {
  if (!customElements.get(NAME))
    customElements.define(
      NAME,
      class extends PilcrowChat {
        protected override bring = bring;
      },
    );
  if (Object.keys(given).length > 0) {
    if (document.body) place();
    else document.addEventListener('DOMContentLoaded', place, { once: true });
  }
  return customElements.get(NAME) as CustomElementConstructor;
}

function place(): void {
  if (document.querySelector(NAME)) return;
  const chat = document.createElement(NAME) as PilcrowChat;
  chat.stays = true;
  for (const [name, value] of Object.entries(given)) {
    chat.setAttribute(
      name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
      value ?? '',
    );
  }
  document.body.append(chat);
}
