import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { createBoundedQueue } from '#platform/bounded-queue.ts'
import type { BcryptAnswer, BcryptRequest } from './bcrypt-worker.ts'

/** A verification uses a core for 0.1 to 0.5 s, so the longest wait is about five seconds. */
const queue = createBoundedQueue(1, 10)

/** Whether a stored hash is one of the predecessor's: bcrypt, in the form `$2b$10$…`. All others are argon2id. */
export function isPredecessorHash(hash: string): boolean {
  return hash.startsWith('$2')
}

/**
 * Whether a password matches a bcrypt hash of the predecessor. As in the predecessor, only the first 72 bytes of its UTF-8
 * form are used, and it is not normalised. Passwords are verified one at a time in a separate thread, which keeps the main
 * thread free for requests. Rejects with `overloaded` if too many verifications are waiting.
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
