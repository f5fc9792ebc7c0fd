import { deflateSync, zstdCompressSync } from 'node:zlib'
import { PbfWriter } from 'pbf'

type Tags = Readonly<Record<string, string>>
export type PbfNode = {
  readonly id: number
  readonly lat: number
  readonly lon: number
  readonly tags?: Tags
  readonly timestamp?: number
  readonly version?: number
}
export type PbfWay = {
  readonly id: number
  readonly refs: readonly number[]
  readonly tags?: Tags
  readonly version?: number
}
export type PbfRelation = {
  readonly id: number
  readonly members: readonly { readonly ref: number; readonly role: string }[]
  readonly tags?: Tags
  readonly version?: number
}

/** What goes into one block of a file. `plain` writes nodes one by one instead of in columns. */
export type PbfGroup = {
  readonly nodes?: readonly PbfNode[]
  readonly ways?: readonly PbfWay[]
  readonly relations?: readonly PbfRelation[]
  readonly plain?: boolean
  readonly pack?: 'zlib' | 'zstd' | 'raw' | 'lzma'
}

/** `timestamp`: seconds of the state that the extract is of. */
export type PbfHeader = {
  readonly bounds?: readonly [number, number, number, number]
  readonly timestamp?: number | null
}

/** Writes a small OSM PBF file, independently of the reader under test. */
export function writePbf(groups: readonly PbfGroup[], { bounds, timestamp = null }: PbfHeader = {}): Buffer {
  const header = new PbfWriter()
  if (bounds !== undefined) {
    header.writeMessage(
      1,
      (box, pbf) => {
        for (const [i, side] of box.entries()) {
          pbf.writeTag(i + 1, 0)
          pbf.writeSVarint(Math.round(side * 1e9))
        }
      },
      bounds,
    )
  }
  header.writeTag(4, 2)
  header.writeString('OsmSchema-V0.6')
  if (timestamp !== null) {
    header.writeTag(32, 0)
    header.writeVarint(timestamp)
  }
  return Buffer.concat([
    blob('OSMHeader', header.finish(), 'zlib'),
    ...groups.map((group) => blob('OSMData', block(group), group.pack ?? 'zlib')),
  ])
}

function blob(type: string, data: Uint8Array, pack: 'zlib' | 'zstd' | 'raw' | 'lzma'): Buffer {
  const body = new PbfWriter()
  const content = pack === 'zlib' ? deflateSync(data) : pack === 'zstd' ? zstdCompressSync(data) : data
  body.writeTag({ raw: 1, zlib: 3, lzma: 4, zstd: 7 }[pack], 2)
  body.writeBytes(content)
  const bytes = body.finish()
  const head = new PbfWriter()
  head.writeTag(1, 2)
  head.writeString(type)
  head.writeTag(3, 0)
  head.writeVarint(bytes.length)
  const headBytes = head.finish()
  const length = Buffer.alloc(4)
  length.writeUInt32BE(headBytes.length)
  return Buffer.concat([length, headBytes, bytes])
}

function packed(pbf: PbfWriter, tag: number, values: readonly number[], signed: boolean): void {
  pbf.writeMessage(
    tag,
    (all, into) => {
      for (const value of all) {
        if (signed) into.writeSVarint(value)
        else into.writeVarint(value)
      }
    },
    values,
  )
}

function info(pbf: PbfWriter, version: number | undefined): void {
  if (version === undefined) return
  pbf.writeMessage(
    4,
    (one, into) => {
      into.writeTag(1, 0)
      into.writeVarint(one)
    },
    version,
  )
}

function steps(values: readonly number[]): number[] {
  return values.map((value, i) => value - (i === 0 ? 0 : values[i - 1]))
}

function block({ nodes = [], ways = [], relations = [], plain = false }: PbfGroup): Uint8Array {
  const strings = ['']
  const index = (text: string): number => {
    if (!strings.includes(text)) strings.push(text)
    return strings.indexOf(text)
  }
  const keys = (tags: Tags = {}): number[] => Object.keys(tags).map(index)
  const values = (tags: Tags = {}): number[] => Object.values(tags).map(index)
  const units = (degrees: number): number => Math.round(degrees * 1e7)

  const group = new PbfWriter()
  if (plain) {
    for (const node of nodes) {
      group.writeMessage(
        1,
        (one, pbf) => {
          pbf.writeTag(1, 0)
          pbf.writeSVarint(one.id)
          packed(pbf, 2, keys(one.tags), false)
          packed(pbf, 3, values(one.tags), false)
          info(pbf, one.version)
          pbf.writeTag(8, 0)
          pbf.writeSVarint(units(one.lat))
          pbf.writeTag(9, 0)
          pbf.writeSVarint(units(one.lon))
        },
        node,
      )
    }
  } else if (nodes.length > 0) {
    group.writeMessage(
      2,
      (all, pbf) => {
        packed(pbf, 1, steps(all.map((node) => node.id)), true)
        packed(pbf, 8, steps(all.map((node) => units(node.lat))), true)
        packed(pbf, 9, steps(all.map((node) => units(node.lon))), true)
        const tags = all.flatMap((node) => [...keys(node.tags).flatMap((key, i) => [key, values(node.tags)[i]]), 0])
        packed(pbf, 10, tags, false)
        if (all.every((node) => node.timestamp !== undefined)) {
          pbf.writeMessage(
            5,
            (times, into) => packed(into, 2, steps(times), true),
            all.map((node) => node.timestamp ?? 0),
          )
        }
        if (all.some((node) => node.version !== undefined)) {
          pbf.writeMessage(
            5,
            (versions, into) => packed(into, 1, versions, false),
            all.map((node) => node.version ?? 0),
          )
        }
      },
      nodes,
    )
  }
  for (const way of ways) {
    group.writeMessage(
      3,
      (one, pbf) => {
        pbf.writeTag(1, 0)
        pbf.writeVarint(one.id)
        packed(pbf, 2, keys(one.tags), false)
        packed(pbf, 3, values(one.tags), false)
        info(pbf, one.version)
        packed(pbf, 8, steps(one.refs), true)
      },
      way,
    )
  }
  for (const relation of relations) {
    group.writeMessage(
      4,
      (one, pbf) => {
        pbf.writeTag(1, 0)
        pbf.writeVarint(one.id)
        packed(pbf, 2, keys(one.tags), false)
        packed(pbf, 3, values(one.tags), false)
        info(pbf, one.version)
        packed(
          pbf,
          8,
          one.members.map((member) => index(member.role)),
          false,
        )
        packed(pbf, 9, steps(one.members.map((member) => member.ref)), true)
        packed(
          pbf,
          10,
          one.members.map(() => 1),
          false,
        )
      },
      relation,
    )
  }
  const whole = new PbfWriter()
  const groupBytes = group.finish()
  whole.writeMessage(
    1,
    (all, pbf) => {
      for (const text of all) {
        pbf.writeTag(1, 2)
        pbf.writeString(text)
      }
    },
    strings,
  )
  whole.writeTag(2, 2)
  whole.writeBytes(groupBytes)
  return whole.finish()
}
