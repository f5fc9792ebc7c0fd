import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openFeedFile } from '@kickstand/ingest'
import { createByteSource, type ByteSource } from './byte-source.ts'
import { MAX_PICTURE_BYTES, TOO_LARGE, type PictureFile, type PictureFilter } from './picture-files.ts'
import { archiveName } from './picture-path.ts'
import { BLOCK, readPax, readTarHeader, type TarEntry } from './tar-header.ts'

/** Bytes of a long name or a pax header. */
const MAX_NAME_BYTES = 1 << 16
const BROKEN = 'the archive breaks off or is damaged here'

/**
 * The files in a tar archive, packed with gzip or not. Each wanted one is unpacked by itself to a temporary file with a fixed
 * name, so that no name in the archive reaches the file system, and no archive fills the disk.
 */
export async function* readTar(archive: string, isWanted: PictureFilter): AsyncGenerator<PictureFile> {
  const bytes = (await openFeedFile(archive)).bytes()
  const folder = await mkdtemp(join(tmpdir(), 'kickstand-pictures-'))
  try {
    const source = createByteSource(bytes)
    let given: { name?: string; size?: number } = {}
    for (;;) {
      const block = await source.take(BLOCK)
      const header = block.length < BLOCK ? null : readTarHeader(block)
      // An archive may also end without blocks of zeros.
      if (header === 'end' || block.length === 0) return
      if (header === null) {
        yield { name: archive, rejected: BROKEN }
        return
      }
      const entry = { ...header, ...given }
      if (entry.kind === 'long-name' || entry.kind === 'pax') {
        const read = await readExtension(source, header)
        if (read === null) {
          yield { name: archive, rejected: BROKEN }
          return
        }
        given = { ...given, ...read }
        continue
      }
      if (entry.kind !== 'ignored') given = {}
      const unpacked = await readEntry(source, entry, join(folder, 'picture'), isWanted)
      if (unpacked !== null) yield unpacked
      if (unpacked !== null && 'rejected' in unpacked && unpacked.rejected === BROKEN) return
    }
  } finally {
    await bytes.return(undefined)
    await rm(folder, { recursive: true, force: true })
  }
}

const padding = (size: number): number => (BLOCK - (size % BLOCK)) % BLOCK

/** What the entry says of the next one; null where it breaks off or is too long. */
async function readExtension(
  source: ByteSource,
  { kind, size }: TarEntry,
): Promise<{ name?: string; size?: number } | null> {
  if (size > MAX_NAME_BYTES) return null
  const content = await source.take(size + padding(size))
  if (content.length < size) return null
  const text = content.toString('utf8', 0, size)
  if (kind === 'long-name') return { name: text.replace(/\0.*$/s, '') }
  const pax = readPax(text)
  return { ...(pax.path === null ? {} : { name: pax.path }), ...(pax.size === null ? {} : { size: pax.size }) }
}

/** Null for folders. The content is passed over unless it is wanted. */
async function readEntry(
  source: ByteSource,
  { kind, name, size }: TarEntry,
  file: string,
  isWanted: PictureFilter,
): Promise<PictureFile | null> {
  const path = archiveName(name)
  const fault = faultOf(kind, path)
  const isTooLarge = size > MAX_PICTURE_BYTES
  const isUnpacked = fault === null && path !== null && kind === 'file' && !isTooLarge && isWanted(path)
  const read = isUnpacked ? await unpack(source, size, file) : await source.pass(size, () => undefined)
  const padded = await source.pass(padding(size), () => undefined)
  if (read < size || padded < padding(size)) return { name, rejected: BROKEN }
  if (fault !== null) return { name, rejected: fault }
  if (path === null || kind !== 'file') return null
  return isTooLarge && isWanted(path) ? { name, rejected: TOO_LARGE } : { path, file }
}

function faultOf(kind: TarEntry['kind'], path: readonly string[] | null): string | null {
  if (kind === 'link') return 'is a link'
  if (kind === 'other') return 'is not a regular file'
  return kind === 'file' && path === null ? 'has a name that leaves its folder' : null
}

async function unpack(source: ByteSource, size: number, file: string): Promise<number> {
  const handle = await open(file, 'w', 0o600)
  try {
    return await source.pass(size, async (chunk) => void (await handle.write(chunk)))
  } finally {
    await handle.close()
  }
}
