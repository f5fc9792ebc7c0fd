import { hash } from 'node:crypto'

/** How a snapshot has a reference: in a readable row, or in an unreadable one. */
type SeenAs = 'known' | 'unreadable'

/** The references of a snapshot: all that is held of a file in memory. */
export type SeenRefs = {
  get(ref: string): SeenAs | undefined
  set(ref: string, as: SeenAs): void
}

const STATES: readonly SeenAs[] = ['known', 'unreadable']
const INITIAL_SLOTS = 1 << 12

/**
 * Stores 62 bits of the SHA-256 of each reference in a hash table: 12 to 24 bytes each, where the strings would take a
 * hundred and keep chunks of the file alive. With ten million references, one import in a hundred thousand has a
 * collision; then the later row is reported as a duplicate.
 */
export function createSeenRefs(): SeenRefs {
  // Each slot is two words; the last two bits are the state, 0 for a free slot.
  let table = new Uint32Array(2 * INITIAL_SLOTS)
  let used = 0

  function slotOf(words: Uint32Array, high: number, low: number): number {
    const last = words.length / 2 - 1
    let slot = (low >>> 2) & last
    while ((words[2 * slot + 1] & 3) !== 0 && (words[2 * slot] !== high || words[2 * slot + 1] >>> 2 !== low >>> 2)) {
      slot = (slot + 1) & last
    }
    return 2 * slot
  }

  function grow(): void {
    const wider = new Uint32Array(2 * table.length)
    for (let at = 0; at < table.length; at += 2) {
      if ((table[at + 1] & 3) === 0) continue
      const to = slotOf(wider, table[at], table[at + 1])
      wider[to] = table[at]
      wider[to + 1] = table[at + 1]
    }
    table = wider
  }

  function find(ref: string): { at: number; high: number; low: number } {
    // A hex digest, since a Buffer would use memory outside of the heap.
    const digest = hash('sha256', ref, 'hex')
    const [high, low] = [Number.parseInt(digest.slice(0, 8), 16), Number.parseInt(digest.slice(8, 16), 16)]
    return { at: slotOf(table, high, low), high, low }
  }

  return {
    get(ref) {
      const state = table[find(ref).at + 1] & 3
      return state === 0 ? undefined : STATES[state - 1]
    },
    set(ref, as) {
      const { at, high, low } = find(ref)
      if ((table[at + 1] & 3) === 0) used += 1
      table[at] = high
      table[at + 1] = ((low & ~3) | (STATES.indexOf(as) + 1)) >>> 0
      if (used * 3 > table.length) grow()
    },
  }
}
