/**
 * Who may import whom, and what may stand only where: the data behind `node tools/check-boundaries.ts`. Paths are from the
 * root of the repository. Tests (`*.test.ts`, packages/backend/tests, e2e, bench) may reach into their own package as they
 * like; the rules between packages hold for them too, plus the testkit.
 *
 * @type {import('./tools/boundaries/boundaries.ts').Boundaries}
 */
export const boundaries = {
  /** `workspace`: other packages by folder. `npm`: 'any' or names. `node`: may use Node's own modules. */
  packages: {
    'packages/domain': { workspace: [], npm: [], node: false },
    'packages/contract': { workspace: ['packages/domain'], npm: ['typebox'], node: false },
    'packages/backend': { workspace: ['packages/contract', 'packages/domain'], npm: 'any', node: true },
    'packages/testkit': {
      workspace: ['packages/backend', 'packages/contract', 'packages/domain'],
      npm: 'any',
      node: true,
    },
    'apps/server': { workspace: ['packages/backend'], npm: [], node: true },
    'apps/cli': {
      workspace: ['packages/backend', 'packages/contract', 'packages/domain', 'bench', 'eval', 'ops'],
      npm: 'any',
      node: true,
    },
    'apps/web': { workspace: ['packages/contract', 'packages/domain'], npm: 'any', node: false },
    bench: {
      workspace: ['packages/backend', 'packages/contract', 'packages/domain', 'packages/testkit'],
      npm: 'any',
      node: true,
    },
    ops: {
      workspace: ['packages/backend', 'packages/contract', 'packages/domain', 'packages/testkit'],
      npm: 'any',
      node: true,
    },
    eval: { workspace: ['packages/domain'], npm: [], node: true },
    e2e: { workspace: ['packages/contract', 'packages/domain', 'packages/testkit'], npm: 'any', node: true },
    tools: { workspace: ['packages/testkit'], npm: 'any', node: true },
  },

  /** Only tests, bench, e2e and the layout on one machine (ops) boot services and look for free ports. */
  testOnly: ['packages/testkit'],

  backend: {
    root: 'packages/backend/src',
    /** Folders under the features, each with the folders it may import besides its own. */
    foundations: {
      platform: [],
      db: ['platform'],
      basemap: ['platform'],
      board: ['db', 'platform'],
      jobs: ['db', 'platform'],
      live: ['board', 'db', 'platform'],
      http: ['db', 'platform'],
    },
    /** What every feature may import besides its own files and the use cases of the features before it. */
    featuresMayImport: ['platform', 'db', 'board'],
    /** In this order: a feature imports only those before it; what must travel backwards travels as an event. */
    features: [
      'accounts',
      'operators',
      'feeds',
      'zones',
      'open-data',
      'reports',
      'availability',
      'plan',
      'watches',
      'moderation',
      'support',
      'launch',
      'backup',
    ],
    /** Features beside the order, with the features they may import. */
    sideFeatures: { demo: ['zones', 'reports', 'basemap'] },
    /** Private to their folder; the files at the root of src put the parts together and may import them. */
    privateFiles: ['*-store.ts', '*-tables.ts', 'routes.ts'],
  },

  web: {
    root: 'apps/web/src',
    /** Folders that every feature may use; all other folders are features and never import one another. */
    shared: ['api', 'i18n', 'live', 'map', 'offline', 'ui'],
    /** `ui` knows neither router nor API: what a shared folder may import besides its own, where it is less than all shared. */
    sharedMayImport: { ui: ['i18n'] },
  },

  /** Where SQL may be written: Kysely's values and `sql` templates. `*-tables.ts` may import Kysely's types. */
  sql: {
    module: 'kysely',
    allowed: ['packages/backend/src/**/*-store.ts', 'packages/backend/src/{board,live,jobs,backup,db}/**'],
    typesAllowed: ['packages/backend/src/**/*-tables.ts'],
  },

  /** The clock, randomness and the environment come by argument everywhere but here. */
  ambient: {
    checked: ['packages/{domain,contract,backend}/src/**'],
    allowed: ['packages/backend/src/platform/**'],
  },

  /** No other file names a database engine, in identifiers or in strings: the two differ in `db/dialects` alone. */
  engines: {
    words: ['sqlite', 'mariadb', 'mysql', 'innodb', 'galera'],
    checked: ['packages/{domain,contract,backend}/src/**', 'apps/*/src/**'],
    exceptions: {
      'packages/backend/src/db/dialects/**': 'the one place where the engines differ',
      'packages/backend/src/db/open-database.ts': 'chooses the dialect from the scheme of the database URL',
      'packages/backend/src/platform/config.ts': 'the default database URL and the schemes a URL may have',
      'apps/cli/src/commands/topology.ts': 'a person chooses what database servers are started',
      'apps/cli/src/commands/doctor.ts': 'tells a person which engine this machine has and how to install the other',
    },
  },
}
