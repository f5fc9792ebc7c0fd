import type { Source } from './read-source.ts'
import { resolveImport } from './resolve-import.ts'

/**
 * Circular imports at run time, each as the list of its files. Type imports are erased and dynamic imports run later,
 * so neither counts. Found by depth-first search.
 */
export function findCycles(sources: readonly Source[], folders: readonly string[]): string[][] {
  const edges = new Map(sources.map((source) => [source.file, runtimeImports(source, folders)]))
  const done = new Set<string>()
  const cycles: string[][] = []
  const walk = (file: string, trail: readonly string[]): void => {
    const back = trail.indexOf(file)
    if (back !== -1) {
      cycles.push(trail.slice(back))
      return
    }
    if (done.has(file)) return
    for (const next of edges.get(file) ?? []) walk(next, [...trail, file])
    done.add(file)
  }
  for (const file of edges.keys()) walk(file, [])
  return cycles
}

function runtimeImports({ file, imports }: Source, folders: readonly string[]): string[] {
  return imports.flatMap(({ specifier, typeOnly, dynamic }) => {
    const target = typeOnly || dynamic ? null : resolveImport(file, specifier, folders)
    return target?.kind === 'file' ? [target.file] : []
  })
}
