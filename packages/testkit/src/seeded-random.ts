const TWO_TO_32 = 0x1_0000_0000

/**
 * Numbers in [0, 1) that are the same on every machine for the same seed: a Weyl sequence (steps of the golden ratio,
 * which visit every 32-bit state once) passed through a mixer with good avalanche. Not cryptographically secure.
 */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x9e3779b9) >>> 0
    return mix(state) / TWO_TO_32
  }
}

function mix(value: number): number {
  let x = value
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad)
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97)
  return (x ^ (x >>> 15)) >>> 0
}
