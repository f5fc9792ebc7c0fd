const CELL = /(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|$)/y

/** The cells of a CSV text by row. Throws for a row that is not CSV. */
export function csvRows(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  CELL.lastIndex = 0
  while (CELL.lastIndex < text.length) {
    const cell = CELL.exec(text)
    if (cell === null) throw new Error(`row ${rows.length + 1} is not CSV`)
    row.push(cell[1]?.replaceAll('""', '"') ?? cell[2] ?? '')
    if (cell[3] === ',') continue
    rows.push(row)
    row = []
  }
  return rows
}
