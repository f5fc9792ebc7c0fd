import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import KDBush from 'kdbush'
import type { IndexAnswer, IndexRequest } from './index-worker.ts'
import type { IndexBuilder } from './spatial.ts'

/** Builds an index on another thread, so that requests go on meanwhile. Fails with the worker's own error. */
export const buildInWorker: IndexBuilder = async (rows, lats, lngs) => {
  const worker = new Worker(new URL('./index-worker.ts', import.meta.url))
  try {
    const request: IndexRequest = { rows, lats, lngs }
    const answered = once(worker, 'message')
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker of Node, not a window
    worker.postMessage(request)
    const [answer] = (await answered) as [IndexAnswer]
    return { nearest: { rows: answer.rows, xyz: answer.xyz }, box: KDBush.from(answer.box) }
  } finally {
    await worker.terminate()
  }
}
