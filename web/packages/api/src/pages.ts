import { type QueryKey, useInfiniteQuery } from "@tanstack/react-query";

/** One page of a list, as every list of the API answers it. */
export interface PageOf<Row> {
  items: Row[];
  next?: string | null;
}

/** A list as it is read page after page. */
export interface PagesQuery<Row> {
  queryKey: QueryKey;
  fetchPage: (cursor: string | undefined, signal: AbortSignal) => Promise<PageOf<Row>>;
  enabled?: boolean;
}

/** What a table needs to know of a list. */
export interface Pages<Row> {
  rows: Row[];
  isLoading: boolean;
  isLoadingMore: boolean;
  hasMore: boolean;
  loadMore: () => void;
  error: Error | null;
  reload: () => void;
}

/** Read a list page by page; rows stay on the screen while another order or filter is read. */
export function usePages<Row>({ queryKey, fetchPage, enabled = true }: PagesQuery<Row>): Pages<Row> {
  const found = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => fetchPage(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last: PageOf<Row>) => last.next ?? undefined,
    placeholderData: (previous) => previous,
    enabled,
  });
  return {
    rows: found.data?.pages.flatMap((page) => page.items) ?? [],
    isLoading: found.isPending && enabled,
    isLoadingMore: found.isFetchingNextPage,
    hasMore: found.hasNextPage,
    loadMore: () => {
      if (!found.isFetchingNextPage) void found.fetchNextPage();
    },
    error: found.error,
    reload: () => void found.refetch(),
  };
}
