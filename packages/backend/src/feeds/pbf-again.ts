import type { FeedFile } from './feed-file.ts'
import { pbfBlobs } from './pbf-blobs.ts'
import { visitBlock, type PbfVisitor } from './pbf-block.ts'

/** A later pass over some blocks of a file. What the first pass could not read, it cannot either, and the first has told. */
export async function visitAgain(file: FeedFile, wanted: ReadonlySet<number>, visitor: PbfVisitor): Promise<void> {
  try {
    for await (const blob of pbfBlobs(file.bytes(), (number) => !wanted.has(number))) visitBlock(blob.data, visitor)
  } catch {
    // Told by the first pass.
  }
}
