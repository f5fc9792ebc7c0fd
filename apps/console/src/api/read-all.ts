type Page<Row> = { readonly rows: readonly Row[]; readonly nextCursor: string | null }

/** All rows of a list, read page by page through its cursor. */
export async function readAll<Row>(readPage: (cursor: string | undefined) => Promise<Page<Row>>): Promise<Row[]> {
  const all: Row[] = []
  let cursor: string | undefined
  do {
    const { rows, nextCursor } = await readPage(cursor)
    all.push(...rows)
    cursor = nextCursor ?? undefined
  } while (cursor !== undefined)
  return all
}
