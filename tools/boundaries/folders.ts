import type { Boundaries } from './boundaries.ts'
import { packageOf } from './resolve-import.ts'

/** First folder below the root, or null for a file directly in it. */
export function areaOf(root: string, file: string): string | null {
  const [area, rest] = file.slice(root.length + 1).split('/')
  return rest === undefined ? null : (area ?? null)
}

/** The folder of the backend that holds a file, as in the graph; for other files the package's folder. */
export function folderOf({ backend, packages }: Boundaries, file: string): string {
  const area = file.startsWith(`${backend.root}/`) ? areaOf(backend.root, file) : null
  return area ?? packageOf(file, Object.keys(packages)) ?? ''
}
