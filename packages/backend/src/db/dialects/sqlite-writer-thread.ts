import { parentPort, workerData } from 'node:worker_threads'
import { createBatchRunner, type Batch, type FoundRow } from './sqlite-batch.ts'
import { openFile } from './sqlite-file.ts'

/** The result of a batch, in their order. Errors lose their class between threads, so the code is passed along. */
export type Answer =
  | { readonly found: readonly FoundRow[] }
  | { readonly failed: { readonly message: string; readonly code: string | null } }

// The thread that writes batches, so that waiting for the disk does not block the main thread. `null` ends it.

const database = openFile(String(workerData))
const run = createBatchRunner(database)

function answer(batch: Batch): Answer {
  try {
    return { found: run(batch) }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const code = error instanceof Error && 'code' in error ? String(error.code) : null
    return { failed: { message, code } }
  }
}

parentPort?.on('message', (batch: Batch | null) => {
  if (batch !== null) return parentPort?.postMessage(answer(batch), [])
  database.close()
  parentPort?.close()
})
