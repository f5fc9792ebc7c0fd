/**
 * Ways in which a file of any format goes wrong. Rows are found by the format's own marks: JSON by its lists, XML and
 * KML by their records, CSV by its lines. What a format cannot suffer (the rows of a PBF are packed) is null.
 */
export type Spoil = (content: Buffer, name: string) => Buffer | null

const RECORDS = /<((?:\w+:)?(?:Placemark|parkingRecord|parkingFacility|item))\b[^>]*>[\s\S]*?<\/\1>/g

function withText(change: (text: string) => string): Spoil {
  return (content, name) => (name.endsWith('.pbf') ? null : Buffer.from(change(content.toString('utf8'))))
}

/** Changes the list of rows, wherever it is. */
function withRows(change: (rows: unknown[]) => unknown[]): Spoil {
  return (content, name) => {
    const text = content.toString('utf8')
    if (name.endsWith('.pbf')) return null
    if (name.endsWith('.xml') || name.endsWith('.kml')) {
      const records = text.match(RECORDS) ?? []
      const [first = ''] = records
      const from = text.indexOf(first)
      const to = text.lastIndexOf(records.at(-1) ?? '') + (records.at(-1) ?? '').length
      return Buffer.from(`${text.slice(0, from)}${change(records).join('')}${text.slice(to)}`)
    }
    if (name.endsWith('.csv')) {
      const [header = '', ...lines] = text.trimEnd().split('\n')
      return Buffer.from([header, ...change(lines)].join('\n'))
    }
    return Buffer.from(JSON.stringify(inLists(JSON.parse(text), change)))
  }
}

const LISTS = ['features', 'elements', 'data', 'results', 'records', 'value', 'items', 'lots', 'park']

function inLists(value: unknown, change: (rows: unknown[]) => unknown[]): unknown {
  if (Array.isArray(value)) return change(value)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, LISTS.includes(key) ? inLists(inner, change) : inner]),
  )
}

/** Every fifth row, or the only one. */
const FIFTH = 5

function everyFifth(change: (row: unknown) => unknown): Spoil {
  return withRows((rows) => rows.map((row, i) => (i % FIFTH === 2 ? change(row) : row)))
}

const LATITUDES = /^(?:lat|latitude|tw97y|coord_y|y)$/i
const LONGITUDES = /^(?:lng|lon|long|longitude|tw97x|coord_x|x)$/i

function swapped(row: unknown): unknown {
  if (typeof row === 'string') {
    return row
      .replaceAll(/latitud/gi, '@@')
      .replaceAll(/longitud/gi, 'latitud')
      .replaceAll('@@', 'longitud')
      .replaceAll(/(POINT \()([-\d.]+) ([-\d.]+)/g, '$1$3 $2')
      .replaceAll(/(<coordinates>\s*)([-\d.]+),([-\d.]+)/g, '$1$3,$2')
  }
  if (Array.isArray(row)) return row.map((cell) => (isLocation(cell) ? [cell[0], cell[2], cell[1]] : swapped(cell)))
  if (typeof row !== 'object' || row === null) return row
  const entries = Object.entries(row)
  const [y] = entries.filter(([key]) => LATITUDES.test(key))
  const [x] = entries.filter(([key]) => LONGITUDES.test(key))
  return Object.fromEntries(
    entries.map(([key, value]) => {
      if (x !== undefined && y !== undefined && key === y[0]) return [key, x[1]]
      if (x !== undefined && y !== undefined && key === x[0]) return [key, y[1]]
      if (key === 'Location' && typeof value === 'string') return [key, value.split(' ').toReversed().join(' ')]
      if (key === 'coordinates') return [key, pairsSwapped(value)]
      return [key, typeof value === 'object' ? swapped(value) : value]
    }),
  )
}

/** Socrata's cell of a place: address, latitude, longitude, … */
function isLocation(cell: unknown): cell is unknown[] {
  return Array.isArray(cell) && cell.length === 5 && typeof cell[1] === 'string'
}

function pairsSwapped(value: unknown): unknown {
  if (!Array.isArray(value)) return value
  return typeof value[0] === 'number' ? [value[1], value[0]] : value.map(pairsSwapped)
}

const SPACES =
  /^(?:capacity.*|total.*|z_of_unmet|spaces|places|nb_places|totalmotor|space|Número de Plazas|SPACES|Anzahl.*)$/i
const IMPOSSIBLE = [-9, 99_999, 1.5, 'many', '', 1e308]

function impossible(row: unknown, i: number): unknown {
  if (typeof row === 'string') {
    const figure = String(IMPOSSIBLE[i % IMPOSSIBLE.length])
    return row
      .replaceAll(/(<(?:\w+:)?(?:parkingNumberOfSpaces|totalParkingCapacity)>)\d+/g, `$1${figure}`)
      .replaceAll(/(Número de Plazas<\/td>\s*<td>)\d+/g, `$1${figure}`)
  }
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return row
  return Object.fromEntries(
    Object.entries(row).map(([key, value]) => {
      if (SPACES.test(key) && typeof value !== 'object') return [key, IMPOSSIBLE[i % IMPOSSIBLE.length]]
      return [key, typeof value === 'object' ? impossible(value, i) : value]
    }),
  )
}

const IDS = /^(?:id|uid|objectid|OBJECTID|fid|park_Id|CarParkID|PlaId|id_stationnement|post_id|@id)$/

function sameId(row: unknown): unknown {
  if (typeof row === 'string') return row.replace(/\bid="[^"]*"/, 'id="1"').replace(/(PlaId<\/td>\s*<td>)\d+/, '$11')
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return row
  return Object.fromEntries(
    Object.entries(row).map(([key, value]) => [
      key,
      IDS.test(key) ? 1 : ['properties', 'attributes'].includes(key) ? sameId(value) : value,
    ]),
  )
}

export const SPOILS: Readonly<Record<string, Spoil>> = {
  'cut in the middle': (content) => content.subarray(0, Math.floor(content.length / 2)),
  'cut near its end': (content) => content.subarray(0, Math.floor(content.length * 0.97)),
  'in Latin-1 where it says UTF-8': withText((text) => Buffer.from(text, 'utf8').toString('latin1')),
  'with bytes that are no letters': (content, name) => {
    if (name.endsWith('.pbf')) return null
    const broken = Buffer.from(content)
    for (let at = 500; at < broken.length; at += 997) broken[at] = 0xff
    return broken
  },
  'with its rows in another order': withRows((rows) => rows.toReversed()),
  'with every row twice': withRows((rows) => [...rows, ...rows]),
  'with latitude and longitude swapped': everyFifth(swapped),
  'with impossible capacities': withRows((rows) => rows.map(impossible)),
  'with one id for all': withRows((rows) => rows.map(sameId)),
  'with a row that is nothing': withRows((rows) => [
    ...rows.slice(0, 1),
    typeof rows[0] === 'string' ? '' : null,
    ...rows.slice(1),
  ]),
  empty: () => Buffer.alloc(0),
  'of one byte': () => Buffer.from('{'),
  'a web page': () => Buffer.from('<!DOCTYPE html><html><body><h1>503 Service Unavailable</h1></body></html>'),
  'an error with status 200': () => Buffer.from('{"error":{"code":"quota","message":"API key over its quota"}}'),
  'an empty list': (_content, name) =>
    Buffer.from(name.endsWith('.xml') ? '<d2LogicalModel xmlns="http://datex2.eu/schema/2/2_0"/>' : '[]'),
  'thousands of brackets': () => Buffer.from('['.repeat(200_000)),
}
