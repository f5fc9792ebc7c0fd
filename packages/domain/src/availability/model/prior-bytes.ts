import { PROFILE_SIZE } from './week-basis.ts'
import { createPrior, PROFILE_PACKED, type ProfilePrior } from './prior.ts'

const VERSION = 2
const NUMBERS = PROFILE_SIZE + PROFILE_PACKED
/** Bytes of a stored prior. */
export const PRIOR_BYTES: number = 1 + 8 * NUMBERS

/** Encodes a prior, little-endian, exact to the last bit. */
export function encodePrior(prior: ProfilePrior): Uint8Array {
  const bytes = new Uint8Array(PRIOR_BYTES)
  const view = new DataView(bytes.buffer)
  view.setUint8(0, VERSION)
  prior.mean.forEach((value, i) => view.setFloat64(1 + 8 * i, value, true))
  prior.covariance.forEach((value, i) => view.setFloat64(1 + 8 * (PROFILE_SIZE + i), value, true))
  return bytes
}

/** Decodes a prior; null where the bytes are of another version or length. The prior then has to be learned again. */
export function decodePrior(bytes: Uint8Array): ProfilePrior | null {
  if (bytes.length !== PRIOR_BYTES || bytes[0] !== VERSION) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const numbers = Float64Array.from({ length: NUMBERS }, (_, i) => view.getFloat64(1 + 8 * i, true))
  return createPrior(numbers.slice(0, PROFILE_SIZE), numbers.slice(PROFILE_SIZE))
}
