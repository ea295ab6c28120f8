import type { PlaceInTree } from '@levee/contract';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../app/client.ts';

export interface TreeRow {
  readonly place: PlaceInTree;
  readonly depth: number;
  readonly open: boolean;
}

const readBelow = (parentId: string) => ({
  queryKey: ['places', 'tree', parentId],
  queryFn: () => client.places.tree({ query: { parentId, limit: 500 } }),
});

/** The tree as rows: what is open is read, level by level; nothing is read that nobody looks at. */
export function useTree() {
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const root = useQuery({
    queryKey: ['places', 'tree', 'root'],
    queryFn: () => client.places.tree({ query: {} }),
  });
  const first = root.data?.items[0];
  // The own area begins open.
  const open = new Set([...(first ? [first.id] : []), ...opened].filter((id) => !closed.has(id)));
  const ids = [...open];
  const levels = useQueries({ queries: ids.map(readBelow) });
  const below = new Map(ids.map((id, index) => [id, levels[index]?.data?.items]));
  const rowsOf = (place: PlaceInTree, depth: number): TreeRow[] => [
    { place, depth, open: open.has(place.id) },
    ...(open.has(place.id) ? (below.get(place.id) ?? []).flatMap((each) => rowsOf(each, depth + 1)) : []),
  ];
  return {
    rows: first && rowsOf(first, 0),
    root: first,
    asOf: root.data?.asOf,
    error: root.error ?? levels.find(({ error }) => error)?.error ?? null,
    retry: () => {
      void root.refetch();
      for (const level of levels) if (level.error) void level.refetch();
    },
    toggle: (id: string) => {
      const has = open.has(id);
      setOpened((before) => withOr(before, id, !has));
      setClosed((before) => withOr(before, id, has));
    },
    openAll: (many: readonly string[]) => {
      setOpened((before) => new Set([...before, ...many]));
      setClosed((before) => new Set([...before].filter((id) => !many.includes(id))));
    },
  };
}

function withOr(set: ReadonlySet<string>, id: string, holds: boolean): ReadonlySet<string> {
  const next = new Set(set);
  if (holds) next.add(id);
  else next.delete(id);
  return next;
}
