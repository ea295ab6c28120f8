import type { Circles, Window } from './cylinders.ts';

export type Cylinder = {
  circles: number;
  last: number;
  window: number;
  observed: number;
  expected: number;
  ratio: number;
};

/** Places, days and cylinders stay; only which case has which day changes from one replicate to the next. */
export function makeScanner(
  placeOf: Int32Array,
  casesOfPlace: Int32Array,
  casesOfDay: Int32Array,
  circles: Circles[],
  windows: Window[],
) {
  const total = placeOf.length;
  const daysCount = casesOfDay.length;
  const casesOfWindow = windows.map(({ from, until }) =>
    casesOfDay.subarray(from, until + 1).reduce((sum, count) => sum + count, 0),
  );
  const untilDay = new Int32Array(casesOfPlace.length * (daysCount + 1));
  const inWindow = new Int32Array(casesOfPlace.length * windows.length);

  /** Cases of each place in each window, from running sums over its days. */
  function count(dayOf: Int32Array): void {
    untilDay.fill(0);
    placeOf.forEach((place, i) => {
      untilDay[place * (daysCount + 1) + dayOf[i]! + 1]!++;
    });
    for (let place = 0; place < casesOfPlace.length; place++) {
      if (casesOfPlace[place] === 0) continue;
      const start = place * (daysCount + 1);
      for (let day = 1; day <= daysCount; day++) untilDay[start + day]! += untilDay[start + day - 1]!;
      windows.forEach(({ from, until }, w) => {
        inWindow[place * windows.length + w] = untilDay[start + until + 1]! - untilDay[start + from]!;
      });
    }
  }

  function visit(index: number, found: (last: number, window: number, c: number, mu: number) => void): void {
    const { order, ends } = circles[index]!;
    const observed = new Int32Array(windows.length);
    let inCircle = 0;
    for (let last = 0; last < order.length; last++) {
      const place = order[last]!;
      inCircle += casesOfPlace[place]!;
      const isEnd = ends[last] === 1;
      for (let w = 0; w < windows.length; w++) {
        const c = observed[w]! + inWindow[place * windows.length + w]!;
        observed[w] = c;
        if (!isEnd || c < 2) continue;
        const expected = (inCircle * casesOfWindow[w]!) / total;
        if (c > expected) found(last, w, c, expected);
      }
    }
  }

  return {
    bestOfEachCentre(dayOf: Int32Array): Cylinder[] {
      count(dayOf);
      return circles.flatMap((_, index) => {
        let best = null as Cylinder | null;
        visit(index, (last, window, observed, expected) => {
          const ratio = logRatio(observed, expected, total);
          if (ratio > (best?.ratio ?? 0)) best = { circles: index, last, window, observed, expected, ratio };
        });
        return best ? [best] : [];
      });
    },
    largest(dayOf: Int32Array): number {
      count(dayOf);
      let largest = 0;
      for (let index = 0; index < circles.length; index++) {
        visit(index, (_last, _window, observed, expected) => {
          const ratio = logRatio(observed, expected, total);
          if (ratio > largest) largest = ratio;
        });
      }
      return largest;
    },
  };
}

function logRatio(observed: number, expected: number, total: number): number {
  const outside = total - observed;
  return (
    observed * Math.log(observed / expected) +
    (outside === 0 ? 0 : outside * Math.log(outside / (total - expected)))
  );
}
