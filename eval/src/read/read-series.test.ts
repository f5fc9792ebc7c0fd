import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { localTimeReader } from './local-time.ts'
import { readSeries } from './read-series.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'kickstand-eval-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function file(name: string, text: string): Promise<string> {
  const at = path.join(folder, name)
  await writeFile(at, name.endsWith('.gz') ? gzipSync(text) : text)
  return at
}

const utc = (text: string): number => Date.parse(`${text}Z`) / 60_000

it('reads a row per lot and time, and drops and counts duplicates and invalid values', async () => {
  const rows = [
    'SystemCodeNumber,Capacity,Occupancy,LastUpdated',
    'A,100,10,2016-10-04 08:00:00',
    'A,100,10,2016-10-04 08:00:00',
    'A,100,-8,2016-10-04 08:30:00',
    'A,100,400,2016-10-04 09:00:00',
    'A,100,102,2016-10-04 09:30:00',
    'B,50,5,2016-11-04 08:00:00',
  ]
  const series = await file('long.csv.gz', rows.join('\n'))
  const { lots, dropped } = await readSeries({ series, minDays: 1 })
  expect(dropped).toEqual({ duplicates: 1, impossible: 2, aboveCapacity: 1, frozen: 0, lots: 0 })
  expect(lots.map(({ id, capacity }) => [id, capacity])).toEqual([
    ['A', 100],
    ['B', 50],
  ])
  // Summer time in London on the one day, none on the other.
  expect([...lots[0].minutes]).toEqual([utc('2016-10-04T07:00'), utc('2016-10-04T08:30')])
  expect([...lots[0].occupied]).toEqual([10, 100])
  expect(lots[1].minutes[0]).toBe(utc('2016-11-04T08:00'))
})

it('reads free places in columns, with capacities from a file or the maximum ever free', async () => {
  const series = await file('wide.csv', 'time,A,B\n2024-01-01T00:00,10,\n2024-01-01T00:10,,7\n2024-01-01T00:20,4,5\n')
  const lots = await file('lots.csv', 'id,name,capacity_published,max_free_observed\nA,x,12,\n')
  const read = await readSeries({ series, lots, minDays: 1 })
  expect(read.lots.map(({ id, capacity, occupied }) => [id, capacity, [...occupied]])).toEqual([
    ['A', 12, [2, 8]],
    ['B', 7, [0, 2]],
  ])
})

it('reads an empty cell as unchanged where the file has only changes', async () => {
  const series = await file('changes.csv', 'time,A\n2024-01-01T00:00,10\n2024-01-01T00:10,\n2024-01-01T00:20,4\n')
  const { lots } = await readSeries({ series, format: 'wide-changes', minDays: 1 })
  expect([...lots[0].occupied]).toEqual([0, 0, 6])
})

it('drops readings of a frozen feed, but not of a bay that is always empty', async () => {
  const rows = ['time,frozen,empty']
  for (let hour = 0; hour < 40 * 24; hour += 1) {
    const time = new Date(Date.UTC(2024, 0, 1, hour)).toISOString().slice(0, 16)
    const isFrozen = hour >= 240 && hour < 480
    rows.push(`${time},${isFrozen ? 33 : (hour * 7) % 50},${hour === 500 ? 9 : 10}`)
  }
  const { lots, dropped } = await readSeries({ series: await file('frozen.csv', rows.join('\n')), minDays: 5 })
  expect(dropped.frozen).toBe(240)
  expect(lots.map(({ id, minutes }) => [id, minutes.length])).toEqual([
    ['frozen', 720],
    ['empty', 960],
  ])
})

it('reports what to do where no lot has enough days', async () => {
  const series = await file('short.csv', 'time,A\n2024-01-01T00:00,10\n')
  await expect(readSeries({ series, minDays: 30 })).rejects.toThrow(/No lot of .* has readings on 30 days/)
})

it('names a missing file', async () => {
  const series = path.join(folder, 'missing.csv.gz')
  await expect(readSeries({ series, minDays: 1 })).rejects.toThrow(/missing\.csv\.gz cannot be read/)
})

it('resolves the hour that occurs twice by the order of the lines', () => {
  const read = localTimeReader('Europe/Madrid')
  const times = ['01:50', '02:10', '02:50', '02:05', '02:55', '03:05'].map((time) => read(`2022-10-30T${time}`))
  expect(times).toEqual(
    ['2022-10-29T23:50', '2022-10-30T00:10', '2022-10-30T00:50', '2022-10-30T01:05', '2022-10-30T01:55']
      .map(utc)
      .concat(utc('2022-10-30T02:05')),
  )
})

it('parses the hour that is skipped when clocks are set forward', () => {
  const read = localTimeReader('Europe/Madrid')
  expect(read('2022-03-27T02:30')).toBe(utc('2022-03-27T01:30'))
  expect(read('no time')).toBeNaN()
})

it('uses the offset of a time, for any time zone of the file', () => {
  const read = localTimeReader('Europe/Madrid')
  for (const text of ['2024-07-01T10:00Z', '2024-07-01 12:00:00+02:00', '2024-07-01T06:30:00.5-0330']) {
    expect(read(text), text).toBe(utc('2024-07-01T10:00'))
  }
  expect(read('2024-07-01T12:00')).toBe(utc('2024-07-01T10:00'))
})

it('reads files from spreadsheets: quotes, CRLF, a byte order mark, gzip under any name', async () => {
  const text = '\u{FEFF}time,"Lot, the ""old""",B 2\r\n2024-01-01T00:00,10,3\r\n2024-01-01T00:10,4,2\r\n\r\n'
  const at = path.join(folder, 'quoted.csv')
  await writeFile(at, gzipSync(text))
  const lots = await file('quoted-lots.csv', 'capacity,id\r\n20,"Lot, the ""old"""\r\n,B 2\r\n')
  const read = await readSeries({ series: at, lots, minDays: 1 })
  expect(read.lots.map(({ id, capacity, occupied }) => [id, capacity, [...occupied]])).toEqual([
    ['Lot, the "old"', 20, [10, 16]],
    ['B 2', 3, [0, 1]],
  ])
})

it('uses the maximum occupancy for a missing capacity, never a sentinel', async () => {
  const wide = await file('sentinel.csv', 'time,A\n2024-01-01T00:00,10\n2024-01-01T00:10,9999\n2024-01-01T00:20,4\n')
  const read = await readSeries({ series: wide, minDays: 1 })
  expect(read.lots[0].capacity).toBe(10)
  expect(read.dropped.impossible).toBe(1)
  const rows = 'SystemCodeNumber,Capacity,Occupancy,LastUpdated\nA,,7,2016-10-04 08:00:00\nA,,3,2016-10-04 08:30:00\n'
  expect((await readSeries({ series: await file('no-capacity.csv', rows), minDays: 1 })).lots[0].capacity).toBe(7)
})

it.each([
  ['semicolons', 'time;A\n2024-01-01T00:00;10\n', {}, /begins with "time;A".*separated by commas/],
  ['dates of another kind', 'time,A\n31/12/2024 08:00,10\n', {}, /the first is "31\/12\/2024 08:00".*2024-05-31T08:15/],
  ['a header alone', 'time,A\n', {}, /has no readings/],
  ['the same lot twice', 'time,A,A\n2024-01-01T00:00,1,2\n', {}, /two columns "A"/],
  ['a wide file as a long one', 'time,A\n2024-01-01T00:00,1\n', { format: 'birmingham' }, /no column SystemCodeNumber/],
  ['no such zone', 'time,A\n2024-01-01T00:00,1\n', { timeZone: 'Mars/Base' }, /no time zone Mars\/Base/],
  ['no lot so large', 'time,A\n2024-01-01T00:00,1\n', { minCapacity: 50 }, /range asked for; they have 1 to 1 spaces/],
] as const)('reports what is wrong with %s', async (name, text, options, message) => {
  const series = await file(`${name}.csv`, text)
  await expect(readSeries({ series, minDays: 1, ...options })).rejects.toThrow(message)
})

it('reports what is wrong with a lots file', async () => {
  const series = await file('for-lots.csv', 'time,A\n2024-01-01T00:00,1\n')
  const nameless = await file('nameless.csv', 'name,places\nA,50\n')
  await expect(readSeries({ series, lots: nameless, minDays: 1 })).rejects.toThrow(
    /Expected a header with the column id/,
  )
  const others = await file('others.csv', 'id,capacity\nQ,50\n')
  await expect(readSeries({ series, lots: others, minDays: 1 })).rejects.toThrow(/has none of the lots of .*\(A …\)/)
})
