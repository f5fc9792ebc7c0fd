import { DomainError } from '@kickstand/domain'
import type { Registry } from 'prom-client'
import { Gauge } from 'prom-client'

/** What request bodies may take up at one moment: of all callers, and of one. Bytes; 0 disables a limit. */
export type BodyLimits = { readonly all: number; readonly perAddress: number }

export type BodyBudget = {
  /**
   * Notes bytes of a body that have arrived and are held. Throws `rate-limited` or `overloaded` where they are too many; they are
   * not noted then.
   */
  take(address: string, bytes: number): void
  giveBack(address: string, bytes: number): void
  inFlight(): number
}

/** Counts the bytes that have arrived, not those announced: a caller that announces much and sends nothing takes up nothing. */
export function createBodyBudget({ all, perAddress }: BodyLimits, registry: Registry): BodyBudget {
  const byAddress = new Map<string, number>()
  let total = 0
  registry.registerMetric(
    new Gauge({
      name: 'kickstand_body_bytes',
      help: 'Bytes of request bodies that have arrived and are held.',
      registers: [],
      collect() {
        this.set(total)
      },
    }),
  )
  return {
    take(address, bytes) {
      const own = (byAddress.get(address) ?? 0) + bytes
      if (perAddress > 0 && own > perAddress) {
        const text = 'Your address is sending too much at the same time. Send one body after the other.'
        throw new DomainError('rate-limited', text)
      }
      if (all > 0 && total + bytes > all) {
        throw new DomainError(
          'overloaded',
          'The server is receiving too much at the moment. Send it again in a few seconds.',
        )
      }
      byAddress.set(address, own)
      total += bytes
    },
    giveBack(address, bytes) {
      const left = (byAddress.get(address) ?? 0) - bytes
      if (left > 0) byAddress.set(address, left)
      else byAddress.delete(address)
      total -= bytes
    },
    inFlight: () => total,
  }
}
