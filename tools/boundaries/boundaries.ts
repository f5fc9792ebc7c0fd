/** The type of `boundaries.js`. Globs support `*`, `**` and `{a,b}`. */
export type PackageRule = {
  readonly workspace: readonly string[]
  /** Packages of which only types may be imported. */
  readonly types?: readonly string[]
  readonly npm: 'any' | readonly string[]
  readonly node: boolean
}

/** Folder → the folders that it may import besides its own. */
export type FolderGraph = Readonly<Record<string, { readonly mayImport: readonly string[] }>>

export type Boundaries = {
  readonly packages: Readonly<Record<string, PackageRule>>
  readonly testOnly: readonly string[]
  readonly backend: {
    readonly root: string
    readonly foundations: FolderGraph
    readonly featuresMayImport: readonly string[]
    readonly features: FolderGraph
    readonly privateFiles: readonly string[]
  }
  /** Folder of the backend → the tables that it owns. */
  readonly tables: Readonly<Record<string, readonly string[]>>
  /** Root of an app for browsers → the folders, and the files in the root, that every folder may import. */
  readonly apps: Readonly<Record<string, { readonly shared: readonly string[] }>>
  readonly sql: {
    readonly module: string
    readonly allowed: readonly string[]
    readonly typesAllowed: readonly string[]
    /** The files with the parts of the interface `Schema`, which has a member for each table. */
    readonly schema: readonly string[]
    /** File or glob → the reason why it may query every table. */
    readonly everyTable: Readonly<Record<string, string>>
  }
  readonly ambient: {
    readonly checked: readonly string[]
    /** File or glob → the reason why it may read clock, randomness or environment. */
    readonly allowed: Readonly<Record<string, string>>
  }
  readonly engines: {
    readonly words: readonly string[]
    readonly checked: readonly string[]
    /** File or glob → the reason why it may name an engine. */
    readonly exceptions: Readonly<Record<string, string>>
  }
}

export type Violation = { readonly file: string; readonly line: number; readonly message: string }
