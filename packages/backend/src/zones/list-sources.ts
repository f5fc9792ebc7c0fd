import type { SourcesBody } from '@kickstand/contract'
import { toTimestamp } from '#board/availability-json.ts'
import type { Db } from '#db/schema.ts'
import { readSources } from './zone-read-store.ts'

/** Where the data comes from and on what terms, for the page to show and for reusers to keep. */
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
