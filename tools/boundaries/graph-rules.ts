import type { Boundaries, FolderGraph } from './boundaries.ts'
import { isTest } from './files.ts'
import { areaOf } from './folders.ts'
import type { Source } from './read-source.ts'
import { resolveImport } from './resolve-import.ts'

type Edges = ReadonlyMap<string, readonly string[]>

/** Cycles among the folders of the backend, as listed, each as the list of its folders. */
export function findGraphCycles({ backend }: Boundaries): string[] {
  const edges = new Map([...edgesOf(backend.foundations, []), ...edgesOf(backend.features, backend.featuresMayImport)])
  const done = new Set<string>()
  const cycles: string[] = []
  const walk = (folder: string, trail: readonly string[]): void => {
    const back = trail.indexOf(folder)
    if (back !== -1) cycles.push(`the graph has a cycle: ${[...trail.slice(back), folder].join(' → ')}`)
    if (back !== -1 || done.has(folder)) return
    for (const next of edges.get(folder) ?? []) walk(next, [...trail, folder])
    done.add(folder)
  }
  for (const folder of edges.keys()) walk(folder, [])
  return cycles
}

/** Listed folders without sources, and listed edges that no source imports. */
export function findUnusedEdges(rules: Boundaries, sources: readonly Source[]): string[] {
  const { root, foundations, features } = rules.backend
  const packages = Object.keys(rules.packages)
  const inFolders = sources.filter(({ file }) => file.startsWith(`${root}/`) && !isTest(file))
  const folders = new Set(inFolders.map(({ file }) => areaOf(root, file)))
  const used = new Set(
    inFolders.flatMap(({ file, imports }) =>
      imports.flatMap(({ specifier }) => {
        const target = resolveImport(file, specifier, packages)
        return target.kind === 'file' ? [`${areaOf(root, file)} ${areaOf(root, target.file)}`] : []
      }),
    ),
  )
  return [...edgesOf(foundations, []), ...edgesOf(features, [])].flatMap(([folder, listed]) => {
    if (!folders.has(folder)) return [`${folder}/ is listed, but has no sources`]
    const unused = listed.filter((to) => !used.has(`${folder} ${to}`))
    return unused.map((to) => `${folder}/ lists ${to}/, but does not import it. Remove the edge`)
  })
}

function edgesOf(graph: FolderGraph, besides: readonly string[]): Edges {
  return new Map(Object.entries(graph).map(([folder, { mayImport }]) => [folder, [...besides, ...mayImport]]))
}
