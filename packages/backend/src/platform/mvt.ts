import { PbfWriter } from 'pbf'

/**
 * Mapbox Vector Tile 2.1 encoder. Input is in tile space (whole numbers, y down, 0…4096 with any buffer beyond), as
 * returned by geojson-vt.
 */

export const TILE_EXTENT = 4096

export type TilePoint = readonly [x: number, y: number]
export type TileValue = string | number | boolean | null | undefined

/**
 * `type` as in the format and in geojson-vt: 1 points, 2 lines, 3 polygon rings (outer clockwise on screen, then
 * holes).
 */
export type TileFeature = {
  /** A whole number; the format has no other ids. */
  readonly id?: number
  /** `null` and `undefined` are omitted: the format has no null. */
  readonly properties: Readonly<Record<string, TileValue>>
} & (
  | { readonly type: 1; readonly geometry: readonly TilePoint[] }
  | { readonly type: 2 | 3; readonly geometry: readonly (readonly TilePoint[])[] }
)

export type TileLayer = { readonly name: string; readonly features: readonly TileFeature[] }

type Dictionary = {
  readonly keys: Map<string, number>
  /** Values of different types are different entries: 1, '1' and true. */
  readonly values: Map<string | number | boolean, number>
}

const MOVE_TO = 1
const LINE_TO = 2
const CLOSE_PATH = 7

/** The tile's bytes, uncompressed. Layers without features are omitted; an empty tile has no bytes. */
export function encodeTile(layers: readonly TileLayer[]): Uint8Array {
  const pbf = new PbfWriter()
  for (const layer of layers) if (layer.features.length > 0) pbf.writeMessage(3, writeLayer, layer)
  return pbf.finish()
}

function writeLayer(layer: TileLayer, pbf: PbfWriter): void {
  const dictionary: Dictionary = { keys: new Map(), values: new Map() }
  pbf.writeVarintField(15, 2)
  pbf.writeStringField(1, layer.name)
  for (const feature of layer.features) {
    const commands = geometryCommands(feature)
    if (commands.length > 0) pbf.writeMessage(2, writeFeature, { feature, commands, dictionary })
  }
  for (const key of dictionary.keys.keys()) pbf.writeStringField(3, key)
  for (const value of dictionary.values.keys()) pbf.writeMessage(4, writeValue, value)
  pbf.writeVarintField(5, TILE_EXTENT)
}

type FeatureToWrite = {
  readonly feature: TileFeature
  readonly commands: number[]
  readonly dictionary: Dictionary
}

function writeFeature({ feature, commands, dictionary }: FeatureToWrite, pbf: PbfWriter): void {
  if (feature.id !== undefined) pbf.writeVarintField(1, feature.id)
  const tags: number[] = []
  for (const [key, value] of Object.entries(feature.properties)) {
    if (value === null || value === undefined) continue
    tags.push(indexOf(dictionary.keys, key), indexOf(dictionary.values, value))
  }
  pbf.writePackedVarint(2, tags)
  pbf.writeVarintField(3, feature.type)
  pbf.writePackedVarint(4, commands)
}

function writeValue(value: string | number | boolean, pbf: PbfWriter): void {
  if (typeof value === 'string') pbf.writeStringField(1, value)
  else if (typeof value === 'boolean') pbf.writeBooleanField(7, value)
  else if (!Number.isSafeInteger(value)) pbf.writeDoubleField(3, value)
  else if (value < 0) pbf.writeSVarintField(6, value)
  else pbf.writeVarintField(5, value)
}

function indexOf<K>(map: Map<K, number>, key: K): number {
  const known = map.get(key)
  if (known !== undefined) return known
  map.set(key, map.size)
  return map.size - 1
}

function geometryCommands(feature: TileFeature): number[] {
  const out: number[] = []
  const cursor = { x: 0, y: 0 }
  if (feature.type === 1) {
    if (feature.geometry.length > 0) out.push((feature.geometry.length << 3) | MOVE_TO)
    for (const point of feature.geometry) moveBy(out, cursor, point)
    return out
  }
  for (const part of feature.geometry) {
    if (feature.type === 2) writePath(out, cursor, part, part.length, false)
    // The format closes rings by a command, so the repeated last point of GeoJSON is dropped.
    else writePath(out, cursor, part, isClosed(part) ? part.length - 1 : part.length, true)
  }
  return out
}

function writePath(
  out: number[],
  cursor: { x: number; y: number },
  part: readonly TilePoint[],
  length: number,
  close: boolean,
): void {
  if (length < (close ? 3 : 2)) return
  for (let i = 0; i < length; i++) {
    const point = part[i]
    if (point === undefined) break
    if (i === 0) out.push((1 << 3) | MOVE_TO)
    if (i === 1) out.push(((length - 1) << 3) | LINE_TO)
    moveBy(out, cursor, point)
  }
  if (close) out.push((1 << 3) | CLOSE_PATH)
}

function moveBy(out: number[], cursor: { x: number; y: number }, [x, y]: TilePoint): void {
  out.push(zigzag(x - cursor.x), zigzag(y - cursor.y))
  cursor.x = x
  cursor.y = y
}

function zigzag(n: number): number {
  return (n << 1) ^ (n >> 31)
}

function isClosed(ring: readonly TilePoint[]): boolean {
  const first = ring[0]
  const last = ring[ring.length - 1]
  return first !== undefined && last !== undefined && first[0] === last[0] && first[1] === last[1]
}
