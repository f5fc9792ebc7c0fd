import { createReadStream } from 'node:fs'
import { appendFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'

const MAX_ROWS_IN_MEMORY = 4000

/** Rows that can be read repeatedly: the first few thousand in memory, more of them in a temporary file. */
export type RowSpool<T> = {
  /** How many rows were added. */
  readonly size: () => number
  add(row: T): Promise<void>
  /** All rows in order; can be called repeatedly. */
  rows(): AsyncGenerator<T, void, undefined>
  close(): Promise<void>
}

/**
 * An empty spool. Beyond `heldRows` rows it writes to the system's temporary folder; call `close` to delete the
 * file.
 */
export function createRowSpool<T>(heldRows = MAX_ROWS_IN_MEMORY): RowSpool<T> {
  let held: T[] = []
  let size = 0
  let folder: string | null = null

  async function spill(): Promise<void> {
    folder ??= await mkdtemp(path.join(tmpdir(), 'kickstand-import-'))
    await appendFile(path.join(folder, 'rows'), held.map(lineOf).join(''))
    held = []
  }

  return {
    size: () => size,
    async add(row) {
      held.push(row)
      size += 1
      if (held.length >= heldRows) await spill()
    },
    async *rows() {
      if (folder !== null) {
        const input = createReadStream(path.join(folder, 'rows'))
        // Written only by this module.
        for await (const line of createInterface({ input, crlfDelay: Infinity })) yield JSON.parse(line) as T
      }
      yield* held
    },
    async close() {
      if (folder !== null) await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Escapes the two Unicode separators, which `readline` takes as line ends. */
function lineOf(row: unknown): string {
  return `${JSON.stringify(row)
    .replaceAll('\u2028', String.raw`\u2028`)
    .replaceAll('\u2029', String.raw`\u2029`)}\n`
}
