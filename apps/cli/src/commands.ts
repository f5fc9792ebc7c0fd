import type { Command } from 'commander'

type Register = (program: Command) => void

/** The commands by name, in the order of the help. Each loads its code, and with it most of the service, only when called. */
export const COMMANDS: Readonly<Record<string, () => Promise<Register>>> = {
  serve: async () => (await import('#commands/serve.ts')).serveCommand,
  import: async () => (await import('#commands/import.ts')).importCommand,
  feeds: async () => (await import('#commands/feeds.ts')).feedsCommand,
  keys: async () => (await import('#commands/keys.ts')).keysCommand,
  tokens: async () => (await import('#commands/tokens.ts')).tokensCommand,
  migrate: async () => (await import('#commands/migrate.ts')).migrateCommand,
  move: async () => (await import('#commands/move.ts')).moveCommand,
  demo: async () => (await import('#commands/demo.ts')).demoCommand,
  doctor: async () => (await import('#commands/doctor.ts')).doctorCommand,
  bench: async () => (await import('#commands/bench.ts')).benchCommand,
  eval: async () => (await import('#commands/eval.ts')).evalCommand,
  scores: async () => (await import('#commands/scores.ts')).scoresCommand,
  topology: async () => (await import('#commands/topology.ts')).topologyCommand,
  load: async () => (await import('#commands/load.ts')).loadCommand,
  zones: async () => (await import('#commands/zones.ts')).zonesCommand,
  sources: async () => (await import('#commands/sources.ts')).sourcesCommand,
  review: async () => (await import('#commands/review.ts')).reviewCommand,
  accounts: async () => (await import('#commands/accounts.ts')).accountsCommand,
  organisations: async () => (await import('#commands/organisations.ts')).organisationsCommand,
  access: async () => (await import('#commands/access.ts')).accessCommand,
  audit: async () => (await import('#commands/audit.ts')).auditCommand,
  mail: async () => (await import('#commands/mail.ts')).mailCommand,
  'sign-on': async () => (await import('#commands/sign-on.ts')).signOnCommand,
  readiness: async () => (await import('#commands/readiness.ts')).readinessCommand,
}
