import { parentPort } from 'node:worker_threads'
import type { NearestIndex } from '@kickstand/domain'
import { buildIndex } from './spatial.ts'

/** What the worker is asked and what it answers; arrays travel without being copied. */
export type IndexRequest = {
  readonly rows: Uint32Array
  readonly lats: Float64Array
  readonly lngs: Float64Array
  readonly bits: Int32Array
}
export type IndexAnswer = NearestIndex & { readonly box: ArrayBufferLike }

parentPort?.once('message', ({ rows, lats, lngs, bits }: IndexRequest) => {
  const { nearest, box } = buildIndex(rows, lats, lngs, bits)
  if (box === null) throw new Error('an index of no rows was asked for')
  const answer: IndexAnswer = { ...nearest, box: box.data }
  parentPort?.postMessage(answer, buffersOf(nearest.rows, nearest.xyz, nearest.bits, box.data))
})

/** What may travel without being copied. */
export function buffersOf(...held: readonly (ArrayBufferView | ArrayBufferLike)[]): ArrayBuffer[] {
  return held
    .map((one) => (ArrayBuffer.isView(one) ? one.buffer : one))
    .filter((buffer) => buffer instanceof ArrayBuffer)
}
