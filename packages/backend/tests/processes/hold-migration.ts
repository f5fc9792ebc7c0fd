import { Kysely } from 'kysely'
import { migrate, MIGRATIONS } from '#db/migrate.ts'
import { engineFor } from '#db/open-database.ts'
import type { Schema } from '#db/schema.ts'

// A process that begins to migrate a database, prints a line after the first step, and then hangs: `hold-migration.ts
// URL`.
const engine = engineFor(process.argv[2] ?? '')
const db = new Kysely<Schema>({ dialect: engine.dialect })
const [first, ...others] = MIGRATIONS
await migrate(db, engine, () => 0, [
  first,
  {
    ...others[0],
    async up() {
      process.send?.('holding')
      await new Promise((resolve) => setTimeout(resolve, 3_600_000))
    },
  },
])
