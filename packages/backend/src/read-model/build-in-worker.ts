import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import KDBush from 'kdbush'
import { buffersOf, type IndexAnswer, type IndexRequest } from './index-worker.ts'
import type { IndexBuilder } from './spatial.ts'

/** Builds an index in a worker thread, without blocking requests. Fails with the worker's error. */
export const buildInWorker: IndexBuilder = async (rows, lats, lngs, bits) => {
  const worker = new Worker(new URL('./index-worker.ts', import.meta.url))
  try {
    const request: IndexRequest = { rows, lats, lngs, bits }
    const answered = once(worker, 'message')
    worker.postMessage(request, buffersOf(rows, lats, lngs, bits))
    const [answer] = (await answered) as [IndexAnswer]
    return { nearest: { rows: answer.rows, xyz: answer.xyz, bits: answer.bits }, box: KDBush.from(answer.box) }
  } finally {
    await worker.terminate()
  }
}
