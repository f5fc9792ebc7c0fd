import { parentPort, workerData } from 'node:worker_threads'
import { createBatchRunner, type Batch, type FoundRow } from './sqlite-batch.ts'
import { openFile } from './sqlite-file.ts'

/**
 * The result of a batch. Results are posted in the order of the batches. Errors lose their class between threads, so
 * the code is passed along.
 */
export type BatchResult =
  | { readonly found: readonly FoundRow[] }
  | { readonly failed: { readonly message: string; readonly code: string | null } }

// The thread that writes batches, so that waiting for the disk does not block the main thread. `null` ends it.

const database = openFile(String(workerData))
const run = createBatchRunner(database)

function runBatch(batch: Batch): BatchResult {
  try {
    return { found: run(batch) }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const code = error instanceof Error && 'code' in error ? String(error.code) : null
    return { failed: { message, code } }
  }
}

parentPort?.on('message', (batch: Batch | null) => {
  if (batch !== null) return parentPort?.postMessage(runBatch(batch), [])
  database.close()
  parentPort?.close()
})
