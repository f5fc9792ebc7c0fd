import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import path from 'node:path'
import { createGunzip, constants } from 'node:zlib'
import { DomainError } from '@kickstand/domain'
import { gzipGuard } from './gzip-guard.ts'

/** A file to import, opened as often as a reader needs, unpacked where it is gzip. It is never held in memory. */
export type FeedFile = {
  readonly path: string
  /** The file's name without folders, for messages and ids. */
  readonly name: string
  /** Bytes on disk. */
  readonly size: number
  readonly gzip: boolean
  /** The first bytes of the content, enough to tell what it is. */
  readonly head: Buffer
  /** Bytes of content after which it is given up; infinite where there is no limit. */
  readonly maxBytes: number
  /** Whether a pass over it ended at that limit. */
  wasCut(): boolean
  /** The content from its beginning, in pieces. A piece's memory is used again for the next: copy what is kept. */
  bytes(): AsyncGenerator<Buffer, void, undefined>
}

/** Hears how far a pass over the file has come: bytes on disk, of all. */
export type OnBytes = (done: number, of: number) => void

const CHUNK = 1 << 18
const HEAD = 1 << 16

/**
 * Opens a file by its path. Throws `unreadable-file` where there is none, where it may not be read, or where it is a gzip bomb,
 * and `incomplete-file` where it is empty.
 */
export async function openFeedFile(
  file: string,
  onBytes: OnBytes = () => undefined,
  maxBytes = Number.POSITIVE_INFINITY,
): Promise<FeedFile> {
  const { size, magic } = await firstBytes(file)
  const gzip = magic[0] === 0x1f && magic[1] === 0x8b
  let cut = false
  const bytes = async function* (): AsyncGenerator<Buffer, void, undefined> {
    let left = maxBytes
    for await (const chunk of contentOf(file, gzip, size, onBytes)) {
      yield chunk.length > left ? chunk.subarray(0, left) : chunk
      left -= chunk.length
      if (left >= 0) continue
      cut = true
      return
    }
  }
  const head: Buffer[] = []
  let have = 0
  for await (const chunk of contentOf(file, gzip, size, () => undefined)) {
    head.push(Buffer.from(chunk))
    have += chunk.length
    if (have >= HEAD) break
  }
  if (have === 0) throw emptyFile(file)
  const opened = { path: file, name: path.basename(file), size, gzip, bytes, maxBytes, wasCut: () => cut }
  return { ...opened, head: Buffer.concat(head).subarray(0, HEAD) }
}

function emptyFile(file: string): DomainError {
  return new DomainError('incomplete-file', `${file} is empty. Expected a file with parking in it; download it again.`)
}

async function firstBytes(file: string): Promise<{ size: number; magic: Buffer }> {
  try {
    const handle = await open(file)
    try {
      const stat = await handle.stat()
      if (stat.isDirectory()) throw new DomainError('unreadable-file', `${file} is a folder. Name a file in it.`)
      if (stat.size === 0) throw emptyFile(file)
      const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0)
      return { size: stat.size, magic: buffer }
    } finally {
      await handle.close()
    }
  } catch (error) {
    if (error instanceof DomainError) throw error
    const code = error instanceof Error && 'code' in error ? error.code : null
    const why =
      code === 'ENOENT' ? 'There is no file' : code === 'EACCES' ? 'You may not read the file' : 'Cannot read the file'
    throw new DomainError('unreadable-file', `${why} ${file}. Check the path and its permissions.`, [], error)
  }
}

/**
 * A gzip file that breaks off gives what it still holds (`finishFlush`); whether it was whole is asked of `isWholeGzip`.
 */
async function* contentOf(
  file: string,
  gzip: boolean,
  size: number,
  onBytes: OnBytes,
): AsyncGenerator<Buffer, void, undefined> {
  if (!gzip) {
    yield* plainContent(file, size, onBytes)
    return
  }
  const source = createReadStream(file, { highWaterMark: CHUNK })
  let done = 0
  source.on('data', (chunk) => {
    done += chunk.length
    onBytes(done, size)
  })
  const gunzip = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH, chunkSize: CHUNK })
  source.on('error', (error) => gunzip.destroy(error))
  const guard = gzipGuard(file)
  try {
    for await (const chunk of source.pipe(gunzip)) {
      guard.check(chunk.length, done)
      yield chunk
    }
  } finally {
    source.destroy()
  }
}

/** Through one buffer: of a stream's own nobody says when they are given back, and a long file makes thousands. */
async function* plainContent(file: string, size: number, onBytes: OnBytes): AsyncGenerator<Buffer, void, undefined> {
  const handle = await open(file)
  try {
    const buffer = Buffer.allocUnsafeSlow(CHUNK)
    let done = 0
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, CHUNK, null)
      if (bytesRead === 0) return
      done += bytesRead
      onBytes(done, size)
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await handle.close()
  }
}

/** Whether a gzip file is there to its last byte and undamaged. Any other file is. Throws `unreadable-file` for a gzip bomb. */
export async function isWholeGzip(file: FeedFile): Promise<boolean> {
  if (!file.gzip) return true
  const source = createReadStream(file.path, { highWaterMark: CHUNK })
  const gunzip = createGunzip({ chunkSize: CHUNK })
  source.on('error', (error) => gunzip.destroy(error))
  let left = file.maxBytes
  const guard = gzipGuard(file.path)
  try {
    for await (const chunk of source.pipe(gunzip)) {
      const length = Buffer.isBuffer(chunk) ? chunk.length : 0
      left -= length
      if (left < 0) return true
      guard.check(length, source.bytesRead)
    }
    return true
  } catch (error) {
    if (error instanceof DomainError) throw error
    return false
  } finally {
    source.destroy()
  }
}
