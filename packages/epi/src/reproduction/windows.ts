/** Days over which a reproduction number is taken as constant; 1-based, both inclusive. */
export type RtWindow = { tStart: number; tEnd: number };

export type WindowOptions = {
  /** Length of windows sliding by one day from day 2 on; default 7. */
  windowDays?: number | undefined;
  /** Any other windows; they may overlap and leave gaps. */
  windows?: readonly RtWindow[] | undefined;
};

/**
 * The windows to estimate over. Fewer days than one window needs give none.
 *
 * @throws RangeError naming a window (from 0) that begins before day 2, ends after the last day or before it begins
 */
export function chooseWindows(daysCount: number, { windowDays = 7, windows }: WindowOptions): RtWindow[] {
  if (windows) return windows.map((window, index) => checkWindow(window, index, daysCount));
  if (!(Number.isSafeInteger(windowDays) && windowDays >= 1)) {
    throw new RangeError(`windowDays is ${windowDays}; it must be a whole number from 1 on`);
  }
  const count = Math.max(0, daysCount - windowDays);
  return Array.from({ length: count }, (_, i) => ({ tStart: i + 2, tEnd: i + 1 + windowDays }));
}

function checkWindow({ tStart, tEnd }: RtWindow, index: number, daysCount: number): RtWindow {
  const isWhole = Number.isSafeInteger(tStart) && Number.isSafeInteger(tEnd);
  if (!isWhole || tStart < 2 || tEnd > daysCount || tStart > tEnd) {
    throw new RangeError(
      `window ${index} is day ${tStart} to day ${tEnd}; windows run forwards within day 2 to day ${daysCount}`,
    );
  }
  return { tStart, tEnd };
}
