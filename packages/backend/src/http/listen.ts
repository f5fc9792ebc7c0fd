import { DomainError } from '@kickstand/domain'
import type { FastifyInstance } from 'fastify'

/**
 * Listens on `host` and `port` (0 for a free one) and returns the address. Throws `invalid-config` with a one-line
 * message where that fails; `setting` is the name of the setting that holds the port.
 */
export async function listen(app: FastifyInstance, host: string, port: number, setting: string): Promise<string> {
  try {
    return await app.listen({ host, port })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    const unknown = `${host} is not a known host. Set KICKSTAND_HOST to an address of this machine.`
    const messages: Record<string, string> = {
      EADDRINUSE: `Port ${port} on ${host} is in use. Stop the program that uses it, or set ${setting} to another port.`,
      EACCES: `This user may not listen on port ${port}. Set ${setting} to a port above 1023.`,
      EADDRNOTAVAIL: `${host} is not an address of this machine. Set KICKSTAND_HOST to one that is.`,
      ENOTFOUND: unknown,
      EAI_AGAIN: unknown,
    }
    if (messages[code] === undefined) throw error
    throw new DomainError('invalid-config', messages[code], [], error)
  }
}
