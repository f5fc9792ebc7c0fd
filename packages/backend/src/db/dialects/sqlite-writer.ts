import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import BetterSqlite3 from 'better-sqlite3'
import type { Batch, FoundRow } from './sqlite-batch.ts'
import type { Answer } from './sqlite-writer-thread.ts'

/** Stores batches in a file from a thread of its own, which it starts for the first. */
export type Writer = {
  run(batch: Batch): Promise<readonly FoundRow[]>
  /** Ends the thread, once it has answered. */
  close(): Promise<void>
}

/** The thread ended before it answered: whether the batch is stored is not known. */
export class WriterLost extends Error {}

type Asked = { readonly resolve: (found: readonly FoundRow[]) => void; readonly reject: (error: Error) => void }

export function createWriter(path: string): Writer {
  let worker: Worker | null = null
  let asked: Asked[] = []

  function lose(gone: Worker, cause: unknown): void {
    if (worker !== gone) return
    worker = null
    const all = asked
    asked = []
    for (const { reject } of all) reject(new WriterLost('The thread that writes has ended.', { cause }))
  }

  function start(): Worker {
    const made = new Worker(new URL('./sqlite-writer-thread.ts', import.meta.url), { workerData: path })
    made.on('message', (answer: Answer) => {
      const first = asked.shift()
      if (asked.length === 0) made.unref()
      if ('found' in answer) first?.resolve(answer.found)
      else first?.reject(toError(answer.failed))
    })
    made.on('error', (error) => lose(made, error))
    made.on('exit', (code) => lose(made, code))
    return made
  }

  return {
    run(batch) {
      return new Promise((resolve, reject) => {
        worker ??= start()
        // An idle thread keeps no process alive, and no process ends before its answer.
        worker.ref()
        asked.push({ resolve, reject })
        worker.postMessage(batch, [])
      })
    },
    async close() {
      if (worker === null) return
      const ended = once(worker, 'exit')
      worker.ref()
      worker.postMessage(null, [])
      await ended
    },
  }
}

function toError({ message, code }: { readonly message: string; readonly code: string | null }): Error {
  return code?.startsWith('SQLITE_') === true ? new BetterSqlite3.SqliteError(message, code) : new Error(message)
}
