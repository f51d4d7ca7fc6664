/** Called between pieces of work: resolves at once, or when the event loop has turned. */
export type EventTurn = () => Promise<void> | void;

/** Longest work between two turns of the event loop, milliseconds, when a piece of work is small. */
const LONGEST_MILLISECONDS = 8;

/** Lets others have their turn whenever work has gone on for some milliseconds. */
export function createTurns(longest = LONGEST_MILLISECONDS): EventTurn {
  let begun = performance.now();
  return () => {
    if (performance.now() - begun < longest) return;
    return new Promise((resolve) =>
      setImmediate(() => {
        begun = performance.now();
        resolve();
      }),
    );
  };
}
