/** Names of hospitals that differ by a slip: offered to a person as one, never joined by themselves. */
import type { NameGroup } from '@levee/contract';

export interface NameCount {
  readonly name: string;
  readonly rowsCount: number;
}

/** Signs that make two names two places however alike they look: 第一 and 第二, 东院 and 西院. */
const TELLING = /[0-9〇一二三四五六七八九十东西南北上下左右前后甲乙丙丁]|\b[ivx]+\b/giu;
/** More names than this are free text, and comparing each with each says nothing. */
const MOST_NAMES = 3_000;

/**
 * Groups names by edit distance around the most frequent one. A name joins where it is rarer than the canonical one,
 * differs by no more signs than its length allows, and agrees in every number, direction and division name.
 *
 * @param divisionNames county names of the area: 贵德 and 贵南 differ by one sign and are two counties
 * @returns groups of two and more names, largest first
 */
export function groupHospitalNames(
  names: readonly NameCount[],
  divisionNames: readonly string[] = [],
): NameGroup[] {
  if (names.length > MOST_NAMES) return [];
  const stems = divisionNames
    .map((name) => name.replace(/[县市区州]$/u, ''))
    .filter(({ length }) => length > 1);
  const known = names
    .map((one) => {
      const bare = bareName(one.name);
      return { ...one, bare, telling: bare.match(TELLING)?.join('') ?? '', places: placesIn(bare, stems) };
    })
    .toSorted((a, b) => b.rowsCount - a.rowsCount || a.name.localeCompare(b.name));
  type Known = (typeof known)[number];
  const groups: { canonical: Known; variants: { name: Known; distance: number }[] }[] = [];
  for (const name of known) {
    let best: { group: (typeof groups)[number]; distance: number } | null = null;
    for (const group of groups) {
      const { canonical } = group;
      if (canonical.telling !== name.telling || !agree(canonical.places, name.places)) continue;
      const allowed = slipsAllowed(Math.max(canonical.bare.length, name.bare.length));
      if (Math.abs(canonical.bare.length - name.bare.length) > allowed) continue;
      const distance = editDistance(canonical.bare, name.bare);
      if (distance <= allowed && (!best || distance < best.distance)) best = { group, distance };
    }
    // Told apart by spaces or width alone it is a variant too, one sign away.
    if (best) best.group.variants.push({ name, distance: Math.max(1, best.distance) });
    else groups.push({ canonical: name, variants: [] });
  }
  return groups
    .filter(({ variants }) => variants.length > 0)
    .map(({ canonical, variants }) => ({
      canonical: canonical.name,
      rowsCount: canonical.rowsCount,
      variants: variants.map(({ name, distance }) => ({
        name: name.name,
        rowsCount: name.rowsCount,
        distance,
      })),
    }));
}

const bareName = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s\p{P}]/gu, '');

const placesIn = (bare: string, stems: readonly string[]) => stems.filter((stem) => bare.includes(stem));

/** A misspelt division name is no known one, so only two different known ones disagree. */
const agree = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === 0 || b.length === 0 || a.some((one) => b.includes(one));

/** One slip in a name of four signs, two from twelve, three from thirty. */
const slipsAllowed = (length: number): number => (length < 4 ? 0 : length < 12 ? 1 : length < 30 ? 2 : 3);

/** Levenshtein distance. */
export function editDistance(a: string, b: string): number {
  const [left, right] = [Array.from(a), Array.from(b)];
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (const [i, sign] of left.entries()) {
    const next = [i + 1];
    for (const [j, other] of right.entries()) {
      next.push(Math.min(row[j]! + (sign === other ? 0 : 1), row[j + 1]! + 1, next[j]! + 1));
    }
    row = next;
  }
  return row.at(-1)!;
}
