import { createHash } from 'node:crypto'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { IncomingMessage } from 'node:http'
import { errorCodes } from 'fastify'

/** A request body in a file. `hash`: SHA-256 as base64url. */
export type SpooledBody = { readonly file: string; readonly bytes: number; readonly hash: string }

/**
 * Writes a body to a temporary file, so that large uploads take no memory. `onBytes` is called for each chunk and may
 * throw to abort. Throws FST_ERR_CTP_BODY_TOO_LARGE beyond `limit`. On any error the file is removed.
 */
export async function spoolBody(
  payload: IncomingMessage,
  limit: number,
  onBytes: (bytes: number) => void,
): Promise<SpooledBody> {
  if (Number(payload.headers['content-length'] ?? 0) > limit) throw new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE()
  const folder = await mkdtemp(path.join(tmpdir(), 'kickstand-body-'))
  const file = path.join(folder, 'body')
  const hash = createHash('sha256')
  let bytes = 0
  try {
    const handle = await open(file, 'wx', 0o600)
    try {
      for await (const chunk of payload.iterator({ destroyOnReturn: false })) {
        if (!Buffer.isBuffer(chunk)) continue
        bytes += chunk.length
        if (bytes > limit) throw new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE()
        onBytes(chunk.length)
        hash.update(chunk)
        await handle.write(chunk)
      }
    } finally {
      await handle.close()
    }
    if (!payload.complete) throw Object.assign(new Error('the request body ended early'), { statusCode: 400 })
    return { file, bytes, hash: hash.digest('base64url') }
  } catch (error) {
    await removeBody(file)
    throw error
  }
}

/** Removes a spooled body with its folder. */
export async function removeBody(file: string): Promise<void> {
  await rm(path.dirname(file), { recursive: true, force: true })
}
