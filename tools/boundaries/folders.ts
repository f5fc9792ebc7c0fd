import type { Boundaries } from './boundaries.ts'
import { packageOf } from './resolve-import.ts'

/** The folder that puts the parts of a package together, like the files directly in its root. */
const COMPOSITION = 'app'
/** The folder whose folders are the features. */
const FEATURES = 'features'

/** The first folder below the root, or the feature; null for a file directly in the root or in `app/`. */
export function areaOf(root: string, file: string): string | null {
  const folders = file
    .slice(root.length + 1)
    .split('/')
    .slice(0, -1)
  const [first, second] = folders
  if (first === undefined || first === COMPOSITION) return null
  return first === FEATURES ? (second ?? null) : first
}

/** The folder of the backend that holds a file, as in the graph; for other files the package's folder. */
export function folderOf({ backend, packages }: Boundaries, file: string): string {
  const area = file.startsWith(`${backend.root}/`) ? areaOf(backend.root, file) : null
  return area ?? packageOf(file, Object.keys(packages)) ?? ''
}
