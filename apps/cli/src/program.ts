import { Command } from 'commander'
import { accessCommand } from '#commands/access.ts'
import { accountsCommand } from '#commands/accounts.ts'
import { auditCommand } from '#commands/audit.ts'
import { benchCommand } from '#commands/bench.ts'
import { demoCommand } from '#commands/demo.ts'
import { doctorCommand } from '#commands/doctor.ts'
import { evalCommand } from '#commands/eval.ts'
import { feedsCommand } from '#commands/feeds.ts'
import { importCommand } from '#commands/import.ts'
import { keysCommand } from '#commands/keys.ts'
import { loadCommand } from '#commands/load.ts'
import { mailCommand } from '#commands/mail.ts'
import { migrateCommand } from '#commands/migrate.ts'
import { readinessCommand } from '#commands/readiness.ts'
import { reviewCommand } from '#commands/review.ts'
import { moveCommand } from '#commands/move.ts'
import { organisationsCommand } from '#commands/organisations.ts'
import { scoresCommand } from '#commands/scores.ts'
import { serveCommand } from '#commands/serve.ts'
import { sourcesCommand } from '#commands/sources.ts'
import { tokensCommand } from '#commands/tokens.ts'
import { signOnCommand } from '#commands/sign-on.ts'
import { topologyCommand } from '#commands/topology.ts'
import { zonesCommand } from '#commands/zones.ts'

const COMMANDS = [
  serveCommand,
  importCommand,
  feedsCommand,
  keysCommand,
  tokensCommand,
  migrateCommand,
  moveCommand,
  demoCommand,
  doctorCommand,
  benchCommand,
  evalCommand,
  scoresCommand,
  topologyCommand,
  loadCommand,
  zonesCommand,
  sourcesCommand,
  reviewCommand,
  accountsCommand,
  organisationsCommand,
  accessCommand,
  auditCommand,
  mailCommand,
  signOnCommand,
  readinessCommand,
]

/** All commands with their options. */
export function createProgram(): Command {
  const program = new Command('kickstand')
    .description('The live map of motorbike parking.')
    .showHelpAfterError('(run with --help for usage)')
    .exitOverride()
    // Options of a subcommand are separate from options of its parent with the same name.
    .enablePositionalOptions()
  for (const register of COMMANDS) register(program)
  return program
}
