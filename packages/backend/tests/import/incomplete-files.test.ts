import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { DomainError } from '@kickstand/domain'
import { arcGis, opendatasoft } from '@kickstand/testkit/made-feeds'
import { CLI_MAIN, runCommand, type Ran } from '@kickstand/testkit/run-command'
import { readContent } from '@kickstand/testkit/read-files'
import { writePbf } from '@kickstand/testkit/write-pbf'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const PLACES = Array.from({ length: 8 }, (_, i) => ({ id: i + 1, lat: 43 + i / 1000, lon: 7 + i / 1000 }))
const TAGS = { amenity: 'motorcycle_parking', name: 'Quai' }
const feature = ({ id, lat, lon }: (typeof PLACES)[number]): object => {
  return { type: 'Feature', id, properties: { name: 'Quai' }, geometry: { type: 'Point', coordinates: [lon, lat] } }
}
const mark = ({ lat, lon }: (typeof PLACES)[number]): string =>
  `<Placemark><name>Quai</name><Point><coordinates>${lon},${lat}</coordinates></Point></Placemark>`

/** A complete file of each format. `isLined`: a truncated file can be a valid shorter file, so truncation cannot be detected. */
const FORMATS: readonly [name: string, content: Buffer, isLined: boolean][] = [
  ['a.geojson', Buffer.from(JSON.stringify({ type: 'FeatureCollection', features: PLACES.map(feature) })), false],
  [
    'overpass.json',
    Buffer.from(
      JSON.stringify({
        version: 0.6,
        osm3s: { timestamp_osm_base: '2026-01-01T00:00:00Z' },
        elements: PLACES.map((place) => ({ type: 'node', ...place, tags: TAGS })),
      }),
    ),
    false,
  ],
  ['rows.json', Buffer.from(JSON.stringify(PLACES)), false],
  ['arcgis.json', Buffer.from(arcGis()), false],
  ['opendatasoft.json', Buffer.from(opendatasoft()), false],
  ['a.ndjson', Buffer.from(PLACES.map((place) => JSON.stringify(feature(place))).join('\n')), true],
  ['a.csv', Buffer.from(`id,lat,lon\n${PLACES.map(({ id, lat, lon }) => `${id},${lat},${lon}`).join('\n')}\n`), true],
  ['a.kml', Buffer.from(`<?xml version="1.0"?><kml><Document>${PLACES.map(mark).join('')}</Document></kml>`), false],
  ['a.pbf', writePbf(PLACES.map((place) => ({ nodes: [{ ...place, tags: TAGS }] }))), false],
]

/** Files with which the command itself is run. All formats report truncation in the same way. */
const CUT_FOR_COMMAND = new Set(['a.csv', 'a.pbf'])

/** The result of reading a file: an error code, complete, incomplete or empty. */
async function outcomeOf(name: string, content: Buffer): Promise<string> {
  try {
    const { zones, end } = await readContent(name, content)
    return end?.complete === true ? (zones.length === 0 ? 'empty' : 'complete') : 'incomplete'
  } catch (error) {
    if (error instanceof DomainError) return error.code
    throw error
  }
}

describe('a file that is truncated anywhere', () => {
  it.each(FORMATS)('%s is not read as complete', async (name, whole, isLined) => {
    for (let to = 0; to < whole.length; to += to < 80 || to > whole.length - 40 ? 1 : 17) {
      const outcome = await outcomeOf(name, whole.subarray(0, to))
      if (isLined && outcome === 'complete') {
        // The last line is complete: the format does not tell how many lines should follow.
        const last = whole.subarray(0, to).toString().split('\n').at(-1) ?? ''
        expect(last === '' || last.endsWith('}') || last.split(',').length === 3, `cut at ${to}`).toBe(true)
      } else expect(outcome, `cut at ${to}`).not.toBe('complete')
    }
    expect(await outcomeOf(name, whole)).toBe('complete')
  })

  it.each(FORMATS)('%s, compressed, is not read as complete', async (name, whole) => {
    const packed = gzipSync(whole)
    for (let to = 12; to < packed.length; to += 29) {
      expect(await outcomeOf(`${name}.gz`, packed.subarray(0, to)), `cut at ${to}`).not.toBe('complete')
    }
  })
})

describe('kickstand import', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'ks-incomplete-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  /** Runs the command with a new database. */
  async function run(name: string, content: string | Buffer): Promise<Ran> {
    const own = await mkdtemp(path.join(folder, 'run-'))
    await writeFile(path.join(own, name), content)
    return runCommand(['import', name], { databaseUrl: `sqlite:${own}/kickstand.db`, cwd: own })
  }

  const timedOut = { osm3s: {}, remark: 'runtime error: Query timed out in "query" at line 3', elements: [] }
  const busy =
    '<?xml version="1.0"?><html><head><title>OSM3S Response</title></head><body><p><strong>Error</strong>: runtime error: the server is too busy </p></body></html>'
  const cut = FORMATS.filter(([name]) => CUT_FOR_COMMAND.has(name)).map(
    ([name, content, isLined]): [string, string | Buffer, RegExp] => {
      return [name, content.subarray(0, content.length - (isLined ? 9 : 30)), /break|truncated|incomplete/]
    },
  )
  it.each<[string, string | Buffer, RegExp]>([
    ...cut,
    ['overpass.json', JSON.stringify(timedOut), /Overpass gave up on the query: "runtime error: Query timed out/],
    ['busy.json', busy, /error of Overpass, not data: "runtime error: the server is too busy"/],
    ['none.json', '[]', /no motorcycle parking in this file/],
    ['none.csv', '', /is empty/],
  ])('reports that %s is incomplete or empty, and exits 3', async (name, content, message) => {
    const { code, stdout, stderr } = await run(name, content)
    expect(`${stdout}${stderr}`).toMatch(message)
    expect(`${stdout}${stderr}`).not.toMatch(/ at .*:\d+:\d+/)
    expect(code).toBe(3)
  })

  it('exits 0 without an error where its output pipe is closed early', async () => {
    await writeFile(path.join(folder, 'motos.csv'), 'id,lat,lng\na,43.5,7.25\n')
    const env = { PATH: process.env['PATH'], KICKSTAND_DATABASE_URL: `sqlite:${folder}/pipe.db` }
    const child = spawn(process.execPath, [CLI_MAIN, 'import', 'motos.csv', '--json'], { cwd: folder, env })
    child.stdout.destroy()
    const stderr: string[] = []
    child.stderr.setEncoding('utf8').on('data', (text: string) => stderr.push(text))
    const code = await new Promise((resolve) => child.on('close', resolve))
    expect({ code, stderr: stderr.join('') }).toEqual({ code: 0, stderr: '' })
  })
})

describe('a gzip bomb', () => {
  it('is rejected early', async () => {
    const spaces = gzipSync(Buffer.alloc(32 << 20, ' '))
    const bomb = Buffer.concat([
      gzipSync('[{"id": 1, "lat": 43, "lng": 7},'),
      ...Array.from({ length: 150 }, () => spaces),
    ])
    const began = performance.now()
    const read = readContent('bomb.json.gz', bomb)
    await expect(read).rejects.toMatchObject({ code: 'unreadable-file' })
    await expect(read).rejects.toThrow(/unpacks to over 200 times its size/)
    // All of it would be 4.8 GB.
    expect(performance.now() - began).toBeLessThan(5000)
  })

  it('in a block of an OSM extract is damage', async () => {
    const nodes = [{ id: 1, lat: 43, lon: 7, tags: { amenity: 'motorcycle_parking', note: 'x'.repeat(40 << 20) } }]
    const { end } = await readContent('a.pbf', writePbf([{ nodes }]))
    expect(end).toMatchObject({ complete: false, note: expect.stringMatching(/damaged/) })
  })
})
