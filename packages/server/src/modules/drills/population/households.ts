import { pickWeighted, type Random } from './random.ts';

export interface Member {
  /** Completed years. */
  age: number;
  sex: 'male' | 'female';
}

/** Age in completed years of the couple a household stands on; weights by eye for a young western prefecture. */
const COUPLE_AGES = [
  [24, 14],
  [30, 22],
  [36, 21],
  [42, 17],
  [48, 14],
  [54, 12],
] as const;

/**
 * The members of a household of `size`: a couple, their children, then grandparents and grown brothers and sisters.
 * One and two person households are mixed young and old. Drawn together the ages make a pyramid with about a
 * fifth under 15 and an eighth at 60 and over.
 */
export function drawMembers(random: Random, size: number): Member[] {
  if (size === 1) {
    const age = random.chance(0.65) ? random.between(22, 59) : random.between(60, 88);
    return [{ age, sex: drawSex(random) }];
  }
  const age =
    size === 2 && random.chance(0.4)
      ? random.between(58, 82)
      : pickWeighted(random, COUPLE_AGES) + random.between(0, 5);
  const members: Member[] = [
    { age, sex: 'male' },
    { age: Math.max(20, age - random.between(-1, 4)), sex: 'female' },
  ];
  if (size === 2) return members;

  const mother = members[1]!.age;
  const grandparents = size === 3 ? 0 : random.chance(0.5) ? 0 : random.between(1, 2);
  const children = Math.min(3, size - 2 - grandparents);
  for (let child = 0; child < children; child++)
    members.push({ age: mother - random.between(20, Math.min(36, mother)), sex: drawSex(random) });
  for (let elder = 0; members.length < size && elder < 2; elder++)
    members.push({ age: Math.min(96, age + random.between(21, 30)), sex: elder === 0 ? 'female' : 'male' });
  while (members.length < size) members.push({ age: random.between(18, 55), sex: drawSex(random) });
  return members;
}

const drawSex = (random: Random) => (random.chance(0.508) ? 'male' : 'female');
