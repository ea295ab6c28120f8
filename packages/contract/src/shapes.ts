/** The small shapes every module speaks. */
import * as z from 'zod';

export const bilingual = z.strictObject({ zh: z.string(), en: z.string() });
export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

/** A client- or server-made UUID; ours are version 7. */
export const id = z.uuid();
/** A moment, ISO 8601 with zone. */
export const instant = z.iso.datetime({ offset: true });
/** A civil day in the prefecture's time zone, YYYY-MM-DD. */
export const civilDay = z.iso.date();
/** GB/T 2260 code, extended downward: 6325, 632521, 632521100, 632521100001, 632521100001-G01-B03-U2. */
export const division = z
  .string()
  .regex(/^\d{2}(\d{2}(\d{2}(\d{3}(\d{3}(-[A-Z]\d{1,3}){0,3})?)?)?)?$/, 'a GB/T 2260 code such as 632521100');
/** The version an edit was based on; a clash shows mine, theirs and base. */
export const version = z.int().min(1);
/** Free text a person writes: trimmed, no control characters but line breaks. */
export const prose = (max = 2000) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
    .regex(/^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$/u, 'no control characters');

/** Stands where a value exists that the reader may not see: never blank, so that nobody thinks it unknown. */
export const CONFIDENTIAL = '•••';

export const actorRef = z.strictObject({ id, name: z.string() });
export type ActorRef = z.output<typeof actorRef>;

/** A number as shown: with its time and where it came from. */
export const figure = z.strictObject({
  value: z.number().nullable(),
  asOf: instant,
  source: bilingual,
});
export type Figure = z.output<typeof figure>;

/** Every list is paged: `cursor` is opaque, `total` counts what the reader may see. */
export const page = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({ items: z.array(item), nextCursor: z.string().nullable(), total: z.int(), asOf: instant });

export const pageQuery = {
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
};

/** `?level=a&level=b` and `?level=a` both give a list. */
export const list = <Item extends z.ZodType>(item: Item) =>
  z.preprocess(
    (value) => (value === undefined || Array.isArray(value) ? value : [value]),
    z.array(item).optional(),
  );

export const done = z.strictObject({ ok: z.literal(true) });
