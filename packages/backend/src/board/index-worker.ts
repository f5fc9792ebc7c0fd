import { parentPort } from 'node:worker_threads'
import { buildIndex } from './spatial.ts'

/** What the worker is asked and what it answers; arrays travel without being copied. */
export type IndexRequest = { readonly rows: Uint32Array; readonly lats: Float64Array; readonly lngs: Float64Array }
export type IndexAnswer = { readonly rows: Uint32Array; readonly xyz: Float64Array; readonly box: ArrayBufferLike }

parentPort?.once('message', ({ rows, lats, lngs }: IndexRequest) => {
  const { nearest, box } = buildIndex(rows, lats, lngs)
  if (box === null) throw new Error('an index of no rows was asked for')
  const answer: IndexAnswer = { rows: nearest.rows, xyz: nearest.xyz, box: box.data }
  parentPort?.postMessage(answer, buffersOf(nearest.rows, nearest.xyz, box.data))
})

/** What may travel without being copied. */
export function buffersOf(...held: readonly (ArrayBufferView | ArrayBufferLike)[]): ArrayBuffer[] {
  return held
    .map((one) => (ArrayBuffer.isView(one) ? one.buffer : one))
    .filter((buffer) => buffer instanceof ArrayBuffer)
}
