import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import path from 'node:path'
import { createGunzip, constants } from 'node:zlib'
import { DomainError } from '@kickstand/domain'
import { gzipGuard } from './gzip-guard.ts'

/**
 * A file to import. It can be read as often as needed, is decompressed where it is gzip, and is never held in memory.
 */
export type FeedFile = {
  readonly path: string
  /** The file's name without folders, for messages and ids. */
  readonly name: string
  /** Bytes on disk. */
  readonly size: number
  readonly gzip: boolean
  /** The first bytes of the content, to detect the format. */
  readonly head: Buffer
  /** Limit on the bytes of content that are read; Infinity for none. */
  readonly maxBytes: number
  /** Whether a pass over the file ended at `maxBytes`. */
  wasCut(): boolean
  /** The content from its beginning, in chunks. A chunk's memory is reused for the next: copy what you keep. */
  bytes(): AsyncGenerator<Buffer, void, undefined>
}

/** Called with the progress of a pass: bytes read from disk so far, and in total. */
export type OnBytes = (done: number, of: number) => void

const CHUNK_BYTES = 1 << 18
const HEAD_BYTES = 1 << 16

/**
 * Opens a file by its path. Throws `unreadable-file` where it does not exist, is not readable or is a gzip bomb, and
 * `incomplete-file` where it is empty.
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
    if (have >= HEAD_BYTES) break
  }
  if (have === 0) throw emptyFile(file)
  const opened = { path: file, name: path.basename(file), size, gzip, bytes, maxBytes, wasCut: () => cut }
  return { ...opened, head: Buffer.concat(head).subarray(0, HEAD_BYTES) }
}

function emptyFile(file: string): DomainError {
  return new DomainError('incomplete-file', `${file} is empty. Expected a file with parking data. Download it again.`)
}

async function firstBytes(file: string): Promise<{ size: number; magic: Buffer }> {
  try {
    const handle = await open(file)
    try {
      const stat = await handle.stat()
      if (stat.isDirectory())
        throw new DomainError('unreadable-file', `${file} is a folder. Expected a file: name one in it.`)
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
 * A truncated gzip file gives the content before the break (`finishFlush`). `isWholeGzip` tells whether it is complete.
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
  const source = createReadStream(file, { highWaterMark: CHUNK_BYTES })
  let done = 0
  source.on('data', (chunk) => {
    done += chunk.length
    onBytes(done, size)
  })
  const gunzip = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH, chunkSize: CHUNK_BYTES })
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

/** Reads through one buffer: the buffers of a stream are freed late, and a long file would allocate thousands. */
async function* plainContent(file: string, size: number, onBytes: OnBytes): AsyncGenerator<Buffer, void, undefined> {
  const handle = await open(file)
  try {
    const buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES)
    let done = 0
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, CHUNK_BYTES, null)
      if (bytesRead === 0) return
      done += bytesRead
      onBytes(done, size)
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await handle.close()
  }
}

/** Whether a gzip file is complete and undamaged; true for any other file. Throws `unreadable-file` for a gzip bomb. */
export async function isWholeGzip(file: FeedFile): Promise<boolean> {
  if (!file.gzip) return true
  const source = createReadStream(file.path, { highWaterMark: CHUNK_BYTES })
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES })
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
