import { DomainError } from '@kickstand/domain'

/** Photos decoded at the same time. Each takes a core and over 100 MB. */
const MAX_CONCURRENT = 2
const MAX_WAITING = 8
/** Per address: one photo that is being decoded and one that waits. */
const MAX_PER_ADDRESS = 2

/** Queues the processing of photos: a few at a time, one per address. Throws `overloaded`, `rate-limited`. */
export type PhotoTurns = <T>(address: string, work: () => Promise<T>) => Promise<T>

type Turn = { readonly address: string; readonly begin: () => void }

/** An empty queue of this process. */
export function createPhotoTurns(): PhotoTurns {
  const waiting: Turn[] = []
  const busy = new Set<string>()

  /** Starts the first whose address has no photo in progress, so that one address does not delay another. */
  function next(): void {
    while (busy.size < MAX_CONCURRENT) {
      const at = waiting.findIndex(({ address }) => !busy.has(address))
      const [turn] = at < 0 ? [] : waiting.splice(at, 1)
      if (turn === undefined) return
      busy.add(turn.address)
      turn.begin()
    }
  }

  return async (address, work) => {
    const own = waiting.filter((turn) => turn.address === address).length + Number(busy.has(address))
    if (own >= MAX_PER_ADDRESS) {
      const text =
        'Two photos from your address are being processed. Send it again in a minute with the same Idempotency-Key.'
      throw new DomainError('rate-limited', text)
    }
    if (waiting.length >= MAX_WAITING) {
      const text = 'Many photos are being processed. Send it again in a minute with the same Idempotency-Key.'
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
