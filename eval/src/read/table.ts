import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import { DomainError } from '@kickstand/domain'

/** Rows of a comma-separated file as cells. Gzip is detected by its first bytes; cells may be quoted. */
export async function* readRows(file: string): AsyncGenerator<string[]> {
  try {
    const isPacked = await isGzip(file)
    const raw = createReadStream(file)
    const input = isPacked ? raw.pipe(createGunzip()) : raw
    raw.on('error', (error) => input.destroy(error))
    for await (const line of createInterface({ input, crlfDelay: Infinity })) {
      if (line.trim() !== '') yield cellsOf(line.replace(/^\u{FEFF}/u, ''))
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new DomainError('unreadable-file', `${file} cannot be read (${why}). Expected a CSV file, gzip or not.`)
  }
}

async function isGzip(file: string): Promise<boolean> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0)
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b
  } finally {
    await handle.close()
  }
}

function cellsOf(line: string): string[] {
  if (!line.includes('"')) return line.split(',')
  const cells = line.match(/(?<=^|,)(?:"(?:[^"]|"")*"|[^,]*)/g) ?? []
  return cells.map((cell) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell))
}

/** A cell as a number, NaN where it is empty or something else. */
export function numberIn(cell: string | undefined): number {
  return cell === undefined || cell.trim() === '' ? Number.NaN : Number(cell)
}
