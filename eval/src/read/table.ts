import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import { DomainError } from '@kickstand/domain'

/** Lines of a comma-separated file as cells, gzip unpacked by its name's end. These files quote nothing. */
export async function* readRows(file: string): AsyncGenerator<string[]> {
  const raw = createReadStream(file)
  const input = file.endsWith('.gz') ? raw.pipe(createGunzip()) : raw
  raw.on('error', (error) => input.destroy(error))
  try {
    for await (const line of createInterface({ input, crlfDelay: Infinity })) {
      if (line !== '') yield line.replace(/^\u{FEFF}/u, '').split(',')
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new DomainError('unreadable-file', `${file} cannot be read (${why}). Expected a CSV file, gzip or not.`)
  }
}

/** A cell as a number, NaN where it is empty or something else. */
export function numberIn(cell: string | undefined): number {
  return cell === undefined || cell.trim() === '' ? Number.NaN : Number(cell)
}
