import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import BetterSqlite3 from 'better-sqlite3'
import type { Batch, FoundRow } from './sqlite-batch.ts'
import type { BatchResult } from './sqlite-writer-thread.ts'

/** Writes batches to an SQLite file in a worker thread, which starts with the first batch. */
export type Writer = {
  run(batch: Batch): Promise<readonly FoundRow[]>
  /** Ends the thread once it has written all pending batches. */
  close(): Promise<void>
}

/** The thread ended before it returned a result. Whether the batch was stored is unknown. */
export class WriterThreadLost extends Error {}

type Pending = { readonly resolve: (found: readonly FoundRow[]) => void; readonly reject: (error: Error) => void }

/** Creates a writer for the file at `path`. If its thread ends, pending batches fail and the next batch starts another. */
export function createWriter(path: string): Writer {
  let worker: Worker | null = null
  let pending: Pending[] = []

  function fail(gone: Worker, cause: unknown): void {
    if (worker !== gone) return
    worker = null
    const all = pending
    pending = []
    for (const { reject } of all) reject(new WriterThreadLost('The writer thread has ended.', { cause }))
  }

  function start(): Worker {
    const started = new Worker(new URL('./sqlite-writer-thread.ts', import.meta.url), { workerData: path })
    started.on('message', (result: BatchResult) => {
      const first = pending.shift()
      if (pending.length === 0) started.unref()
      if ('found' in result) first?.resolve(result.found)
      else first?.reject(toError(result.failed))
    })
    started.on('error', (error) => fail(started, error))
    started.on('exit', (code) => fail(started, code))
    return started
  }

  return {
    run(batch) {
      return new Promise((resolve, reject) => {
        worker ??= start()
        // An idle thread does not keep the process alive; one with a pending batch does.
        worker.ref()
        pending.push({ resolve, reject })
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
