import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import KDBush from 'kdbush'
import { buffersOf, type IndexAnswer, type IndexRequest } from './index-worker.ts'
import type { IndexBuilder } from './spatial.ts'

/** Builds an index on another thread, so that requests go on meanwhile. Fails with the worker's own error. */
export const buildInWorker: IndexBuilder = async (rows, lats, lngs) => {
  const worker = new Worker(new URL('./index-worker.ts', import.meta.url))
  try {
    const request: IndexRequest = { rows, lats, lngs }
    const answered = once(worker, 'message')
    worker.postMessage(request, buffersOf(rows, lats, lngs))
    const [answer] = (await answered) as [IndexAnswer]
    return { nearest: { rows: answer.rows, xyz: answer.xyz }, box: KDBush.from(answer.box) }
  } finally {
    await worker.terminate()
  }
}
