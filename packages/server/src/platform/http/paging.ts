/** Lists are paged by an opaque cursor, so that how a page is found may change without the client noticing. */
import { LeveeError } from '@levee/contract';
import type { Context } from '../context.ts';

interface PageQuery {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** Offset a cursor stands for. A cursor not made by `toPage` is refused. */
export function offsetOf({ cursor }: PageQuery): number {
  if (cursor === undefined) return 0;
  const offset = Number(/^o(\d{1,9})$/.exec(cursor)?.[1] ?? Number.NaN);
  if (Number.isNaN(offset)) {
    throw new LeveeError('request.invalid', {
      where: 'query.cursor',
      problem: { zh: '不是上一页给出的游标', en: 'is not a cursor a page gave' },
    });
  }
  return offset;
}

export function toPage<Item>(context: Pick<Context, 'now'>, query: PageQuery, items: Item[], total: number) {
  const end = offsetOf(query) + items.length;
  return { items, total, asOf: context.now, nextCursor: end < total && items.length > 0 ? `o${end}` : null };
}
