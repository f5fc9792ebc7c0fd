import { execFile } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { createGzip } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const HERE = import.meta.dirname
const PROFILES = path.resolve(HERE, '../../../../feeds')
const FEATURES = 60_000
const PADDING = 'n'.repeat(2000)

/** About 130 MB. A reader that holds the file or its rows exceeds the limits below; Node alone takes 80 MB. */
const MAX_HEAP_MB = 40
const MAX_RSS_MB = 180

function feature(i: number): string {
  const at = { type: 'Point', coordinates: [7 + i / 1e6, 43 + i / 1e6] }
  return JSON.stringify({ type: 'Feature', id: i, properties: { capacity: 4, note: PADDING }, geometry: at })
}

function* collection(): Generator<string> {
  yield '{"type":"FeatureCollection","features":['
  for (let i = 1; i <= FEATURES; i++) yield `${i > 1 ? ',\n' : ''}${feature(i)}`
  yield ']}'
}

function* lines(): Generator<string> {
  for (let i = 1; i <= FEATURES; i++) yield `${feature(i)}\n`
}

function* table(): Generator<string> {
  yield 'id,lat,lng,capacity,note\n'
  for (let i = 1; i <= FEATURES; i++) yield `${i},${43 + i / 1e6},7.1,4,"${PADDING}"\n`
}

function* kml(): Generator<string> {
  yield '<kml><Document>'
  for (let i = 1; i <= FEATURES; i++) {
    yield `<Placemark id="${i}"><description>${PADDING}</description><Point><coordinates>7,${43 + i / 1e6}</coordinates></Point></Placemark>\n`
  }
  yield '</Document></kml>'
}

function* datex2(): Generator<string> {
  yield '<d2LogicalModel xmlns="http://datex2.eu/schema/2/2_0">'
  for (let i = 1; i <= FEATURES; i++) {
    yield `<parkingRecord id="${i}"><parkingName>${PADDING}</parkingName><onlyAssignedParking><vehicleCharacteristics><vehicleType>motorcycle</vehicleType></vehicleCharacteristics></onlyAssignedParking><parkingNumberOfSpaces>4</parkingNumberOfSpaces><parkingLocation><latitude>${43 + i / 1e6}</latitude><longitude>7</longitude></parkingLocation></parkingRecord>\n`
  }
  yield '</d2LogicalModel>'
}

describe('a large file', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'ks-large-'))
  })
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true })
  })

  it.each([
    ['features.geojson', collection, false],
    ['features.ndjson.gz', lines, true],
    ['features.csv', table, false],
    ['features.kml', kml, false],
    ['records.xml', datex2, false],
  ] as const)('%s is read through a small memory', { timeout: 180_000 }, async (name, content, packed) => {
    const file = path.join(folder, name)
    const text = Readable.from(content())
    await (packed
      ? pipeline(text, createGzip({ level: 1 }), createWriteStream(file))
      : pipeline(text, createWriteStream(file)))
    if (!packed) expect((await stat(file)).size).toBeGreaterThan(120e6)
    const { stdout } = await promisify(execFile)(process.execPath, [
      `--max-old-space-size=${MAX_HEAP_MB}`,
      '--max-semi-space-size=4',
      path.join(HERE, 'count-zones.ts'),
      file,
      PROFILES,
    ])
    const found = JSON.parse(stdout) as { zones: number; peakMegabytes: number }
    expect(found.zones).toBe(FEATURES)
    expect(found.peakMegabytes).toBeLessThan(MAX_RSS_MB)
    await rm(file)
  })
})
