import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';

/** What a `DataTable` needs of a list read page by page: how many in all, what failed, and the next page at its end. */
export function pagedBy(list: UseInfiniteQueryResult<InfiniteData<{ readonly total?: number }>>) {
  const total = list.data?.pages[0]?.total;
  return {
    error: list.error,
    onRetry: () => void list.refetch(),
    onEnd: () => {
      if (list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage();
    },
    ...(total !== undefined && { totalCount: total }),
  };
}
