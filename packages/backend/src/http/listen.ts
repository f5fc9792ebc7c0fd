import { DomainError } from '@kickstand/domain'
import type { FastifyInstance } from 'fastify'

/**
 * Listens on `host` and `port` (0 for a free one) and returns the address. Throws `invalid-config` in one line for people
 * where it may not; `setting` is the setting that the port comes from.
 */
export async function listen(app: FastifyInstance, host: string, port: number, setting: string): Promise<string> {
  try {
    return await app.listen({ host, port })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    const unknown = `${host} is not a known host. Set KICKSTAND_HOST to an address of this machine.`
    const why: Record<string, string> = {
      EADDRINUSE: `Port ${port} on ${host} is in use. Stop what uses it, or set ${setting} to another.`,
      EACCES: `Port ${port} may not be used by this user. Set ${setting} to one above 1023.`,
      EADDRNOTAVAIL: `${host} is not an address of this machine. Set KICKSTAND_HOST to one that is.`,
      ENOTFOUND: unknown,
      EAI_AGAIN: unknown,
    }
    if (why[code] === undefined) throw error
    throw new DomainError('invalid-config', why[code], [], error)
  }
}
