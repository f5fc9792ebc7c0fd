import { mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import { scratchFolder } from '@kickstand/testkit'
import type { TestDatabase } from '@kickstand/testkit/engines'

/** A database in a file, for tests that do not depend on the engine. */
export async function openFileDatabase(): Promise<TestDatabase> {
  const folder = await mkdtemp(path.join(scratchFolder(), 'ks-file-'))
  return {
    url: `sqlite:${path.join(folder, 'kickstand.db')}`,
    dispose: () => rm(folder, { recursive: true, force: true }),
  }
}
