import { openSlot, STATE_PACKED, STATE_SIZE, type EstimatorState } from './columns.ts'

// A row as bytes, little-endian: version, whether it has observations, the live columns, then mean and covariance. Numbers are
// written at full precision, so a decoded row is identical to the last bit.

const VERSION = 2
const HEADER_BYTES = 2 + 8 + 4 + 4 * 7 + 4 * 2
/** Bytes of a row with observations. */
export const ZONE_BYTES: number = HEADER_BYTES + 4 * (STATE_SIZE + STATE_PACKED)

/** Encodes everything about a row but its number. */
export function encodeZone(state: EstimatorState, row: number): Uint8Array {
  const { columns, learned } = state
  const slot = columns.at[row] === 0 ? -1 : columns.slot[row]
  const bytes = new Uint8Array(slot < 0 ? HEADER_BYTES : ZONE_BYTES)
  const view = new DataView(bytes.buffer)
  view.setUint8(0, VERSION)
  view.setUint8(1, slot < 0 ? 0 : 1)
  view.setFloat64(2, columns.at[row], true)
  view.setUint32(10, columns.prior[row], true)
  let at = 14
  for (const column of floats(state)) {
    view.setFloat32(at, column[row], true)
    at += 4
  }
  view.setUint32(at, columns.readingSince[row], true)
  view.setUint32(at + 4, columns.readingAt[row], true)
  at += 8
  if (slot < 0) return bytes
  for (let i = 0; i < STATE_SIZE; i += 1, at += 4) view.setFloat32(at, learned.mean[slot * STATE_SIZE + i], true)
  for (let i = 0; i < STATE_PACKED; i += 1, at += 4) {
    view.setFloat32(at, learned.covariance[slot * STATE_PACKED + i], true)
  }
  return bytes
}

/** The prior of a stored row. */
export function priorOfZone(bytes: Uint8Array): number {
  return bytes.length < HEADER_BYTES ? 0 : new DataView(bytes.buffer, bytes.byteOffset).getUint32(10, true)
}

/**
 * Decodes a stored row into `row`. @returns false where the bytes are of another version or length, or their prior does not exist.
 * The row is then unchanged and has to be learned again.
 */
export function decodeZone(state: EstimatorState, row: number, bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < HEADER_BYTES || view.getUint8(0) !== VERSION) return false
  const hasLearned = view.getUint8(1) === 1
  if (bytes.length !== (hasLearned ? ZONE_BYTES : HEADER_BYTES)) return false
  const { columns, learned } = state
  const prior = view.getUint32(10, true)
  if (state.priors.at(prior) === undefined) return false
  columns.at[row] = view.getFloat64(2, true)
  columns.prior[row] = prior
  let at = 14
  for (const column of floats(state)) {
    column[row] = view.getFloat32(at, true)
    at += 4
  }
  columns.readingSince[row] = view.getUint32(at, true)
  columns.readingAt[row] = view.getUint32(at + 4, true)
  at += 8
  if (!hasLearned) return true
  const slot = openSlot(state, row)
  for (let i = 0; i < STATE_SIZE; i += 1, at += 4) learned.mean[slot * STATE_SIZE + i] = view.getFloat32(at, true)
  for (let i = 0; i < STATE_PACKED; i += 1, at += 4) {
    learned.covariance[slot * STATE_PACKED + i] = view.getFloat32(at, true)
  }
  return true
}

function floats({ columns }: EstimatorState): readonly Float32Array[] {
  const { profileAt, disagreement, errorSum, errorCount, capacity, unconfirmedCount, reading } = columns
  return [profileAt, disagreement, errorSum, errorCount, capacity, unconfirmedCount, reading]
}
