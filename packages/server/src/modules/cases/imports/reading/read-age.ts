/** Completed years: 45, 45岁, 45.5, 8个月, 20 days. Undefined where it is no age, null where it is none a person has. */
export function readAge(text: string): number | null | undefined {
  const parts = /^(\d{1,4}(?:\.\d+)?)\s*(岁|周岁|years?|yrs?|y)?$/i.exec(text.normalize('NFKC').trim());
  if (parts) {
    const years = Math.floor(Number(parts[1]));
    return years <= 120 ? years : null;
  }
  const small = /^(\d{1,3})\s*(个?月龄?|months?|mo|天|日龄?|days?|周|weeks?)$/i.exec(
    text.normalize('NFKC').trim(),
  );
  if (!small) return undefined;
  const perYear = /月|mo/i.test(small[2]!) ? 12 : /周|week/i.test(small[2]!) ? 52 : 365;
  return Math.floor(Number(small[1]) / perYear);
}
