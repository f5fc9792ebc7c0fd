import { DomainError } from '@kickstand/domain'
import type { Registry } from 'prom-client'
import { Gauge } from 'prom-client'

/** Maximum size of the request bodies in progress, for all clients and per address. Bytes; 0 disables a limit. */
export type BodyLimits = { readonly all: number; readonly perAddress: number }

export type BodyBudget = {
  /**
   * Reserves received bytes of a body. Throws `rate-limited` or `overloaded` beyond a limit, without reserving them.
   */
  take(address: string, bytes: number): void
  release(address: string, bytes: number): void
  inFlight(): number
}

/** Counts received bytes, not the announced ones: a client that announces much and sends nothing uses no budget. */
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
    release(address, bytes) {
      const left = (byAddress.get(address) ?? 0) - bytes
      if (left > 0) byAddress.set(address, left)
      else byAddress.delete(address)
      total -= bytes
    },
    inFlight: () => total,
  }
}
