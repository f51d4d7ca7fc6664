/** An item found by its position in the snapshot. */
export interface Scored {
  ordinal: number;
  score: number;
}

/** Better first: higher score, then earlier in the snapshot. */
export const byScore = (a: Scored, b: Scored): number => b.score - a.score || a.ordinal - b.ordinal;

/** Keeps the best `k` of what it is offered, in O(log k) each; `take` empties it, best first. */
export function createTop(k: number): { offer(ordinal: number, score: number): void; take(): Scored[] } {
  // Binary heap with the worst kept item at the root.
  const heap: Scored[] = [];
  const worse = (a: Scored, b: Scored): boolean => a.score < b.score || (a.score === b.score && a.ordinal > b.ordinal);

  function up(at: number): void {
    const item = heap[at] as Scored;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!worse(item, heap[above] as Scored)) break;
      heap[at] = heap[above] as Scored;
      at = above;
    }
    heap[at] = item;
  }

  function down(): void {
    const item = heap[0] as Scored;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= heap.length) break;
      if (below + 1 < heap.length && worse(heap[below + 1] as Scored, heap[below] as Scored)) below++;
      if (!worse(heap[below] as Scored, item)) break;
      heap[at] = heap[below] as Scored;
      at = below;
    }
    heap[at] = item;
  }

  return {
    offer(ordinal, score) {
      if (heap.length < k) {
        heap.push({ ordinal, score });
        up(heap.length - 1);
        return;
      }
      const root = heap[0];
      if (!root || score < root.score || (score === root.score && ordinal > root.ordinal)) return;
      heap[0] = { ordinal, score };
      down();
    },
    take: () => heap.splice(0).sort(byScore),
  };
}
