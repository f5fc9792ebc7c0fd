import { DomainError } from '@kickstand/domain'

/** Each takes a core and over 100 MB while it is decoded. */
const AT_ONCE = 2
const MAX_WAITING = 8
/** Of one address: one that is decoded and one that waits. */
const MAX_OF_ADDRESS = 2

/** Runs the work of photos, a few at a time and no more than one of an address. Throws `overloaded`, `rate-limited`. */
export type PhotoTurns = <T>(address: string, work: () => Promise<T>) => Promise<T>

type Turn = { readonly address: string; readonly begin: () => void }

export function createPhotoTurns(): PhotoTurns {
  const waiting: Turn[] = []
  const busy = new Set<string>()

  /** The first whose address has no photo under way: one address never holds up another. */
  function next(): void {
    while (busy.size < AT_ONCE) {
      const at = waiting.findIndex(({ address }) => !busy.has(address))
      const [turn] = at < 0 ? [] : waiting.splice(at, 1)
      if (turn === undefined) return
      busy.add(turn.address)
      turn.begin()
    }
  }

  return async (address, work) => {
    const own = waiting.filter((turn) => turn.address === address).length + Number(busy.has(address))
    if (own >= MAX_OF_ADDRESS) {
      const text = 'Two photos from your address are being processed. Send it again in a minute, under the same key.'
      throw new DomainError('rate-limited', text)
    }
    if (waiting.length >= MAX_WAITING) {
      const text = 'Many photos are being processed. Send it again in a minute, under the same key.'
      throw new DomainError('overloaded', text)
    }
    await new Promise<void>((begin) => {
      waiting.push({ address, begin })
      next()
    })
    try {
      return await work()
    } finally {
      busy.delete(address)
      next()
    }
  }
}
