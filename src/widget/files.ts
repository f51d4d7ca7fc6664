import type { Answer, Citation } from '../core/model.ts';
import type { Words } from './messages/messages.ts';
import { answerOutline, markdownOf } from './outline.ts';
import { save } from './save.ts';

// A file of its own, which the widget loads when somebody takes an answer along.

/** Hands over an answer as a file. `folder`: address of the widget's files, with its slash. Rejects when a Word document cannot be made. */
export async function saveFile(
  question: string,
  answer: Answer,
  words: Words,
  link: (target: Pick<Citation, 'url'>) => string | null,
  kind: 'md' | 'docx',
  folder: string,
): Promise<void> {
  const outline = answerOutline(question, answer, words, link);
  const made =
    kind === 'md' ? new Blob([markdownOf(outline)], { type: 'text/markdown' }) : await (await import(`${folder}docx.js`)).docxOf(outline);
  save(made, question, kind);
}
