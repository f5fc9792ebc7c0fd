import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { MAX_PICTURE_BYTES, TOO_LARGE, type PictureFile, type PictureFilter } from './picture-files.ts'

/** The files in a folder and its subfolders. Links are not followed: they could lead to any file of this machine. */
export async function* walkFolder(
  folder: string,
  isWanted: PictureFilter,
  parents: readonly string[] = [],
): AsyncGenerator<PictureFile> {
  const entries = await readdir(join(folder, ...parents), { withFileTypes: true })
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = [...parents, entry.name]
    const name = path.join('/')
    if (entry.isDirectory()) yield* walkFolder(folder, isWanted, path)
    else if (entry.isSymbolicLink()) yield { name, rejected: 'is a link' }
    else if (!entry.isFile()) yield { name, rejected: 'is not a regular file' }
    else {
      const file = join(folder, ...path)
      const { size } = await lstat(file)
      if (size > MAX_PICTURE_BYTES && isWanted(path)) yield { name, rejected: TOO_LARGE }
      else yield { path, file }
    }
  }
}
