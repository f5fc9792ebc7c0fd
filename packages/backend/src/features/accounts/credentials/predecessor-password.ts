import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { createBoundedQueue } from '#platform/bounded-queue.ts'
import type { BcryptAnswer, BcryptRequest } from './bcrypt-worker.ts'

/** A verification takes a core for 0.1 to 0.5 s: the longest wait is about five seconds. */
const queue = createBoundedQueue(1, 10)

/** Whether a stored hash is one of the predecessor's: bcrypt, in the form `$2b$10$…`. All others are argon2id. */
export function isPredecessorHash(hash: string): boolean {
  return hash.startsWith('$2')
}

/**
 * Whether a password is that of a bcrypt hash of the predecessor. As there, only the first 72 bytes of its UTF-8 count, and it
 * is not normalised. It is verified in a thread of its own, one at a time, so that requests go on. Rejects with
 * `overloaded` while too many wait.
 */
export async function verifyPredecessorPassword(hash: string, password: string): Promise<boolean> {
  return queue.run(async () => {
    const workerData: BcryptRequest = { hash, password }
    const worker = new Worker(new URL('./bcrypt-worker.ts', import.meta.url), { workerData })
    try {
      const [isRight] = (await once(worker, 'message')) as [BcryptAnswer]
      return isRight
    } finally {
      await worker.terminate()
    }
  })
}
