import { listMigrations } from '@kickstand/backend'
import type { Command } from 'commander'
import { print, printJson } from '#output.ts'
import { withService } from '#service.ts'

/** `kickstand migrate`: applies pending migrations and lists all of them. */
export function migrateCommand(program: Command): void {
  program
    .command('migrate')
    .description('apply pending database migrations (serve does this too)')
    .option('--json', 'print the result as JSON')
    .action(async (options: { json?: boolean }) => {
      await withService(async ({ database }) => {
        const steps = await listMigrations(database.db)
        if (options.json) return printJson({ database: database.engine.label, schema: steps.at(-1)?.number ?? 0 })
        print(`${database.engine.label} is at schema ${steps.at(-1)?.number ?? 0}.`)
        for (const step of steps) print(`  ${step.number}  ${step.name}  ${new Date(step.applied_at).toISOString()}`)
      })
    })
}
