import { answerTexts } from '../messages/english.ts';
import { spoken } from '../text.ts';
import { type AnswerParts, PARTS_VERSION } from './parts.ts';
import { answerStyles } from './styles.ts';
import { toolsView } from './tools.ts';
import { answerView } from './view.ts';

/** What shows answers. */
export const parts: AnswerParts = {
  version: PARTS_VERSION,
  texts: answerTexts,
  styles: answerStyles.styleSheet as CSSStyleSheet,
  view: answerView,
  tools: toolsView,
  spoken,
};
