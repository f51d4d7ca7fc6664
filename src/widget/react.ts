import type * as React from 'react';
import type { PilcrowChatElement, PilcrowChatEvents } from './index.ts';

// Types alone: `import 'pilcrow/widget/react'` lets JSX know the element, its properties and its events.

type Properties = Partial<Omit<PilcrowChatElement, keyof HTMLElement | 'suggestions' | 'editions' | 'allowedHosts' | 'briefings'>> & {
  /** Lists, or text as their attributes have it. */
  suggestions?: readonly string[] | string;
  editions?: readonly string[] | string;
  allowedHosts?: readonly string[] | string;
  briefings?: readonly string[] | string;
};
type Listeners = { [Name in keyof PilcrowChatEvents as `on${Name}`]?: (event: PilcrowChatEvents[Name]) => void };

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'pilcrow-chat': React.DetailedHTMLProps<React.HTMLAttributes<PilcrowChatElement>, PilcrowChatElement> & Properties & Listeners;
    }
  }
}
