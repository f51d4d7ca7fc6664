import { bandsOf } from './lines.ts';
import { beginsWithMark } from './notes.ts';
import type { LineSegment, PageLines } from './record.ts';
import { SAME_HEIGHT_POINTS } from './settings.ts';

/** How many lines at either edge of a page may be running heads and feet. */
const DEEP = 3;
/** Share of the height in which a running head or foot stands. */
const EDGE = 0.14;
const NUMBER =
  /^(?:[-–—|]\s?)?(?:(?:page|p\.|seite|página|pagina)\s?)?(?:\d{1,4}|[ivxl]{1,6})(?:\s?(?:\/|of|von|de|sur)\s?\d{1,4})?(?:\s?[-–—|])?$/i;

/** Takes page numbers and what repeats at the edges of pages out of them; returns the texts that were more than numbers. */
export function dropFurniture(pages: PageLines[]): string[] {
  const places = new Map<string, { page: PageLines; segment: LineSegment }[]>();
  const numbers: { page: PageLines; segment: LineSegment }[] = [];
  for (const page of pages) {
    for (const segment of edgesOf(page)) {
      if (NUMBER.test(segment.text)) numbers.push({ page, segment });
      const key = `${segment.text.replace(/\d+/g, '#').toLowerCase()}`;
      const found = places.get(key) ?? [];
      found.push({ page, segment });
      places.set(key, found);
    }
  }
  const drop = new Map<PageLines, Set<LineSegment>>();
  const take = ({ page, segment }: { page: PageLines; segment: LineSegment }) => drop.set(page, (drop.get(page) ?? new Set()).add(segment));
  const told = new Set<string>();
  const least = Math.max(2, Math.min(3, pages.length));
  if (pages.length > 1) {
    for (const found of places.values()) {
      const on = new Set(found.map(({ page }) => page.number)).size;
      // At the same height, or the same text in alternate places.
      if (on < least) continue;
      const first = found[0] as { page: PageLines; segment: LineSegment };
      for (const one of found) {
        const level = found.some(
          (other) => other !== one && other.page !== one.page && Math.abs(other.segment.base - one.segment.base) < SAME_HEIGHT_POINTS,
        );
        if (level) take(one);
      }
      if (/\p{L}{3}/u.test(first.segment.text) && !NUMBER.test(first.segment.text)) told.add(first.segment.text);
    }
  }
  for (const one of countedNumbers(pages)) take(one);
  for (const one of numbers) if (isOutermost(one.page, one.segment)) take(one);
  for (const [page, gone] of drop) page.segments = page.segments.filter((segment) => !gone.has(segment));
  return [...told];
}

/** Numbers alone in the first or last line that count with the pages, wherever the margins end. */
function countedNumbers(pages: readonly PageLines[]): { page: PageLines; segment: LineSegment }[] {
  const shifts = new Map<number, { page: PageLines; segment: LineSegment }[]>();
  for (const page of pages) {
    const bands = bandsOf(page.segments.filter((segment) => segment.top < page.height));
    for (const band of new Set([bands[0], bands.at(-1)])) {
      const [segment] = band?.segments ?? [];
      if (band?.segments.length !== 1 || !segment || !/^\d{1,4}$/.test(segment.text)) continue;
      const shift = Number(segment.text) - page.number;
      shifts.set(shift, [...(shifts.get(shift) ?? []), { page, segment }]);
    }
  }
  return [...shifts.values()].filter((found) => found.length > 1).flat();
}

function edgesOf(page: PageLines): LineSegment[] {
  const bands = bandsOf(page.segments.filter((segment) => segment.top < page.height));
  const [top, bottom] = [bands.slice(0, DEEP), bands.slice(-DEEP)];
  return (
    [
      ...top.filter((band) => band.bottom < page.height * EDGE),
      ...bottom.filter((band) => band.top > page.height * (1 - EDGE) && !top.includes(band)),
    ]
      .flatMap((band) => band.segments)
      // Notes of one kind stand at the foot of page after page.
      .filter(({ text }) => !beginsWithMark(text))
  );
}

/** A number stands by itself at the very edge: nothing is nearer to it. */
function isOutermost(page: PageLines, { top, bottom }: LineSegment): boolean {
  const others = page.segments.filter((segment) => segment.top < page.height);
  return others.every((one) => one.top >= top - 1) || others.every((one) => one.bottom <= bottom + 1);
}
