type Rows = ReadonlyMap<string, string>

/**
 * Where a Markdown table of routes differs from the true one, one sentence each. The first two columns, method and path, name a
 * row. The width of columns does not count.
 */
export function tableDifferences(documented: string, actual: string): string[] {
  const [before, now] = [rowsOf(documented), rowsOf(actual)]
  const missing = [...now].filter(([name]) => !before.has(name))
  const gone = [...before].filter(([name]) => !now.has(name))
  const changed = [...now].filter(([name, cells]) => before.has(name) && before.get(name) !== cells)
  return [
    ...missing.map(([name, cells]) => `${name}: not in the table; the service says ${cells}.`),
    ...gone.map(([name]) => `${name}: in the table, but the service does not have it.`),
    ...changed.map(([name, cells]) => `${name}: the table says ${before.get(name)}; the service says ${cells}.`),
  ]
}

function rowsOf(table: string): Rows {
  const rows = table
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^[|\s:-]+$/.test(line))
    // Without the header.
    .slice(1)
    .map((line) => line.split('|').slice(1, -1))
    .map((cells) => cells.map((cell) => cell.trim()))
  return new Map(rows.map(([method = '', path = '', ...rest]) => [`${method} ${path}`, rest.join(' ')]))
}
