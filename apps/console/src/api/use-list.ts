import { keepPreviousData, useInfiniteQuery, type QueryKey } from '@tanstack/react-query'

export type ListPage<Row> = { readonly rows: readonly Row[]; readonly nextCursor: string | null }

export type List<Row> = {
  /** The rows of all pages read so far; null until the first page has arrived. */
  readonly rows: readonly Row[] | null
  readonly error: Error | null
  readonly hasMore: boolean
  readonly isReading: boolean
  readonly readMore: () => void
  readonly readAgain: () => void
}

/** A list of the server that is read page by page. */
export function useList<Row>(
  queryKey: QueryKey,
  readPage: (cursor: string | undefined, signal: AbortSignal) => Promise<ListPage<Row>>,
): List<Row> {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => readPage(pageParam, signal),
    // Keeps the rows for the earlier filters until the new rows arrive.
    placeholderData: keepPreviousData,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  })
  return {
    rows: query.data?.pages.flatMap(({ rows }) => rows) ?? null,
    error: query.error,
    hasMore: query.hasNextPage,
    isReading: query.isFetching,
    readMore: () => void query.fetchNextPage(),
    readAgain: () => void query.refetch(),
  }
}
