import { openDatabase, systemClock } from '@kickstand/backend'

// A process that opens a database, which migrates it, reads from it and closes it: `open-and-close.ts URL`.
const database = await openDatabase(process.argv[2] ?? '', systemClock)
await database.db.selectFrom('zones').select('id').limit(1).execute()
await database.close()
