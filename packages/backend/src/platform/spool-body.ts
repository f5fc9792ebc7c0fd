import { createHash } from 'node:crypto'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { IncomingMessage } from 'node:http'
import { errorCodes } from 'fastify'

/** A body that was written to a file as it arrived. `hash`: SHA-256 as base64url. */
export type SpooledBody = { readonly file: string; readonly bytes: number; readonly hash: string }

/**
 * Writes a body to a file of its own, so that large bodies take no memory while they arrive. `onBytes` hears of each piece and may
 * throw to end it. Throws FST_ERR_CTP_BODY_TOO_LARGE beyond `limit`; whatever is thrown, the file is gone.
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
    if (!payload.complete) throw Object.assign(new Error('the body broke off'), { statusCode: 400 })
    return { file, bytes, hash: hash.digest('base64url') }
  } catch (error) {
    await removeBody(file)
    throw error
  }
}

/** Removes the file of a spooled body with its folder. */
export async function removeBody(file: string): Promise<void> {
  await rm(path.dirname(file), { recursive: true, force: true })
}
