import path from 'node:path'
import type { Boundaries } from './boundaries.ts'
import { isTest, matches } from './files.ts'
import { areaOf } from './folders.ts'
import { packageOf, resolveImport } from './resolve-import.ts'
import type { SourceImport } from './read-source.ts'

/** The folder of an app for browsers that composes its features. */
const PAGES = 'pages'

/** The rule that this import violates, or null if it is allowed. */
export function findImportFault(rules: Boundaries, file: string, wanted: SourceImport): string | null {
  const folders = Object.keys(rules.packages)
  const own = packageOf(file, folders)
  const rule = own === null ? undefined : rules.packages[own]
  if (own === null || rule === undefined) return null
  const target = resolveImport(file, wanted.specifier, folders)
  const test = isTest(file)
  switch (target.kind) {
    case 'node':
      return rule.node || test ? null : `${own} must run without Node`
    case 'npm':
      return rule.npm === 'any' || rule.npm.includes(target.name) || test ? null : `${own} may not use npm packages`
    case 'workspace':
      return faultWorkspace(rules, own, target.folder, { typeOnly: wanted.typeOnly, test })
    case 'file':
      return faultFile(rules, file, target.file, test)
  }
}

function faultWorkspace(
  rules: Boundaries,
  own: string,
  folder: string,
  { typeOnly, test }: { readonly typeOnly: boolean; readonly test: boolean },
): string | null {
  const rule = rules.packages[own]
  if (folder === own || rule?.workspace.includes(folder)) return null
  if (rule?.types?.includes(folder)) return typeOnly || test ? null : `${own} may only import types of ${folder}`
  if (test && rules.testOnly.includes(folder)) return null
  return rules.testOnly.includes(folder) ? `${folder} is only for tests` : `${own} may not import ${folder}`
}

function faultFile(rules: Boundaries, from: string, to: string, test: boolean): string | null {
  const folders = Object.keys(rules.packages)
  const [own, other] = [packageOf(from, folders), packageOf(to, folders)]
  if (own !== other && other !== null) {
    return own === 'tools' ? null : `import ${other} by its name, not by a path into it`
  }
  if (test) return null
  if (from.startsWith(`${rules.backend.root}/`)) return faultInBackend(rules, from, to)
  const app = Object.keys(rules.apps).find((root) => from.startsWith(`${root}/`))
  return app === undefined ? null : faultInApp(rules, app, from, to)
}

function faultInBackend({ backend }: Boundaries, from: string, to: string): string | null {
  const [own, other] = [areaOf(backend.root, from), areaOf(backend.root, to)]
  if (own === null || own === other) return null
  if (other === null) return `${path.posix.basename(to)} composes the backend: files in its folders may not import it`
  if (backend.privateFiles.some((pattern) => matches(path.posix.basename(to), pattern))) {
    return `${path.posix.basename(to)} is private to ${other}/. Import one of its use cases instead`
  }
  const allowed = allowedInBackend(backend, own)
  if (allowed === null) return `the folder ${own}/ is not listed in boundaries.js`
  return allowed.includes(other)
    ? null
    : `${own}/ may not import ${other}/ (it may: ${allowed.join(', ') || 'nothing'})`
}

function allowedInBackend(backend: Boundaries['backend'], area: string): readonly string[] | null {
  const foundation = backend.foundations[area]
  if (foundation !== undefined) return foundation.mayImport
  const feature = backend.features[area]
  return feature === undefined ? null : [...backend.featuresMayImport, ...feature.mayImport]
}

function faultInApp(rules: Boundaries, root: string, from: string, to: string): string | null {
  const shared = rules.apps[root]?.shared ?? []
  const [own, other] = [areaOf(root, from), areaOf(root, to)]
  if (own === null || own === other) return null
  const wanted = other ?? path.posix.basename(to)
  if (shared.includes(wanted)) return null
  if (other === null || other === PAGES) {
    return own === PAGES && other === null
      ? `${wanted} starts the app: pages may not import it`
      : `${wanted} composes features: only the files at the root of src may import it`
  }
  if (own === PAGES) return null
  return shared.includes(own)
    ? `${own}/ is shared by all features and may not import one (${other}/)`
    : `the features ${own}/ and ${other}/ may not import one another: share through ${shared.join(', ')}, or compose in ${PAGES}/`
}
