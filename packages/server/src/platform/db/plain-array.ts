/**
 * An array parameter of values that hold no sign an array literal has to escape: ids, numbers, booleans, codes, instants;
 * null becomes NULL. The driver's own way escapes every element: 5 % of a server under load.
 */
export const plainArray = (values: readonly (string | number | boolean | null)[]): string =>
  `{${values.map((value) => value ?? 'NULL').join(',')}}`;
