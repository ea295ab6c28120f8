/** Finds people of the carried list by what is typed: name, pinyin, initials, or the last places of the card. */
import type { BundlePerson } from '@levee/contract';

/** Best first: the beginning of the name, of the pinyin, of the initials, then the card's last places. */
export function searchPeople(people: readonly BundlePerson[], typed: string, most = 8): BundlePerson[] {
  const text = typed.trim().toLowerCase().replaceAll(/\s/g, '');
  if (text === '') return [];
  const ranked: BundlePerson[][] = [[], [], [], []];
  for (const person of people) {
    const rank = rankOf(person, text);
    if (rank !== null && ranked[rank]!.length < most) ranked[rank]!.push(person);
  }
  return ranked.flat().slice(0, most);
}

function rankOf({ nameZh, pinyin, initials, identityMasked }: BundlePerson, text: string): number | null {
  if (nameZh.startsWith(text)) return 0;
  if (initials === text) return 1;
  if (pinyin.startsWith(text) || initials.startsWith(text)) return 2;
  if (/^[\dx]{3,4}$/.test(text) && identityMasked?.toLowerCase().endsWith(text)) return 3;
  return nameZh.includes(text) ? 3 : null;
}
