import { createWriteStream } from 'node:fs'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { IncomingMessage } from 'node:http'
import { FetchFault } from './fetch-fault.ts'

/** Ends the stream at a limit of bytes: a declared length may be wrong, and compressed data may be a bomb. */
function limitBytes(bytes: number, host: string): Transform {
  let passed = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      passed += chunk.length
      if (passed > bytes) done(tooLarge(host, bytes))
      else done(null, chunk)
    },
  })
}

function tooLarge(host: string, bytes: number): FetchFault {
  const text = `${host} sends over ${bytes.toLocaleString('en')} bytes. If this is right, raise "limits": { "bytes": … } in the profile.`
  return new FetchFault(text, false)
}

function isGzip(head: Buffer): boolean {
  return head[0] === 0x1f && head[1] === 0x8b
}

/** The first two bytes of a stream, and a stream of the whole content. */
async function peek(stream: AsyncIterable<Buffer>): Promise<{ head: Buffer; whole: Readable }> {
  const parts = stream[Symbol.asyncIterator]()
  let head: Buffer = Buffer.alloc(0)
  while (head.length < 2) {
    const next = await parts.next()
    if (next.done === true) break
    head = Buffer.concat([head, next.value])
  }
  async function* whole(): AsyncGenerator<Buffer> {
    if (head.length > 0) yield head
    for (let next = await parts.next(); next.done !== true; next = await parts.next()) yield next.value
  }
  return { head, whole: Readable.from(whole(), { objectMode: false }) }
}

/**
 * Writes a response body to a file, decompressed: both the content encoding and a file that is gzip itself. The limit
 * `bytes` applies to each stage. Returns the bytes written.
 */
export async function storeBody(response: IncomingMessage, file: string, bytes: number, host: string): Promise<number> {
  const declared = Number(response.headers['content-length'] ?? 0)
  if (declared > bytes) throw tooLarge(host, bytes)
  const encoding = (response.headers['content-encoding'] ?? 'identity').toLowerCase()
  if (encoding !== 'identity' && encoding !== 'gzip' && encoding !== 'x-gzip') {
    throw new FetchFault(`${host} sends the content encoding "${encoding}". Expected gzip or none.`, false)
  }
  const stages: Transform[] = [limitBytes(bytes, host)]
  if (encoding !== 'identity') stages.push(createGunzip(), limitBytes(bytes, host))
  const sent = chain(response, stages)
  const { head, whole } = await peek(sent)
  const plain = isGzip(head) ? chain(whole, [createGunzip(), limitBytes(bytes, host)]) : whole
  const inner = isGzip(head) ? await peek(plain) : { head, whole: plain }
  if (isGzip(head) && isGzip(inner.head)) {
    throw new FetchFault(`The response of ${host} is packed more than once. Expected a file or a gzip of one.`, false)
  }
  const out = createWriteStream(file, { flags: 'wx', mode: 0o600 })
  await pipeline(inner.whole, out)
  return out.bytesWritten
}

/** Pipes through all stages. An error in any of them destroys all, and is emitted by the last. */
function chain(from: Readable, stages: readonly Transform[]): Readable {
  let last: Readable = from
  for (const stage of stages) {
    const source = last
    source.once('error', (error) => stage.destroy(error))
    stage.once('close', () => {
      if (!stage.readableEnded) source.destroy()
    })
    last = source.pipe(stage)
  }
  return last
}
