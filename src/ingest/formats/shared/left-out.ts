import type { Told } from '../../blocks.ts';

/** What a reader leaves out on purpose and tells of. */
export interface LeftOut {
  /** Words that are struck through. */
  struck: string[];
  /** Pictures with a description in words. */
  pictures: number;
}

/** Longest list of words in one message, UTF-16 units. */
const LONGEST_LIST = 200;

export const nothingLeftOut = (): LeftOut => ({ struck: [], pictures: 0 });

/** The words about what was left out; `mend` says how to keep what is struck through. */
export function tellLeftOut({ struck, pictures }: LeftOut, mend: string): Told[] {
  const told: Told[] = [];
  if (struck.length > 0) {
    const list = struck.map((words) => `"${words}"`).join(', ');
    told.push({
      message: `What is struck through is left out: ${list.length > LONGEST_LIST ? `${list.slice(0, LONGEST_LIST)}…` : list}.`,
      hint: `It no longer holds; ${mend} if it does.`,
    });
  }
  if (pictures > 0) {
    told.push({
      message:
        pictures === 1
          ? 'The description of a picture is left out: readers do not see it.'
          : `The descriptions of ${pictures} pictures are left out: readers do not see them.`,
      hint: 'Say in the text what a picture shows.',
      note: true,
    });
  }
  return told;
}
