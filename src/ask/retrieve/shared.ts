/**
 * Takes `most` items in order, at first at most `perGroup` of one group; what is left is filled up in order. So no group crowds
 * out the others, and none is cut short when there are no others.
 */
export function shared<T>(items: readonly T[], group: (item: T) => string, most: number, perGroup: number): T[] {
  const counts = new Map<string, number>();
  const first = new Set<T>();
  for (const item of items) {
    if (first.size === most) break;
    const count = counts.get(group(item)) ?? 0;
    if (count >= perGroup) continue;
    counts.set(group(item), count + 1);
    first.add(item);
  }
  for (const item of items) {
    if (first.size >= most) break;
    first.add(item);
  }
  return items.filter((item) => first.has(item));
}
