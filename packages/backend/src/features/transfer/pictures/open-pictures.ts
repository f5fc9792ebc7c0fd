import { stat } from 'node:fs/promises'
import { DomainError } from '@kickstand/domain'
import type { PictureFile, PictureFilter } from './picture-files.ts'
import { readTar } from './read-tar.ts'
import { walkFolder } from './walk-folder.ts'

/**
 * The files in a folder, or in an archive (.tar, .tar.gz, .tgz). Throws `unreadable-file`; also for a ZIP archive, which
 * must be unpacked before.
 */
export async function openPictures(place: string): Promise<(isWanted: PictureFilter) => AsyncIterable<PictureFile>> {
  const found = await stat(place).catch((error: unknown) => {
    throw new DomainError('unreadable-file', `Cannot read ${place}. Check the path and its permissions.`, [], error)
  })
  if (found.isDirectory()) return (isWanted) => walkFolder(place, isWanted)
  if (/\.(?:tar|tar\.gz|tgz)$/i.test(place)) return (isWanted) => readTar(place, isWanted)
  throw new DomainError(
    'unreadable-file',
    `${place} is neither a folder nor a .tar, .tar.gz or .tgz archive. Unpack it, and name the folder.`,
  )
}
