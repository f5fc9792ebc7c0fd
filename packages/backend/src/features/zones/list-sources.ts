import type { SourcesBody } from '@kickstand/contract'
import { toTimestamp } from '#read-model/availability-json.ts'
import type { Db } from '#db/schema.ts'
import { readSources } from './zone-read-store.ts'

/** The sources of the data with their licences, for display and for reuse. */
export async function listSources({ db }: { db: Db }): Promise<SourcesBody> {
  const sources = await readSources(db)
  return {
    sources: sources.map((source) => ({
      id: source.id,
      name: source.name,
      licence: source.licence,
      licenceUrl: source.licence_url,
      attribution: source.attribution,
      url: source.url,
      simulated: source.simulated === 1,
      zones: source.zones,
      importedAt: source.imported_at === null ? null : toTimestamp(source.imported_at),
    })),
  }
}
