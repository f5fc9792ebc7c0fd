import { builtinModules } from 'node:module'
import path from 'node:path'

/** The target of an import: a file of this repository, another workspace package, an npm package, or a Node module. */
export type Target =
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'workspace'; readonly folder: string }
  | { readonly kind: 'npm'; readonly name: string }
  | { readonly kind: 'node'; readonly name: string }

const BUILTIN = new Set(builtinModules)

/**
 * @param file the importing file, from the root
 * @param specifier as written
 * @param folders the packages' folders, from the root
 */
export function resolveImport(file: string, specifier: string, folders: readonly string[]): Target {
  const bare = specifier.split('?')[0] ?? specifier
  if (bare.startsWith('.')) return { kind: 'file', file: path.posix.join(path.posix.dirname(file), bare) }
  const own = packageOf(file, folders)
  if (bare.startsWith('#')) return { kind: 'file', file: `${own ?? ''}/src/${bare.slice(1)}` }
  if (bare.startsWith('node:') || BUILTIN.has(bare)) return { kind: 'node', name: bare }
  const [scope = '', name = ''] = bare.split('/')
  if (scope === '@kickstand') {
    const folder = folders.find((candidate) => path.posix.basename(candidate) === name)
    return { kind: 'workspace', folder: folder ?? `@kickstand/${name}` }
  }
  return { kind: 'npm', name: scope.startsWith('@') ? `${scope}/${name}` : scope }
}

/** The package folder that holds a file, or null for files at the root. */
export function packageOf(file: string, folders: readonly string[]): string | null {
  return folders.find((folder) => file.startsWith(`${folder}/`)) ?? null
}
