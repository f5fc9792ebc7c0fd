import type { FeedFile } from '#files/feed-file.ts'
import { pbfBlobs } from './pbf-blobs.ts'
import { visitBlock, type PbfVisitor } from './pbf-block.ts'

/** A later pass over some blocks of a file. Errors are ignored, because the first pass has reported them. */
export async function revisitBlocks(file: FeedFile, wanted: ReadonlySet<number>, visitor: PbfVisitor): Promise<void> {
  try {
    for await (const blob of pbfBlobs(file.bytes(), (number) => !wanted.has(number))) visitBlock(blob.data, visitor)
  } catch {
    // Reported by the first pass.
  }
}
