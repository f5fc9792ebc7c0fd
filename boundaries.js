/**
 * Who may import whom, and what may stand only where: the data behind `node tools/check-boundaries.ts`. Paths are from the
 * root of the repository. Tests (`*.test.ts`, packages/backend/tests, e2e, bench) may reach into their own package as they
 * like; the rules between packages hold for them too, plus the testkit.
 *
 * @type {import('./tools/boundaries/boundaries.ts').Boundaries}
 */
export const boundaries = {
  /**
   * `workspace`: other packages by folder. `types`: packages of which only types are imported. `npm`: 'any' or names.
   * `node`: may use Node's own modules.
   */
  packages: {
    'packages/domain': { workspace: [], npm: [], node: false },
    'packages/contract': { workspace: ['packages/domain'], npm: ['typebox'], node: false },
    'packages/client': { workspace: ['packages/contract'], npm: [], node: false },
    'packages/ui': { workspace: [], npm: ['react'], node: false },
    'packages/i18n': { workspace: [], npm: ['@messageformat/parser', 'react'], node: false },
    'packages/ingest': {
      workspace: ['packages/contract', 'packages/domain'],
      npm: ['csv-parse', 'pbf', 'proj4', 'saxes', 'typebox'],
      node: true,
    },
    'packages/backend': {
      workspace: ['packages/contract', 'packages/domain', 'packages/i18n', 'packages/ingest'],
      npm: 'any',
      node: true,
    },
    'packages/testkit': {
      workspace: ['packages/backend', 'packages/contract', 'packages/domain', 'packages/ingest'],
      npm: 'any',
      node: true,
    },
    'apps/server': { workspace: ['packages/backend'], npm: [], node: true },
    'apps/cli': {
      workspace: ['packages/backend', 'packages/contract', 'packages/domain', 'bench', 'eval', 'ops'],
      npm: 'any',
      node: true,
    },
    'apps/rider': {
      workspace: ['packages/client', 'packages/domain', 'packages/i18n', 'packages/ui'],
      types: ['packages/contract'],
      npm: 'any',
      node: false,
    },
    'apps/console': {
      workspace: ['packages/client', 'packages/domain', 'packages/i18n', 'packages/ui'],
      types: ['packages/contract'],
      npm: 'any',
      node: false,
    },
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
    tools: { workspace: ['packages/i18n', 'packages/testkit'], npm: 'any', node: true },
  },

  /** Only tests, bench, e2e and the layout on one machine (ops) boot services and look for free ports. */
  testOnly: ['packages/testkit'],

  backend: {
    root: 'packages/backend/src',
    /** Folders under the features, each with the folders it imports besides its own. */
    foundations: {
      platform: { mayImport: [] },
      db: { mayImport: ['platform'] },
      basemap: { mayImport: ['platform'] },
      'read-model': { mayImport: ['db', 'platform'] },
      jobs: { mayImport: ['db', 'platform'] },
      audit: { mayImport: ['db', 'platform'] },
      live: { mayImport: ['platform', 'read-model'] },
      http: { mayImport: ['audit', 'db', 'platform'] },
    },
    /** What every feature may import besides its own files. */
    featuresMayImport: ['platform', 'db', 'read-model', 'http', 'jobs', 'audit'],
    /**
     * A graph without cycles: a feature imports only what its `mayImport` lists, and each listed folder is imported. What
     * must travel against the graph travels as an event.
     */
    features: {
      mail: { mayImport: [] },
      notifications: { mayImport: ['mail'] },
      accounts: { mayImport: ['mail', 'notifications'] },
      organisations: { mayImport: ['accounts'] },
      tokens: { mayImport: ['accounts', 'organisations'] },
      feeds: { mayImport: [] },
      zones: { mayImport: ['feeds'] },
      'open-data': { mayImport: ['zones'] },
      reports: { mayImport: ['accounts', 'zones'] },
      availability: { mayImport: ['accounts', 'reports', 'zones'] },
      sensors: { mayImport: ['availability', 'feeds', 'reports', 'zones'] },
      sources: { mayImport: ['feeds', 'sensors', 'zones'] },
      plan: { mayImport: ['zones'] },
      contributions: { mayImport: ['accounts', 'reports', 'zones'] },
      moderation: { mayImport: ['accounts', 'contributions', 'notifications', 'reports', 'zones'] },
      erasure: {
        mayImport: [
          'accounts',
          'availability',
          'contributions',
          'moderation',
          'notifications',
          'reports',
          'sensors',
          'zones',
        ],
      },
      monitoring: { mayImport: ['sources'] },
      'single-sign-on': { mayImport: ['accounts', 'organisations'] },
      transfer: { mayImport: ['accounts', 'contributions', 'erasure', 'mail', 'reports', 'zones'] },
      launch: { mayImport: [] },
      demo: { mayImport: ['basemap', 'erasure', 'reports', 'zones'] },
    },
    /** Private to their folder; the files at the root of src put the parts together and may import them. */
    privateFiles: ['*-store.ts', 'tables.ts', 'routes.ts'],
  },

  /** Each table is described and queried by one folder, its owner; others call what the owner exports. */
  tables: {
    db: [
      'events',
      'event_producers',
      'event_consumers',
      'zone_changes',
      'zone_positions',
      'secrets',
      'notices',
      'schema_migrations',
    ],
    jobs: ['jobs'],
    audit: ['audit_entries', 'audit_values', 'audit_links', 'audit_queue'],
    http: ['idempotency_keys'],
    accounts: [
      'riders',
      'accounts',
      'passkeys',
      'recovery_codes',
      'challenges',
      'sessions',
      'sign_in_failures',
      'memberships',
      'links',
      'rights_versions',
      'identities',
      'predecessor_people',
    ],
    organisations: ['organisations'],
    tokens: ['tokens'],
    mail: ['mails'],
    monitoring: ['minute_figures'],
    'single-sign-on': ['identity_providers', 'provider_sign_ins'],
    notifications: ['notifications', 'notification_preferences', 'quiet_hours', 'push_subscriptions', 'push_messages'],
    feeds: ['feed_channels'],
    zones: [
      'zones',
      'zone_sources',
      'sources',
      'snapshot_dates',
      'source_changes',
      'entries_before',
      'entry_names',
      'match_reviews',
    ],
    reports: ['reports'],
    availability: ['estimates', 'estimate_cuts', 'priors', 'scores'],
    sensors: ['readings', 'sensors'],
    contributions: ['contributions', 'contribution_votes', 'photos'],
    moderation: ['decisions'],
    erasure: ['erased_riders'],
  },

  /**
   * The apps for browsers. `shared`: what every feature may use; all other folders are features and never import one
   * another. Only `pages/` and the files at the root of src put them together.
   */
  apps: {
    'apps/rider/src': { shared: ['api', 'i18n', 'live', 'map', 'offline', 'paths.ts'] },
    'apps/console/src': { shared: ['api', 'i18n', 'parts', 'paths.ts'] },
  },

  /** Where SQL may be written: Kysely's values and `sql` templates. `tables.ts` may import Kysely's types. */
  sql: {
    module: 'kysely',
    allowed: [
      'packages/backend/src/**/*-store.ts',
      'packages/backend/src/{read-model,live,jobs,db}/**',
      'packages/backend/src/features/transfer/move/**',
      'packages/backend/src/features/transfer/import-predecessor/read-live.ts',
    ],
    typesAllowed: ['packages/backend/src/**/tables.ts'],
    schema: ['packages/backend/src/db/schema.ts', 'packages/backend/src/**/tables.ts'],
    everyTable: {
      'packages/backend/src/db/migrations/**': 'a migration changes the tables of all folders',
      'packages/backend/src/read-model/{load-board,load-estimates,load-priors,load-readings,refresh-board}.ts':
        'the read model is a projection of all tables: it reads them in one snapshot, in its own order and pages',
    },
  },

  /** The clock, randomness and the environment come by argument everywhere but here. */
  ambient: {
    checked: ['packages/{domain,contract,ingest,client,ui,backend}/src/**', 'apps/*/src/**', 'eval/**', 'ops/**'],
    allowed: {
      'packages/backend/src/platform/**': 'the one place of the service that reads them',
      'apps/cli/src/commands/{bench,load}.ts': 'date a file of results',
      'apps/cli/src/commands/topology.ts': 'hands the settings of the environment to the servers that it starts',
      'apps/console/src/api/call.ts': 'the clock of the page',
      'apps/rider/src/api/server-clock.ts': 'the clock of the page',
      'apps/rider/src/api/device-key.ts': 'makes the secret of the device',
      'apps/rider/src/live/refetch.ts': 'spreads the requests of many phones',
      'apps/rider/src/offline/sync-saved-zones.ts': 'the age of what the query cache holds, by the clock of the device',
      'apps/rider/src/pages/strips.tsx': 'the clock of the device, by which the page stores the time of its answers',
      'ops/faults/**': 'tests',
      'ops/src/processes.ts': 'waits for processes, and hands them PATH, HOME and the folder of compiled sources',
      'ops/src/topology.ts': 'makes the password of its database',
    },
  },

  /** No other file names a database engine, in identifiers or in strings: the two differ in `db/dialects` alone. */
  engines: {
    words: ['sqlite', 'mariadb', 'mysql', 'innodb', 'galera'],
    checked: ['packages/{domain,contract,ingest,backend}/src/**', 'apps/*/src/**'],
    exceptions: {
      'packages/backend/src/db/dialects/**': 'the one place where the engines differ',
      'packages/backend/src/db/open-database.ts': 'chooses the dialect from the scheme of the database URL',
      'packages/backend/src/platform/config.ts': 'the default database URL and the schemes a URL may have',
      'apps/cli/src/commands/topology.ts': 'a person chooses what database servers are started',
      'apps/cli/src/commands/access.ts': 'registers the routes of a service with an empty database in memory',
      'apps/cli/src/commands/doctor.ts': 'tells a person which engine this machine has and how to install the other',
    },
  },
}
