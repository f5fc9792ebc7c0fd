import { createWriteStream } from 'node:fs'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { IncomingMessage } from 'node:http'
import { FetchFault } from './fetch-fault.ts'

/** Counts what passes and ends the stream at the limit: a declared length may lie, and what is packed may be a bomb. */
function atMost(bytes: number, host: string): Transform {
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

/** A stream's first two bytes, and the stream with them put back. */
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
 * Writes an answer's body to a file, unpacked: what was packed for the way, and a file that is gzip itself. Not more than
 * `bytes` of it, before and after each. Returns the bytes written.
 */
export async function storeBody(response: IncomingMessage, file: string, bytes: number, host: string): Promise<number> {
  const declared = Number(response.headers['content-length'] ?? 0)
  if (declared > bytes) throw tooLarge(host, bytes)
  const encoding = (response.headers['content-encoding'] ?? 'identity').toLowerCase()
  if (encoding !== 'identity' && encoding !== 'gzip' && encoding !== 'x-gzip') {
    throw new FetchFault(`${host} sends "${encoding}", which was not asked for; expected gzip or nothing.`, false)
  }
  const stages: Transform[] = [atMost(bytes, host)]
  if (encoding !== 'identity') stages.push(createGunzip(), atMost(bytes, host))
  const sent = chain(response, stages)
  const { head, whole } = await peek(sent)
  const plain = isGzip(head) ? chain(whole, [createGunzip(), atMost(bytes, host)]) : whole
  const inner = isGzip(head) ? await peek(plain) : { head, whole: plain }
  if (isGzip(head) && isGzip(inner.head)) {
    throw new FetchFault(`What ${host} sends is packed more than once; expected a file or a gzip of one.`, false)
  }
  const out = createWriteStream(file, { flags: 'wx', mode: 0o600 })
  await pipeline(inner.whole, out)
  return out.bytesWritten
}

/** Pipes through all stages; a fault anywhere ends all of them, and is the fault of what comes out. */
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
