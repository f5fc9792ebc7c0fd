/** The type of `boundaries.js`. Globs support `*`, `**` and `{a,b}`. */
export type PackageRule = {
  readonly workspace: readonly string[]
  readonly npm: 'any' | readonly string[]
  readonly node: boolean
}

type FolderRules = Readonly<Record<string, readonly string[]>>

export type Boundaries = {
  readonly packages: Readonly<Record<string, PackageRule>>
  readonly testOnly: readonly string[]
  readonly backend: {
    readonly root: string
    readonly foundations: FolderRules
    readonly featuresMayImport: readonly string[]
    readonly features: readonly string[]
    readonly sideFeatures: FolderRules
    readonly privateFiles: readonly string[]
  }
  readonly web: {
    readonly root: string
    readonly shared: readonly string[]
    readonly sharedMayImport: FolderRules
  }
  readonly sql: {
    readonly module: string
    readonly allowed: readonly string[]
    readonly typesAllowed: readonly string[]
  }
  readonly ambient: { readonly checked: readonly string[]; readonly allowed: readonly string[] }
  readonly engines: {
    readonly words: readonly string[]
    readonly checked: readonly string[]
    /** File or glob → the reason why it may name an engine. */
    readonly exceptions: Readonly<Record<string, string>>
  }
}

export type Violation = { readonly file: string; readonly line: number; readonly message: string }
