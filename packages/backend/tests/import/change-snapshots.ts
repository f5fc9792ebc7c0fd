import { type Random, round, type Row, type Table } from './make-snapshots.ts'

/** A difference between one file of a source and the next. */
export type Change = (table: Table, random: Random) => Table

const COLUMNS = ['id', 'lat', 'lng', 'street', 'spaces', 'keeper', 'ground']

function eachRow(change: (row: Row, i: number, random: Random) => Row): Change {
  return (table, random) => ({ ...table, rows: table.rows.map((row, i) => change(row, i, random)) })
}

function oneOf(list: readonly string[], random: Random): string {
  return list[Math.floor(random() * list.length)] ?? ''
}

/** Renames the columns of a row; null drops a column. */
function withColumns(row: Row, rename: (column: string) => string | null): Row {
  return Object.fromEntries(
    Object.entries(row).flatMap(([column, cell]) => {
      const name = rename(column)
      return name === null ? [] : [[name, cell] as const]
    }),
  )
}

function renamedColumn(to: (column: string) => string | null): Change {
  return (table, random) => {
    const column = oneOf(COLUMNS, random)
    return { ...table, rows: table.rows.map((row) => withColumns(row, (one) => (one === column ? to(one) : one))) }
  }
}

function oneRow(change: (row: Row, random: Random) => Row): Change {
  return (table, random) => {
    const at = Math.floor(random() * table.rows.length)
    return { ...table, rows: table.rows.map((row, i) => (i === at ? change(row, random) : row)) }
  }
}

function northOf(row: Row, degrees: number): Row {
  return { ...row, lat: round(Number(row['lat']) + degrees) }
}

/** Faulty and legitimate changes of files. */
export const CHANGES: Readonly<Record<string, Change>> = {
  nothing: (table) => table,
  'ids renumbered': eachRow((row, i) => ({ ...row, id: `${9000 + i}` })),
  'ids in another order': (table) => ({
    ...table,
    rows: table.rows.map((row, i) => ({ ...row, id: table.rows.at(-1 - i)?.['id'] ?? '' })),
  }),
  'ids shifted by a row': (table) => ({
    ...table,
    rows: table.rows.map((row, i) => ({ ...row, id: table.rows[(i + 1) % table.rows.length]?.['id'] ?? '' })),
  }),
  'a column renamed': renamedColumn((column) => `${column}_new`),
  'a column dropped': renamedColumn(() => null),
  'two columns swapped': (table, random) => {
    const [a, b] = [oneOf(COLUMNS, random), oneOf(COLUMNS, random)]
    const rename = (column: string): string => (column === a ? b : column === b ? a : column)
    return { ...table, rows: table.rows.map((row) => withColumns(row, rename)) }
  },
  'coordinates swapped': eachRow((row) => ({ ...row, lat: row['lng'] ?? '', lng: row['lat'] ?? '' })),
  'coordinates of some swapped': eachRow((row, _i, random) => {
    return random() < 0.4 ? { ...row, lat: row['lng'] ?? '', lng: row['lat'] ?? '' } : row
  }),
  'another grid': eachRow((row) => ({ ...row, lat: Number(row['lat']) * 111_000, lng: Number(row['lng']) * 70_000 })),
  'a grid with another origin': eachRow((row) => ({ ...northOf(row, 1.7), lng: Number(row['lng']) + 0.4 })),
  'an older date': (table) => ({ ...table, date: '2021-01-01T00:00:00Z' }),
  'a newer date': (table) => ({ ...table, date: '2026-04-01T00:00:00Z' }),
  'a third unreadable': eachRow((row, i) => (i % 3 === 1 ? { ...row, lat: 'NaN' } : row)),
  'a row taken away': (table, random) => {
    const at = Math.floor(random() * table.rows.length)
    return { ...table, rows: table.rows.filter((_, i) => i !== at) }
  },
  'a row added': (table) => {
    const [first = {}] = table.rows
    return { ...table, rows: [...table.rows, northOf({ ...first, id: '777', street: 'New Street' }, -0.02)] }
  },
  'a row moved by 800 m': oneRow((row) => northOf(row, 0.0072)),
  'a row moved by 500 km': oneRow((row) => northOf(row, 4.5)),
  'a row renamed': oneRow((row) => ({ ...row, street: 'Renamed Street' })),
  'other capacities': eachRow((row, i) => ({ ...row, spaces: i + 20 })),
}
