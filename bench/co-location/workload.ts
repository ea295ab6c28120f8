/**
 * A prefecture's stays, made from a seed: 8 stays a day over 14 days. Two thirds of the places are homes; workplaces are
 * chosen by Zipf's law; other places by Zipf–Mandelbrot inside a district, 80 % of them in the own one. Smaller workloads
 * have fewer people and places in proportion, so that a place is as crowded as in the large one.
 */
export type Workload = {
  readonly personsCount: number;
  readonly placesCount: number;
  readonly staysCount: number;
  /** Gives every stay once, person by person; instants are epoch seconds. */
  stays(take: (person: number, place: number, from: number, until: number) => void): void;
};

export const DAYS = 14;
export const START = Date.UTC(2022, 7, 1, 16) / 1000;
export const END = START + DAYS * 86_400;

const STAYS_A_DAY = 8;
const PERSONS_A_PLACE = 7.5;
const PERSONS_A_DISTRICT = 22_500;
const [MINUTE, HOUR] = [60, 3600];

export function makeWorkload(staysWanted: number, seed: number): Workload {
  const personsCount = Math.round(staysWanted / (STAYS_A_DAY * DAYS));
  const placesCount = Math.max(12, Math.round(personsCount / PERSONS_A_PLACE));
  const homesCount = Math.round((2 / 3) * placesCount);
  const workplacesCount = Math.round((1 / 6) * placesCount);
  const districtsCount = Math.max(1, Math.round(personsCount / PERSONS_A_DISTRICT));
  const othersInDistrict = Math.floor((placesCount - homesCount - workplacesCount) / districtsCount);
  const chooseWorkplace = zipf(workplacesCount, 0.6, 0);
  const chooseOther = zipf(othersInDistrict, 0.9, 10);

  return {
    personsCount,
    placesCount,
    staysCount: personsCount * STAYS_A_DAY * DAYS,
    stays(take) {
      const random = randomNumbers(seed);
      for (let person = 0; person < personsCount; person++) {
        const home = Math.floor(random() * homesCount);
        const district = Math.floor((home / homesCount) * districtsCount);
        const work = homesCount + chooseWorkplace(random());
        const other = () => {
          const where = random() < 0.8 ? district : Math.floor(random() * districtsCount);
          return homesCount + workplacesCount + where * othersInDistrict + chooseOther(random());
        };
        for (let day = 0; day < DAYS; day++) {
          const midnight = START + day * 86_400;
          const around = (hour: number, spread: number) =>
            midnight + hour * HOUR + Math.floor((random() - 0.5) * spread * MINUTE);
          const [up, noon, back, off, supper, out] = [
            around(7.5, 60),
            around(12, 30),
            around(13, 20),
            around(17.5, 60),
            around(18.75, 30),
            around(20, 60),
          ] as [number, number, number, number, number, number];
          const late = around(21.5, 60);
          take(person, home, midnight, up);
          take(person, work, up + 20 * MINUTE, noon);
          take(person, other(), noon + 5 * MINUTE, back - 5 * MINUTE);
          take(person, work, back, off);
          take(person, other(), off + 10 * MINUTE, off + 35 * MINUTE);
          take(person, home, supper, out - 10 * MINUTE);
          take(person, other(), out, late - 15 * MINUTE);
          take(person, home, late, midnight + 86_400);
        }
      }
    },
  };
}

/** K different persons, the same for every engine. */
export function chooseCases(workload: Workload, count: number, seed: number): number[] {
  const random = randomNumbers(seed);
  const cases = new Set<number>();
  while (cases.size < count) cases.add(Math.floor(random() * workload.personsCount));
  return [...cases].sort((a, b) => a - b);
}

/** Rank 0, 1, 2 … with probability in proportion to 1 / (rank + 1 + offset)^exponent, by inverting the sums. */
function zipf(count: number, exponent: number, offset: number): (random: number) => number {
  const sums = new Float64Array(count);
  let sum = 0;
  for (let rank = 0; rank < count; rank++) {
    sum += (rank + 1 + offset) ** -exponent;
    sums[rank] = sum;
  }
  return (random) => {
    const target = random * sum;
    let [low, high] = [0, count - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (sums[middle]! > target) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}

/** mulberry32: uniform in [0, 1), the same on every machine. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
