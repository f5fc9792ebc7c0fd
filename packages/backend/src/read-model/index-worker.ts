import { parentPort } from 'node:worker_threads'
import type { NearestIndex } from '@kickstand/domain'
import { buildIndex } from './spatial.ts'

/** Messages to and from the worker; arrays are transferred, not copied. */
export type IndexRequest = {
  readonly rows: Uint32Array
  readonly lats: Float64Array
  readonly lngs: Float64Array
  readonly bits: Int32Array
}
export type IndexAnswer = NearestIndex & { readonly box: ArrayBufferLike }

parentPort?.once('message', ({ rows, lats, lngs, bits }: IndexRequest) => {
  const { nearest, box } = buildIndex(rows, lats, lngs, bits)
  if (box === null) throw new Error('expected at least one row to index, got none')
  const answer: IndexAnswer = { ...nearest, box: box.data }
  parentPort?.postMessage(answer, buffersOf(nearest.rows, nearest.xyz, nearest.bits, box.data))
})

/** The buffers that can be transferred. */
export function buffersOf(...held: readonly (ArrayBufferView | ArrayBufferLike)[]): ArrayBuffer[] {
  return held
    .map((one) => (ArrayBuffer.isView(one) ? one.buffer : one))
    .filter((buffer) => buffer instanceof ArrayBuffer)
}
